import Logging
import SuretyCore

/// Sends the weekly report when it is due, once to each recipient.
public struct ReportPost: Sendable {
    /// How long after its time a report is still sent, in seconds: two days.
    static let patience: Int64 = 2 * 86_400

    private let surroundings: Surroundings

    /// The post of a project.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Sends what is due and was not sent; what a channel refuses is tried again later, and logged.
    public func sendWhatIsDue() async throws(PortFailure) {
        let catalog = surroundings.catalog
        let now = surroundings.clock.now()
        guard let schedule = catalog.project.report, let due = schedule.at.last(atOrBefore: now),
            now.milliseconds(since: due) <= Self.patience * 1000,
            let first = try await surroundings.state.promisesSeen().values.min(), first < due,
            let week = Cadence(.week, in: catalog.project.zone).interval(endingAtOrBefore: due)
        else { return }
        var report: WeeklyReport?
        for recipient in recipients(schedule.to) {
            let name = [recipient.channel.rawValue, recipient.person?.rawValue ?? ""].joined(separator: "/")
            let mark = ReportMark(week: week.description, recipient: name)
            do throws(PortFailure) {
                try await surroundings.record(.reportIntended(mark))
            } catch  where error.kind == .conflict {
                continue
            }
            let made: WeeklyReport
            if let report {
                made = report
            } else {
                made = try await ReportMaker(surroundings).report(of: week)
            }
            report = made
            let failure = await send(made, to: recipient, "\(week)-\(name.replacing("/", with: "-"))")
            try await surroundings.record(.reportEnded(mark, failure: failure))
        }
    }

    private func recipients(_ names: [String]) -> [AlertRecipient] {
        let routing = AlertRouting(surroundings.catalog)
        return names.flatMap { routing.recipients(of: $0) }.unique()
    }

    private func send(_ report: WeeklyReport, to recipient: AlertRecipient, _ id: String) async -> String? {
        guard let channel = surroundings.catalog.channels[recipient.channel] else { return "no such channel" }
        do throws(PortFailure) {
            try await surroundings.messenger.send(
                report, id: "report-\(id)", over: channel,
                to: recipient.person.flatMap { surroundings.catalog.owners[$0] })
            return nil
        } catch {
            surroundings.logger.warning(
                "the report could not be sent",
                metadata: ["channel": "\(recipient.channel)", "why": "\(error.description)"])
            return error.description
        }
    }
}
