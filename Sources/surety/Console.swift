import Foundation
import Presentation
import SuretyCore

/// Standard output and standard error.
struct Console: Sendable {
    /// How output for people looks.
    let style: Style
    /// Whether a person can be asked.
    let isInteractive: Bool

    static let standard = Console()

    private init() {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let wantsNone = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        style = Style(hasColour: isTerminal && !wantsNone)
        isInteractive = isTerminal && isatty(STDIN_FILENO) == 1
    }

    /// Writes to standard output at once.
    func say(_ text: String) { Console.write(text, to: STDOUT_FILENO) }

    /// Writes to standard error at once.
    func warn(_ text: String) { Console.write(text, to: STDERR_FILENO) }

    /// Asks a question that is answered by `y` or anything else.
    func asks(_ question: String) -> Bool {
        say(question + " [y/N] ")
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }

    /// Says why a command failed: for people on standard error, as JSON on standard output.
    func report(_ failure: CommandFailure, json: Bool) {
        if json {
            let document = ErrorDocument.json(
                code: failure.code.rawValue, kind: failure.kind, message: failure.message, hint: failure.hint)
            return say(document.document)
        }
        if let plain = failure.plain { return warn(plain.hasSuffix("\n") ? plain : plain + "\n") }
        guard !failure.message.isEmpty else { return }
        let message = failure.message.hasSuffix(".") ? String(failure.message.dropLast()) : failure.message
        let text = "error: \(message)." + (failure.hint.isEmpty ? "" : " \(failure.hint)")
        warn(text.printableLines + "\n")
    }

    /// Ends the program.
    func exit(_ code: ExitCode) -> Never { Foundation.exit(code.rawValue) }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            // A reader that went away, as `head` does, ends the output.
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
