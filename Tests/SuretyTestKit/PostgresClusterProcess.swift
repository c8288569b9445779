import Foundation

/// A child process, started with `posix_spawn`; what it prints goes to a pipe.
struct PostgresClusterProcess: Sendable {
    private let pid: pid_t
    private let output: Int32
    private let input: Int32?

    /// Starts a command, the first word being its path.
    ///
    /// - Parameter readsFromUs: whether its standard input is a pipe that ends with this process, and what it prints
    ///   is of no interest.
    init(_ command: [String], readsFromUs: Bool = false) throws {
        let (fromChild, toChild) = (try Self.pipe(), readsFromUs ? try Self.pipe() : nil)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let toChild {
            posix_spawn_file_actions_adddup2(&actions, toChild.read, 0)
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, fromChild.write, 1)
        }
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        let command = ["/bin/bash", "-c", Self.closingStrayFiles, "bash"] + command
        let arguments = Self.copies(of: command)
        let environment = Self.copies(of: ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C"])
        defer { for text in arguments + environment { free(text) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, command[0], &actions, nil, arguments, environment)
        close(fromChild.write)
        if let toChild { close(toChild.read) }
        self.pid = pid
        output = fromChild.read
        input = toChild?.write
        guard status == 0 else {
            close(output)
            if let input { close(input) }
            throw PostgresClusterTools.Failure(
                description: "\(command[0]) cannot be started: error \(status)")
        }
    }

    /// Waits for the end, which blocks this thread, and returns what was printed.
    func finish() throws -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(output, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        close(output)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1 && errno == EINTR {}
        let text = String(decoding: bytes, as: UTF8.self)
        guard status == 0 else { throw PostgresClusterTools.Failure(description: text) }
        return text
    }

    /// Ends its standard input and waits for it elsewhere.
    func letGo() {
        if let input { close(input) }
        close(output)
        Thread.detachNewThread { [pid] in waitpid(pid, nil, 0) }
    }

    // Pipes that other threads are just making must not live on in a child that stays.
    private static let closingStrayFiles = """
        for file in /proc/$$/fd/*; do
            number=${file##*/}
            if [ "$number" -gt 2 ] && [ "$number" -ne 255 ]; then eval "exec $number>&-"; fi
        done
        exec "$@"
        """

    /// Texts as C strings and a null pointer behind them; to be freed.
    private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var copies: [UnsafeMutablePointer<CChar>?] = []
        for text in texts { copies.append(strdup(text)) }
        copies.append(nil)
        return copies
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        let status = Foundation.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard status == 0 else { throw PostgresClusterTools.Failure(description: "no pipe is left") }
        return (ends[0], ends[1])
    }
}
