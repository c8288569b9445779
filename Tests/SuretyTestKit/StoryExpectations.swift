public import SuretyCore

extension Story {
    /// A message that reached somebody.
    public struct ExpectedAlert: Hashable, Codable, Sendable {
        /// What happened to the incident: `opened`, `updated`, `reopened` or `resolved`.
        public var event: String
        /// The asset at its root.
        public var root: AssetName
        /// How bad it is, or was at its worst.
        public var severity: Severity
        /// The promises concerned, those that matter most first.
        public var promises: [PromiseID]
        /// The intervals at the root, as on the command line.
        public var intervals: [String]
        /// The channel that it came over.
        public var channel: String

        /// A message.
        public init(
            event: String, root: AssetName, severity: Severity, promises: [PromiseID], intervals: [String],
            channel: String
        ) {
            self.event = event
            self.root = root
            self.severity = severity
            self.promises = promises
            self.intervals = intervals
            self.channel = channel
        }
    }

    /// The report of a week.
    public struct ExpectedReport: Codable, Sendable {
        /// The week.
        public var week: String
        /// What the clock shows when it is asked for.
        public var at: Instant
        /// What it says.
        public var says: Figures
    }

    /// What a report says: members of its document, named as there.
    public struct Figures: Codable, Sendable {
        /// `occurrences`, and how many of them came to each outcome; experiments are left out.
        public var summary: [String: Int]
        /// The promises that were due.
        public var promises: [PromiseLine]
        /// The incidents of the week, oldest first; nil: they are not compared.
        public var incidents: [IncidentLine]?
        /// What was told; nil: it is not compared.
        public var alerts: AlertLine?
        /// What consumers showed.
        public var consumers: [ConsumerLine]
        /// What is owed and not certified.
        public var backfills: [BackfillLine]
        /// The answers, `q1` to `q7`; those that a story leaves out are not compared.
        public var answers: [String: String]
    }

    /// How a promise was kept.
    public struct PromiseLine: Hashable, Codable, Sendable {
        /// Its id.
        public var id: PromiseID
        /// How many were kept.
        public var kept: Int
        /// Of how many.
        public var total: Int
    }

    /// An incident.
    public struct IncidentLine: Hashable, Codable, Sendable {
        /// The asset at its root.
        public var root: AssetName
        /// The messages that were delivered, the word that it is over left out.
        public var notifications: Int
        /// Whether it goes on.
        public var open: Bool

        /// An incident.
        public init(root: AssetName, notifications: Int, open: Bool) {
            self.root = root
            self.notifications = notifications
            self.open = open
        }
    }

    /// What was told.
    public struct AlertLine: Hashable, Codable, Sendable {
        /// The incidents that were told of.
        public var incidents: Int
        /// The messages that were delivered, the words that it is over left out.
        public var delivered: Int
        /// What was not told, by reason.
        public var suppressed: [String: Int]
    }

    /// What a consumer showed.
    public struct ConsumerLine: Hashable, Codable, Sendable {
        /// Its id.
        public var id: ConsumerID
        /// Minutes in which it showed less than owed, or what was not true any more.
        public var exposureMinutes: Int
        /// How often its gate closed.
        public var gateHeldBack: Int

        private enum CodingKeys: String, CodingKey {
            case id
            case exposureMinutes = "exposure_minutes"
            case gateHeldBack = "gate_held_back"
        }
    }

    /// Intervals that are owed and not certified.
    public struct BackfillLine: Hashable, Codable, Sendable {
        /// The asset.
        public var asset: AssetName
        /// The intervals.
        public var missing: [String]
    }
}
