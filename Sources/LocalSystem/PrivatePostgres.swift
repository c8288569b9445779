public import Engine
import Foundation
import SuretyCore

/// A PostgreSQL cluster of our own, thrown away afterwards: no port, no password, a socket in a folder that only its
/// user can enter, and no care for power cuts.
public struct PrivatePostgres: Sendable {
    /// The folder of `initdb`, `pg_ctl` and `postgres`.
    public let programs: String
    private let user: SystemUser?
    private let environment: [String: String]

    /// Finds the programs on PATH or in `/usr/lib/postgresql/*/bin`, the newest first. As root they are run as the user
    /// `postgres`, else `nobody`. Throws `refused`, with what to do, if there are no programs or no such user.
    public init(environment: [String: String]) throws(PortFailure) {
        guard let programs = Self.findPrograms(path: environment["PATH"] ?? "") else {
            throw PortFailure(
                .refused, "initdb and pg_ctl of PostgreSQL are not on PATH nor in /usr/lib/postgresql",
                hint: "Install a server (apt-get install postgresql), or name a database of yours instead.")
        }
        self.programs = programs
        self.environment = environment.filter { SystemProcesses.isAllowed($0.key) }
        guard geteuid() == 0 else {
            self.user = nil
            return
        }
        guard let user = SystemUser(named: "postgres") ?? SystemUser(named: "nobody") else {
            throw PortFailure(
                .permission, "PostgreSQL does not run as root, and there is no user postgres or nobody",
                hint: "Run this as another user.")
        }
        self.user = user
    }

    /// Makes and starts a cluster, hands on its `postgres://` URL, and stops and deletes the cluster when the body
    /// returns, throws or is cancelled.
    public func run<Value: Sendable>(_ body: (_ url: String) async throws -> Value) async throws -> Value {
        let folder = try makeFolder()
        do {
            let url = try await start(folder)
            let value = try await body(url)
            await remove(folder)
            return value
        } catch {
            await remove(folder)
            throw error
        }
    }

    private func start(_ folder: String) async throws(PortFailure) -> String {
        let data = folder + "/data"
        try await tool(
            "initdb",
            [
                "--pgdata", data, "--username", "surety", "--auth", "trust", "--encoding", "UTF8",
                "--no-locale", "--no-sync",
            ], in: folder)
        let options = [
            "listen_addresses=''", "unix_socket_directories='\(folder)'", "fsync=off", "full_page_writes=off",
            "synchronous_commit=off", "max_connections=60",
        ]
        try await tool(
            "pg_ctl",
            [
                "start", "--pgdata", data, "--wait", "--timeout", "60", "--log", folder + "/log",
                "--options", options.map { "-c \($0)" }.joined(separator: " "),
            ], in: folder)
        let host = folder.replacingOccurrences(of: "/", with: "%2F")
        return "postgres://surety@\(host)/postgres"
    }

    /// Stops and deletes in a task of its own, which a cancellation of ours does not reach.
    private func remove(_ folder: String) async {
        await Task {
            let stop = ["stop", "--pgdata", folder + "/data", "--mode", "immediate", "--wait"]
            try? await tool("pg_ctl", stop, in: folder)
            try? FileManager.default.removeItem(atPath: folder)
        }.value
    }

    private func tool(_ name: String, _ arguments: [String], in folder: String) async throws(PortFailure) {
        var program = Program([programs + "/" + name] + arguments, in: folder)
        program.environment = environment.merging(["LC_ALL": "C", "HOME": folder]) { $1 }
        program.timeout = .seconds(90)
        program.user = user
        let said = LastLines()
        let end = try await program.run { said.append($0) }
        guard end == .exited(0) else {
            let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
            throw PortFailure(
                .refused, "\(name) did not succeed (\(end)): \(said.text) \(log.suffix(2000))")
        }
    }

    /// A folder with a short name, because a socket's path has at most 107 bytes.
    private func makeFolder() throws(PortFailure) -> String {
        var template = Array("/tmp/surety-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap(mkdtemp).map { String(cString: $0) }
        }
        guard let made else { throw PortFailure(.permission, "no folder can be made in /tmp") }
        if let user, chown(made, user.id, user.group) != 0 {
            throw PortFailure(.permission, "\(made) cannot be given to the user \(user.name)")
        }
        return made
    }

    private static func findPrograms(path: String) -> String? {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
            .sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
        let folders = path.split(separator: ":").map(String.init) + versions.map { "\(root)/\($0)/bin" }
        return folders.first { folder in
            folder.hasPrefix("/")
                && ["initdb", "pg_ctl", "postgres"].allSatisfy { access("\(folder)/\($0)", X_OK) == 0 }
        }
    }
}
