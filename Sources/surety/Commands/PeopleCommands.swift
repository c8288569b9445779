import ArgumentParser
import Engine
import Presentation
import SuretyCore

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Say yes to a step that waits for it; then run it again.")

    @Argument(help: "The request's id, as `run` and `explain` show it.") var id: String
    @OptionGroup var options: GlobalOptions

    func run() async throws { try await answer(id, approved: true, reason: nil, options) }
}

struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Say no to a step that waits for approval: it is blocked.")

    @Argument(help: "The request's id.") var id: String
    @Option(help: "Why.") var reason: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws { try await answer(id, approved: false, reason: reason, options) }
}

private func answer(_ id: String, approved: Bool, reason: String?, _ options: GlobalOptions) async throws {
    let surroundings = try await Workspace(options).surroundings()
    let request: ApprovalRequest
    do throws(PortFailure) {
        request = try await People(surroundings).answer(id, approved: approved, reason: reason)
    } catch  where error.kind == .refused {
        throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
    } catch {
        throw CommandFailure(error)
    }
    let place = request.interval.map { "\(request.asset) \($0)" } ?? request.asset.description
    let word = approved ? "approved" : "rejected"
    Console.standard.say(
        options.json
            ? JSONValue.object([
                (approved ? "approve" : "reject"): .object([
                    "id": .string(id), "asset": .string(request.asset.description),
                    "interval": .optional(request.interval), "answer": .string(word),
                ])
            ]).document
            : "\(place) is \(word)." + (approved ? " Next: surety run \(request.asset)" : "") + "\n")
}

struct DoneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that the manual work of an asset's interval is done.")

    @Argument(help: "An asset.") var asset: String
    @Option(name: .customLong("for"), help: "An interval or a range.") var interval: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let surroundings = try await Workspace(options).surroundings()
        let lookup = Lookup(surroundings.catalog)
        let asset = try lookup.asset(asset)
        let slices = try lookup.needed(interval, of: asset)
        try await attempting { () throws(PortFailure) in
            try await People(surroundings).done(asset, slices: slices)
        }
        say(
            options, "done", ["asset": .string(asset.name.description), "intervals": labels(slices)],
            "Noted. Next: surety run \(asset.name)")
    }
}

struct AcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Take a failing check as it is, for a reason.",
        discussion: "The certificate lists it, and the occurrence is at best kept with warnings.")

    @Argument(help: "The check: its id, its name or its text.") var check: String
    @Option(help: "The asset.") var asset: String
    @Option(name: .customLong("for"), help: "An interval or a range.") var interval: String?
    @Option(help: "Why.") var reason: String
    @Option(help: "The last day on which it counts: 2026-12-31.") var until: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let surroundings = try await Workspace(options).surroundings()
        let lookup = Lookup(surroundings.catalog)
        let asset = try lookup.asset(asset)
        let slices = try lookup.needed(interval, of: asset)
        let all = asset.ready + asset.stop + asset.warn
        guard
            let check = all.first(where: {
                [$0.id.rawValue, $0.text, "\(asset.name)/\(self.check)"].contains(self.check)
                    || $0.id.rawValue == "\(asset.name)/\(self.check)"
            })
        else {
            throw CommandFailure(
                .usage, kind: "usage", "\(asset.name) has no check \(self.check)",
                hint: "It has: \(all.map(\.id.rawValue).joined(separator: ", ")).")
        }
        let last = until.flatMap { CivilDate($0) }
        guard until == nil || last != nil else {
            throw CommandFailure(
                .usage, kind: "usage", "--until \(until ?? "") is no date", hint: "Write 2026-12-31.")
        }
        try await attempting { () throws(PortFailure) in
            try await People(surroundings).accept(
                check, of: asset, slices: slices, reason: reason, until: last)
        }
        say(
            options, "accept",
            [
                "check": .string(check.id.rawValue), "asset": .string(asset.name.description),
                "intervals": labels(slices),
            ],
            "Accepted. Next: surety run \(asset.name)")
    }
}

struct WaiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Let an occurrence of a promise go, for a reason.")

    @Argument(help: "A promise.") var promise: String
    @Option(name: .customLong("for"), help: "The last interval that the occurrence owes.") var interval:
        String
    @Option(help: "Why.") var reason: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let surroundings = try await Workspace(options).surroundings()
        let lookup = Lookup(surroundings.catalog)
        let promise = try lookup.promise(promise)
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw CommandFailure(.usage, kind: "usage", "--reason is empty", hint: "Say why.")
        }
        let slices = try lookup.slices(interval, of: promise.needs) ?? [:]
        let reason = reason
        let waived = try await attempting { () async throws(PortFailure) -> People.Waived in
            try await People(surroundings).waive(promise, slices: slices, reason: reason)
        }
        say(
            options, "waive",
            [
                "promise": .string(promise.id.rawValue), "intervals": .strings(waived.intervals),
                "too_late": .strings(waived.tooLate),
            ],
            "Waived \(promise.id) for \(waived.intervals.joined(separator: ", "))." + warning(waived.tooLate))
    }
}

/// What a waiver after the deadline does, and what it does not.
private func warning(_ tooLate: [String]) -> String {
    tooLate.isEmpty
        ? ""
        : " The deadline of \(tooLate.joined(separator: ", ")) had passed: nobody is told of it any more, and in the"
            + " report it stays what it came to."
}

private func say(_ options: GlobalOptions, _ command: String, _ members: [String: JSONValue], _ text: String)
{
    Console.standard.say(
        options.json ? JSONValue.object([command: .object(members)]).document : text + "\n")
}

private func labels(_ slices: [Slice]) -> JSONValue { .strings(slices.compactMap(\.label)) }

extension Lookup {
    /// The slices of one asset; `--for` may only be left out for a whole table.
    func needed(_ text: String?, of asset: Asset) throws(CommandFailure) -> [Slice] {
        if let found = try slices(text, of: [asset.name]) { return found[asset.name] ?? [] }
        guard asset.interval == nil else {
            throw CommandFailure(
                .usage, kind: "usage", "\(asset.name) has intervals", hint: "Say which with --for 2026-11-19."
            )
        }
        return [.whole]
    }
}
