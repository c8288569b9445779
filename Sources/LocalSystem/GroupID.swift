import Foundation
import Synchronization

/// The process group of a program, known once it has started.
final class GroupID: Sendable {
    private let id = Mutex<pid_t?>(nil)

    /// Notes the group, which has its leader's process id.
    func note(_ leader: pid_t) { id.withLock { $0 = leader } }

    /// Kills what the leader left behind. The kernel gives a group's number to nobody else while it has a member.
    func killRest() {
        guard let group = id.withLock({ $0 }), group > 1 else { return }
        _ = kill(-group, SIGKILL)
    }
}
