import ArgumentParser
import Engine
import Presentation
import SuretyCore

struct SilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Hear nothing of a promise, an asset or an incident for a while.",
        discussion: """
            Incidents go on being kept, and count in the report; what is still open when the silence is over is told then.
            Without a target, the silences that have not ended.

              surety silence raw.payments --for 4h --reason "the bank repairs its feed"
              surety silence --end sil_01j9zk3m4q7x
            """)

    @Argument(help: "A promise, an asset or an incident.") var target: String?
    @Option(name: .customLong("for"), help: "How long: 30m, 4h, 2d; at most 14d.") var period: String?
    @Option(help: "Why; others see it.") var reason: String?
    @Option(name: .customLong("end"), help: "End this silence now.") var ending: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let workspace = try Workspace(options)
        let surroundings = try await workspace.surroundings(prepares: false)
        let desk = SilenceDesk(surroundings)
        let zone = surroundings.catalog.project.zone
        if let ending {
            let silence = try await refusing { () throws(PortFailure) in
                try await desk.end(ending, by: surroundings.person)
            }
            _ = try await attempting { () throws(PortFailure) in try await Postman(surroundings).deliver() }
            return say([silence], "\(silence.target) is heard of again.\n")
        }
        guard let target else {
            let all = try await attempting { () throws(PortFailure) in try await desk.all() }
            return say(all, SilenceText.text(all, in: zone))
        }
        guard let period = try Lookup(surroundings.catalog).period(period, "--for"), let reason else {
            throw CommandFailure(
                .usage, kind: "usage", "a silence needs --for and --reason",
                hint: "surety silence \(target) --for 4h --reason \"…\"")
        }
        let silence = try await refusing { () throws(PortFailure) in
            try await desk.silence(target, for: period, reason: reason, by: surroundings.person)
        }
        say([silence], "\(target) is silent until \(zone.words(silence.until)) (\(silence.id)).\n")
    }

    private func say(_ silences: [Silence], _ text: String) {
        Console.standard.say(options.json ? SilenceDocument.json(silences).document : text)
    }

    /// What is refused is a misuse.
    private func refusing<Value: Sendable>(
        _ work: () async throws(PortFailure) -> Value
    ) async throws(CommandFailure) -> Value {
        do throws(PortFailure) {
            return try await work()
        } catch  where error.kind == .refused {
            throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
        } catch {
            throw CommandFailure(error)
        }
    }
}
