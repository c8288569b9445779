import Foundation
import Subprocess
import SuretyTestKit
import SystemPackage

/// The built program, run as people run it: words and environment in, exit code and output out.
struct Program: Sendable {
    /// How a command ended.
    struct Ended: Sendable, CustomStringConvertible {
        let words: [String]
        let code: Int32
        /// What it wrote to standard output.
        let output: String
        /// What it wrote to standard error.
        let errors: String

        var description: String { "surety \(words.joined(separator: " ")) ended \(code)\n\(output)\(errors)" }

        /// The one JSON document that it printed.
        func document<Document: Decodable>(_ type: Document.Type) throws -> Document {
            do {
                return try JSONDecoder().decode(type, from: Data(output.utf8))
            } catch {
                throw Unreadable(description: "no document of the expected shape: \(error)\n\(self)")
            }
        }
    }

    /// Output that is not the JSON that was expected.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// Where commands run; the project is `checks` in it.
    let folder: TemporaryFolder
    /// What the environment has beside that of the tests.
    var environment: [String: String] = [:]

    /// The root of the repository.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Where the build put the program: beside the bundle of these tests.
    static let path: String = {
        let bundles = ProcessInfo.processInfo.arguments.compactMap { argument in
            argument.range(of: ".xctest").map { URL(fileURLWithPath: String(argument[..<$0.upperBound])) }
        }
        let folders =
            bundles.map { $0.deletingLastPathComponent() }
            + [repository.appendingPathComponent(".build/debug")]
        let programs = folders.map { $0.appendingPathComponent("surety").path }
        return programs.first { FileManager.default.isExecutableFile(atPath: $0) } ?? programs[0]
    }()

    /// The program beside a copy of the sample, on the last morning of March before anything ran.
    static func onSample(at instant: String = "2026-03-31T05:35:00+01:00") throws -> Program {
        let folder = try TemporaryFolder()
        try Story.copy(repository, to: folder.url)
        return Program(folder: folder, environment: ["SURETY_CLOCK": instant])
    }

    /// Runs a command to its end.
    func run(_ words: String...) async throws -> Ended { try await run(words) }

    /// Runs a command to its end.
    func run(_ words: [String]) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(FilePath(Program.path)), arguments: Arguments(words), environment: variables,
            workingDirectory: FilePath(folder.url.path), input: .none, output: .string(limit: 1 << 24),
            error: .string(limit: 1 << 24))
        return Ended(
            words: words, code: code(result.terminationStatus), output: result.standardOutput,
            errors: result.standardError)
    }

    /// Runs a command, sends it a signal once it has said something, and waits for its end; both outputs are one.
    func run(_ words: [String], sending signal: Signal, after text: String) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(FilePath(Program.path)), arguments: Arguments(words), environment: variables,
            workingDirectory: FilePath(folder.url.path), input: .none, output: .sequence,
            error: .combinedWithOutput
        ) { execution -> String in
            var bytes: [UInt8] = []
            var isSent = false
            for try await buffer in execution.standardOutput {
                buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
                guard !isSent, String(decoding: bytes, as: UTF8.self).contains(text) else { continue }
                try execution.send(signal: signal)
                isSent = true
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        return Ended(
            words: words, code: code(result.terminationStatus), output: result.closureResult, errors: "")
    }

    private var variables: Environment {
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SURETY_") }
        let all = inherited.merging(environment) { _, own in own }
        return .custom(
            Dictionary(all.map { (Environment.Key(stringLiteral: $0.key), $0.value) }) { _, own in own })
    }

    /// The exit code as a shell tells it.
    private func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
