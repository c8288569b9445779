import Foundation

/// A user of this machine.
struct SystemUser: Hashable, Sendable {
    /// The name.
    let name: String
    /// The user's number.
    let id: uid_t
    /// The number of the user's own group.
    let group: gid_t

    /// The user with a name; nil if there is none.
    init?(named name: String) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var space = [CChar](repeating: 0, count: 16 << 10)
        guard getpwnam_r(name, &entry, &space, space.count, &found) == 0, found != nil else { return nil }
        self.name = name
        self.id = entry.pw_uid
        self.group = entry.pw_gid
    }

    /// The words before a command that run it as this user, without further groups.
    var becoming: [String] {
        ["setpriv", "--reuid=\(id)", "--regid=\(group)", "--clear-groups", "--"]
    }
}
