import ArgumentParser
import Foundation
import SuretyCore

/// The program: arguments in, exit code out.
@main
enum Main {
    static func main() async {
        // A reader that goes away ends the output, not the run.
        signal(SIGPIPE, SIG_IGN)
        // Output that is piped away must not be lost when the program is ended.
        let console = Console.standard
        do {
            var command = try Surety.parseAsRoot(nil)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            console.report(failure, json: CommandLine.arguments.contains("--json"))
            console.exit(failure.code)
        } catch {
            end(error, console)
        }
        console.exit(.done)
    }

    /// Ends after help, a version, a completion script or a misuse.
    private static func end(_ error: any Error, _ console: Console) -> Never {
        let code = Surety.exitCode(for: error)
        let message = Surety.fullMessage(for: error)
        if code.isSuccess {
            console.say(message.hasSuffix("\n") ? message : message + "\n")
            console.exit(.done)
        }
        if let name = LaterCommands.named(in: CommandLine.arguments) {
            console.report(
                CommandFailure(.usage, kind: "usage", "`surety \(name)` is not in this version"),
                json: CommandLine.arguments.contains("--json"))
            console.exit(.usage)
        }
        console.report(
            CommandFailure(
                .usage, kind: "usage", Surety.message(for: error), hint: "See `surety --help`.",
                plain: message),
            json: CommandLine.arguments.contains("--json"))
        console.exit(.usage)
    }
}

/// Commands that the product will have, so that typing one says so.
enum LaterCommands {
    static let names: Set<String> = [
        "token", "import", "export", "suggest",
        "simulate", "reconcile", "migrate", "audit",
    ]

    static func named(in arguments: [String]) -> String? {
        arguments.dropFirst().first { !$0.hasPrefix("-") }.flatMap { names.contains($0) ? $0 : nil }
    }
}
