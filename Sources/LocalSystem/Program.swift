import Engine
import Foundation
import Subprocess
import SystemPackage

/// A program to run in its own process group.
struct Program: Sendable {
    /// Its name or path, and its arguments.
    var arguments: [String]
    /// Where it runs.
    var folder: String
    /// All of its environment.
    var environment: [String: String] = [:]
    /// The longest that it may take.
    var timeout: Duration?
    /// The time between SIGTERM and SIGKILL.
    var grace: Duration = .seconds(10)
    /// The user that it runs as; nil: ours.
    var user: SystemUser?

    /// A program in a folder.
    init(_ arguments: [String], in folder: String) {
        self.arguments = arguments
        self.folder = folder
    }

    /// Runs it to its end.
    func run(saying: @escaping @Sendable (String) -> Void) async throws(PortFailure) -> ProcessEnd {
        do {
            guard let timeout else { return try await runUntimed(saying) }
            return try await withThrowingTaskGroup(of: ProcessEnd.self) { group in
                group.addTask { try await runUntimed(saying) }
                group.addTask {
                    try await ContinuousClock().sleep(for: timeout)
                    return .timedOut
                }
                let first = try await group.next() ?? .timedOut
                group.cancelAll()
                // The program is awaited, so that nothing of it is left when the time-out is told.
                while let other = await group.nextResult() {
                    guard first == .timedOut, case .failure(let error) = other else { continue }
                    guard error is CancellationError else { throw error }
                }
                if first == .timedOut { try Task.checkCancellation() }
                return first
            }
        } catch {
            throw failure(error)
        }
    }

    private func runUntimed(_ saying: @escaping @Sendable (String) -> Void) async throws -> ProcessEnd {
        guard let name = arguments.first, !name.isEmpty else {
            throw PortFailure(
                .refused, "there is no program to run", hint: "Give its name as the first word.")
        }
        guard !arguments.contains(where: { $0.utf8.contains(0) }) else {
            throw PortFailure(.refused, "an argument of \(name) holds a zero character")
        }
        try Task.checkCancellation()
        // Not by the spawning call itself: between fork and exec, glibc's setgroups can wait for threads that the child
        // does not have.
        let command = user.map { $0.becoming + arguments } ?? arguments
        let group = GroupID()
        defer { group.killRest() }
        let result = try await Subprocess.run(
            executable(command[0]), arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(
                Dictionary(environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }) { $1 }),
            workingDirectory: FilePath(folder), platformOptions: options, input: .none, output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            group.note(execution.processIdentifier.value)
            var lines = OutputLines()
            for try await buffer in execution.standardOutput {
                buffer.withUnsafeBytes { lines.append($0, saying: saying) }
            }
            lines.finish(saying: saying)
        }
        try Task.checkCancellation()
        return switch result.terminationStatus {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .signalled(signal)
        }
    }

    private func executable(_ name: String) -> Executable {
        name.contains("/") ? .path(FilePath(ResolvedPath.join(folder, name))) : .name(name)
    }

    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        return options
    }

    private func failure(_ error: any Error) -> PortFailure {
        let name = arguments.first ?? ""
        switch error {
        case let failure as PortFailure: return failure
        case is CancellationError: return PortFailure(.cancelled, "\(name) was cancelled")
        case let error as SubprocessError where error.code == .executableNotFound:
            guard !name.contains("/") || access(ResolvedPath.join(folder, name), F_OK) != 0 else {
                return PortFailure(
                    .permission, "\(name) may not be run", hint: "Make it executable with chmod +x.")
            }
            return PortFailure(
                .refused, "there is no program \(name)",
                hint: name.contains("/")
                    ? "Its path is relative to the project's folder."
                    : "Install it, or add its folder to PATH.")
        case let error as SubprocessError where error.code == .failedToChangeWorkingDirectory:
            return PortFailure(.refused, "\(name) cannot run in \(folder)")
        case let error as SubprocessError where error.underlyingError == .resourceTemporarilyUnavailable:
            return PortFailure(.exhausted, "\(name) could not be started", isRetryable: true)
        default: return PortFailure(.refused, "\(name) could not be run: \(error)")
        }
    }
}
