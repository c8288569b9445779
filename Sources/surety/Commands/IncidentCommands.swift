import ArgumentParser
import Engine
import Presentation
import SuretyCore

struct IncidentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "Show what is wrong, one line for each root cause.",
        discussion: "Looks how all promises stand first. With --all, also what ended in the last 30 days.")

    @Flag(help: "Also those that ended in the last 30 days.") var all = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let surroundings = try await Workspace(options).surroundings(prepares: false)
        let all = all
        let incidents = try await attempting { () throws(PortFailure) in
            do throws(PortFailure) {
                _ = try await IncidentDesk(surroundings).review()
            } catch  where error.isBlindness {
                console.warn("what is known, since nothing could be looked at: \(error.description)\n")
            }
            _ = try await Postman(surroundings).deliver()
            return try await IncidentDesk(surroundings).recent().filter { all || $0.status.isOpen }
        }
        console.say(
            options.json
                ? IncidentText.json(incidents).document
                : IncidentText.text(incidents, in: surroundings.catalog.project.zone, console.style))
    }
}

struct AckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Say that you have an incident in hand; nobody else is called then.")

    @Argument(help: "The incident's id, as `incidents` shows it.") var id: String
    @Flag(help: "The alert was not worth sending.") var noise = false
    @Flag(help: "You act on it.") var acted = false
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if noise && acted { throw ValidationError("--noise and --acted exclude each other") }
    }

    func run() async throws {
        let surroundings = try await Workspace(options).surroundings(prepares: false)
        let rating: Incident.Rating? = noise ? .noise : acted ? .acted : nil
        let incident: Incident
        do throws(PortFailure) {
            incident = try await IncidentDesk(surroundings).acknowledge(
                IncidentID(rawValue: id), rating: rating)
        } catch  where error.kind == .refused {
            throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
        } catch {
            throw CommandFailure(error)
        }
        Console.standard.say(
            options.json
                ? JSONValue.object(["ack": IncidentText.json(incident)]).document
                : "\(incident.id) is in the hands of \(surroundings.person).\n")
    }
}

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Try an alert channel.", subcommands: [ChannelTestCommand.self])
}

struct ChannelTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a message that says it is a test over a channel.")

    @Argument(help: "A channel.") var name: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let surroundings = try await Workspace(options).surroundings(prepares: false)
        let id = ChannelID(rawValue: name)
        guard surroundings.catalog.channels[id] != nil else {
            let known = surroundings.catalog.channels.keys.sorted().map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(
                .usage, kind: "usage", "there is no channel \(name)",
                hint: known.isEmpty ? "None is declared." : "Declared: \(known).")
        }
        try await attempting { () throws(PortFailure) in try await Postman(surroundings).test(id) }
        Console.standard.say(
            options.json
                ? JSONValue.object(["channel": .object(["id": .string(name), "delivered": .bool(true)])])
                    .document
                : "\(name) took a test message.\n")
    }
}
