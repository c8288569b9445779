import Foundation

/// Runs the server's programs as a user that PostgreSQL accepts.
enum PostgresClusterTools {
    /// What went wrong, with what the programs printed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The folder of the newest server's programs; nil without one.
    static let binaries: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        return versions.compactMap(Int.init).sorted(by: >)
            .map { "/usr/lib/postgresql/\($0)/bin" }
            .first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }
    }()

    /// Runs a script to its end and returns what it printed. The thread that waits is none of the pool's.
    static func run(_ script: String, _ arguments: [String]) async throws -> String {
        let command = try command(script, arguments)
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try PostgresClusterProcess(command).finish() })
            }
        }
    }

    /// The command that runs a script, as the user `postgres` or `nobody` when this process is root.
    static func command(_ script: String, _ arguments: [String]) throws -> [String] {
        guard let binaries else {
            throw Failure(
                description: "there is no PostgreSQL server under /usr/lib/postgresql: run .ci/setup")
        }
        let shell = ["/bin/sh", "-c", "cd / && bin=\(binaries)\n\(script)", "sh"] + arguments
        guard geteuid() == 0 else { return shell }
        let user = getpwnam("postgres") == nil ? "nobody" : "postgres"
        guard let entry = getpwnam(user) else {
            throw Failure(description: "PostgreSQL refuses root, and there is no user postgres or nobody")
        }
        let (uid, gid) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
        return ["/usr/bin/setpriv", "--reuid=\(uid)", "--regid=\(gid)", "--clear-groups"] + shell
    }

    /// A port of 127.0.0.1 that nobody listens on now, and that the system gives to nobody who does not ask for it.
    static func freePort() throws -> Int {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        for _ in 0..<100 {
            let port = UInt16.random(in: 10_000..<32_000)
            let descriptor = socket(AF_INET, kind, 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let isFree = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            if isFree { return Int(port) }
        }
        throw Failure(description: "there is no free port on 127.0.0.1")
    }
}
