import Engine
import SuretyCore
import Synchronization

/// A messenger that remembers what it sent, and refuses what a test tells it to.
final class StagedMessenger: Messenger {
    /// What it does, and did.
    struct Script: Sendable {
        /// Why each channel takes nothing; those that are left out take all.
        var failures: [ChannelID: PortFailure] = [:]
        /// What was tried, `channel event root`, or `channel report`.
        var tried: [String] = []
        /// What was sent.
        var sent: [AlertMessage] = []
        /// The reports that were sent, `channel person week id`.
        var reports: [String] = []
    }

    let script = Mutex(Script())

    func send(
        _ message: AlertMessage, over channel: AlertChannel, to person: Owner?, after earlier: MessageMemory?
    ) async throws(PortFailure) -> String? {
        let failure = script.withLock { script in
            script.tried.append(message.words)
            let failure = script.failures[channel.id]
            if failure == nil { script.sent.append(message) }
            return failure
        }
        if let failure { throw failure }
        return "receipt-\(message.id)"
    }

    func send(
        _ report: WeeklyReport, id: String, over channel: AlertChannel, to person: Owner?
    ) async throws(PortFailure) {
        let failure = script.withLock { script in
            script.tried.append("\(channel.id) report")
            let failure = script.failures[channel.id]
            if failure == nil {
                let name = person?.id.rawValue ?? "-"
                script.reports.append("\(channel.id) \(name) \(report.week) \(id)")
            }
            return failure
        }
        if let failure { throw failure }
    }

    /// What was sent since this was last asked, `channel event root`, in order of that.
    func news() -> [String] {
        script.withLock { script in
            defer { script.sent = [] }
            return script.sent.map(\.words).sorted()
        }
    }

    /// Lets a channel take nothing, or all again.
    func fail(_ channel: ChannelID, _ failure: PortFailure?) {
        script.withLock { $0.failures[channel] = failure }
    }
}

extension AlertMessage {
    /// `inbox opened mart.revenue|check`.
    var words: String { "\(channel) \(alert.event.rawValue) \(alert.incident.root)" }
}
