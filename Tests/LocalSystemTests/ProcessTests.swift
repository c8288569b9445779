import Engine
import Foundation
import LocalSystem
import SuretyCore
import Synchronization
import Testing

@Suite struct `programs` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(
        _ arguments: [String], environment: [String: String] = [:], timeout: Period? = nil,
        present: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) async throws -> (end: ProcessEnd, lines: [String]) {
        let lines = Lines()
        let processes = SystemProcesses(in: scratch.path, environment: present, grace: .milliseconds(200))
        let end = try await processes.run(arguments, environment: environment, timeout: timeout) {
            lines.append($0)
        }
        return (end, lines.all)
    }

    @Test func `both outputs come line by line, with the exit code`() async throws {
        let result = try await run(["sh", "-c", "echo one; echo two >&2; printf three; exit 7"])
        #expect(result.end == .exited(7))
        #expect(result.lines == ["one", "two", "three"])
    }

    @Test func `arguments are handed on as they are, without a shell`() async throws {
        let result = try await run(["printf", "%s\\n", "$HOME; rm -rf *", "", "a b"])
        #expect(result.lines == ["$HOME; rm -rf *", "", "a b"])
    }

    @Test func `a program sees the given variables and the allowed ones, and no secrets`() async throws {
        let result = try await run(
            ["env"], environment: ["SURETY_RUN": "r1", "HOME": "/given"],
            present: [
                "PATH": "/usr/bin:/bin", "HOME": "/old", "LC_ALL": "C", "TZ": "UTC", "PGPASSWORD": "x",
                "SLACK_TOKEN": "y",
            ])
        let seen = Set(result.lines.filter { !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") })
        #expect(seen == ["PATH=/usr/bin:/bin", "HOME=/given", "LC_ALL=C", "TZ=UTC", "SURETY_RUN=r1"])
    }

    @Test func `it runs in the project's folder with nothing to read`() async throws {
        let result = try await run(["sh", "-c", "pwd -P; cat; echo end"])
        #expect(result.lines == [scratch.path, "end"])
    }

    @Test func `a program of the project is found by its relative path`() async throws {
        // A link, since a file that was just written may still be open in a program that another test starts.
        try scratch.folder("bin")
        try scratch.link("bin/hello", to: "/bin/echo")
        #expect(try await run(["bin/hello", "hello"]).lines == ["hello"])
    }

    @Test func `long lines are cut and control characters left out`() async throws {
        let result = try await run([
            "sh", "-c",
            "printf '\\033[31mred\\033[0m\\a\\r\\n'; head -c 40000 /dev/zero | tr '\\0' x; echo; echo end",
        ])
        #expect(result.lines.first == "[31mred[0m")
        #expect(result.lines.count == 3)
        #expect(result.lines[1].utf8.count < 16_384 && result.lines[1].hasSuffix("(cut)"))
        #expect(result.lines.last == "end")
    }

    @Test func `all output of a program that ends quickly is seen`() async throws {
        let result = try await run(["sh", "-c", "seq 1 100000"])
        #expect(result.lines.count == 100_000)
        #expect(result.lines.last == "100000")
    }

    @Test(arguments: ["no-such-program-here", "./no-such-file", "/no/such/file"])
    func `a missing program is refused with a hint`(_ name: String) async {
        let failure = await #expect(throws: PortFailure.self) { try await run([name]) }
        #expect(failure?.kind == .refused)
        #expect(failure?.message.contains(name) == true)
        #expect(failure?.hint.isEmpty == false)
    }

    @Test func `a file that may not be executed is told`() async throws {
        try scratch.write("plain.txt", "x")
        let failure = await #expect(throws: PortFailure.self) { try await run(["./plain.txt"]) }
        #expect(failure?.kind == .permission)
    }

    @Test func `nothing to run is refused`() async {
        let failure = await #expect(throws: PortFailure.self) { try await run([]) }
        #expect(failure?.kind == .refused)
    }

    @Test func `a signal is told`() async throws {
        #expect(try await run(["sh", "-c", "kill -9 $$"]).end == .signalled(9))
    }

    @Test(.timeLimit(.minutes(30)))
    func `a program that takes too long is ended with all that it started`() async throws {
        let script =
            "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; sleep 900 & wait' & echo $$; sleep 900; sleep 900"
        // How long both need to begin depends on the machine: they are given more until they have said who they are.
        for seconds in [1, 10, 60, 300] {
            let result = try await run(["sh", "-c", script], timeout: Period(seconds, .second))
            #expect(result.end == .timedOut)
            for line in result.lines { #expect(try isGone(#require(Int32(line)))) }
            if result.lines.count == 2 { return }
        }
        Issue.record("they never said who they are")
    }

    @Test(.timeLimit(.minutes(30)))
    func `cancelling ends the whole group, and says so`() async throws {
        let lines = Lines()
        let processes = SystemProcesses(
            in: scratch.path, environment: ["PATH": "/usr/bin:/bin"], grace: .milliseconds(200))
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await processes.run(
                ["sh", "-c", "sleep 60 & echo $!; trap '' TERM; while :; do sleep 1; done"], environment: [:],
                timeout: Period(5, .minute)
            ) {
                lines.append($0)
                signal.finish()
            }
        }
        for await _ in started {}
        task.cancel()
        let failure = await #expect(throws: PortFailure.self) { try await task.value }
        #expect(failure?.kind == .cancelled)
        #expect(try isGone(#require(lines.all.first.flatMap { Int32($0) })))
    }

    @Test(.timeLimit(.minutes(30)))
    func `a grandchild that holds the output open does not hang us, and is ended`() async throws {
        let result = try await run(["sh", "-c", "sleep 60 & echo $!"])
        #expect(result.end == .exited(0))
        #expect(try isGone(#require(result.lines.first.flatMap { Int32($0) })))
    }

    @Test func `no end of the pipe to a program is left open`() async throws {
        for _ in 0..<10 {
            let result = try await run(["sh", "-c", "readlink /proc/$$/fd/1 /proc/$$/fd/2"])
            #expect(!result.lines.isEmpty && result.lines.allSatisfy { $0.hasPrefix("pipe:") })
            #expect(openFiles().isDisjoint(with: result.lines))
        }
    }

    /// What the descriptors of this process stand for, such as `pipe:[4711]`.
    private func openFiles() -> Set<String> {
        let folder = "/proc/self/fd/"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return Set(
            names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: folder + $0) })
    }

    /// Whether a process has ended; one that waits to be buried by init counts as ended.
    private func isGone(_ id: Int32) -> Bool {
        for _ in 0..<30_000 {
            guard kill(id, 0) == 0,
                let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
            else { return true }
            if status.contains(") Z ") { return true }
            usleep(1000)
        }
        return false
    }
}

/// Lines that were said.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func append(_ line: String) { lines.withLock { $0.append(line) } }
}
