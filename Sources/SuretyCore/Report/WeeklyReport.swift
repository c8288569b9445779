/// One week of a project's promises: every figure follows from recorded facts, and can be counted again from them.
public struct WeeklyReport: Hashable, Sendable {
    /// The version of the JSON document.
    public static let schema = "surety.weekly-report/1"

    /// The project's name.
    public var project: String
    /// The ISO week, `2026-W47`.
    public var week: String
    /// The zone of the week's days.
    public var zone: Zone
    /// Monday 00:00.
    public var from: Instant
    /// The next Monday 00:00.
    public var to: Instant
    /// When it was made.
    public var generatedAt: Instant
    /// The hash of the declarations in force then.
    public var definition: String
    /// Every promise that has an occurrence in the week, those that matter most first; experiments come last.
    public var promises: [PromiseLine]
    /// The occurrences of earlier weeks that rest on certificates withdrawn in this one.
    public var restated: [OccurrenceRecord]
    /// The incidents that were open in the week, oldest first.
    public var incidents: [IncidentLine]
    /// What was told, and what was spared.
    public var alerts: AlertFigures
    /// The sources whose columns are watched.
    public var watchedSources: Int
    /// What changed in the sources, what nobody handled first.
    public var sourceChanges: [SourceChange]
    /// Every consumer that a promise serves.
    public var consumers: [ConsumerLine]
    /// Who owns what is not owned well.
    public var ownership: [OwnershipLine]
    /// What is owed and not certified.
    public var backfills: [BackfillLine]
    /// How many backfills were run in the week.
    public var backfillsDone: Int
    /// What people did by hand in the last four weeks.
    public var manualSteps: [ManualLine]
    /// What is on the way to a promise, and how much of it is checked well.
    public var coverage: Coverage
    /// What was proposed last week and this one, what is not done first.
    public var actions: [ActionLine]

    /// How often each outcome came.
    public struct Counts: Hashable, Sendable {
        /// Each outcome's number; none is left out.
        public private(set) var numbers: [PromiseView.Outcome: Int] = [:]
        /// Those whose outcome may still change, which their outcome counts too.
        public private(set) var open = 0

        /// No occurrence yet.
        public init() {}

        /// Counts occurrences.
        public init(_ records: [OccurrenceRecord]) {
            for record in records {
                numbers[record.outcome, default: 0] += 1
                if !record.isFinal { open += 1 }
            }
        }

        /// How often an outcome came.
        public subscript(_ outcome: PromiseView.Outcome) -> Int { numbers[outcome] ?? 0 }
        /// All of them.
        public var all: Int { numbers.values.reduce(0, +) }
        /// Those kept, with warnings or without.
        public var kept: Int { self[.kept] + self[.keptWithWarnings] }
        /// Those that count: all but the waived ones.
        public var counted: Int { all - self[.waived] }
    }

    /// The occurrences of all promises that are no experiments.
    public var summary: Counts {
        Counts(promises.filter { !$0.isExperiment }.flatMap(\.occurrences))
    }

    /// One promise's week.
    public struct PromiseLine: Hashable, Sendable {
        /// Its id.
        public var id: PromiseID
        /// Its sentence.
        public var sentence: String
        /// Who owns recovery.
        public var owner: OwnerID
        /// How much it matters.
        public var tier: Tier
        /// Whether it is an experiment, which no headline counts.
        public var isExperiment: Bool
        /// The zone in which its deadlines are told.
        public var zone: Zone
        /// Its occurrences with a deadline in the week, in order.
        public var occurrences: [OccurrenceRecord]
        /// The incident that concerned each late or missed occurrence, by its deadline.
        public var incidents: [Instant: IncidentID]
        /// How many of the last 13 weeks' occurrences may be missed, and how many were.
        public var budget: Budget
        /// Seconds between showing and deadline; nil where nothing was shown.
        public var margin: Margin?
        /// How the margin moves; nil where there is no clear trend.
        public var trend: Trend?

        /// What came of the week's occurrences.
        public var counts: Counts { Counts(occurrences) }
        /// The worst outcome of the week; nil where nothing was due.
        public var worst: PromiseView.Outcome? {
            let order: [PromiseView.Outcome] = [.missed, .unknown, .late, .keptWithWarnings, .waived, .kept]
            return order.first { counts[$0] > 0 }
        }
    }

    /// What may go wrong, and what did.
    public struct Budget: Hashable, Sendable {
        /// The share of occurrences that shall be kept.
        public static let target = 0.95
        /// The weeks that are looked at, this one included.
        public static let weeks = 13
        /// The occurrences in them that count.
        public var occurrences: Int
        /// How many of them may fail, rounded down.
        public var allowed: Int
        /// How many were late, missed or unknown.
        public var used: Int
        /// How many of the last five were not kept.
        public var failedOfLastFive: Int

        /// Whether nothing is left, or the last days went badly.
        public var isExhausted: Bool { used > 0 && used >= max(allowed, 1) || failedOfLastFive >= 2 }
    }

    /// How early consumers showed what was owed, in seconds, negative when late.
    public struct Margin: Hashable, Sendable {
        /// The median.
        public var median: Double
        /// The worst.
        public var worst: Double
        /// How many they are of.
        public var count: Int
        /// The tenth percentile; nil with fewer than ten.
        public var tenth: Double?
        /// The margins of the last 20 occurrences, oldest first.
        public var last: [Double]
    }

    /// A margin that clearly shrinks or grows.
    public struct Trend: Hashable, Sendable {
        /// Seconds for each occurrence; negative where it shrinks.
        public var slope: Double
        /// How likely chance alone shows as much.
        public var chance: Double
        /// After how many occurrences nothing is left; nil where it does not shrink.
        public var runway: Double?
    }

    /// One incident of the week.
    public struct IncidentLine: Hashable, Sendable {
        /// The incident as it is now.
        public var incident: Incident
        /// Seconds from the fault to its detection.
        public var timeToDetect: Double?
        /// Seconds from detection to the first message that was delivered.
        public var timeToNotify: Double?
        /// Seconds from that message to somebody's word; nil: nobody said one yet.
        public var timeToAcknowledge: Double?
        /// Seconds from the fault until everything was certified again; nil while it is open.
        public var timeToRecover: Double?
        /// The delivered messages, the word that it is over left out.
        public var notifications: Int
        /// Whether the alert was worth sending; nil: nobody knows.
        public var rating: Incident.Rating?
        /// Whether a person said so, rather than what they did.
        public var isRatedByPerson: Bool
    }

    /// What was told in the week.
    public struct AlertFigures: Hashable, Sendable {
        /// Why a message was not sent.
        public enum Spared: String, Hashable, Codable, Sendable, CaseIterable {
            /// Something downstream of a root that was told of already.
            case rootCause = "root_cause"
            /// A person silenced it.
            case silenced
            /// The receiver is not to be disturbed at that hour.
            case quietHours = "quiet_hours"
            /// A newer message said more.
            case superseded
        }

        /// The incidents that were told of.
        public var incidents = 0
        /// The messages delivered, those that say it is over left out.
        public var delivered = 0
        /// The messages that were not sent, by reason.
        public var suppressed: [Spared: Int] = [:]
        /// The messages that no try could deliver.
        public var failures = 0
        /// The incidents on which somebody acted.
        public var actionable = 0
        /// The incidents that were noise.
        public var noise = 0
        /// The incidents of which nobody knows.
        public var unrated = 0
        /// The checks that made most noise in four weeks: each with how often.
        public var noisiest: [Noisy] = []

        /// A check that disturbed without need.
        public struct Noisy: Hashable, Sendable {
            /// The asset.
            public var asset: AssetName
            /// The check; nil: a step or the data's absence.
            public var check: String?
            /// How many messages about it were noise.
            public var count: Int
            /// What might be done.
            public var suggestion: String
        }

        /// The incidents of which somebody knows.
        public var rated: Int { actionable + noise }
    }

    /// A change of a source's table.
    public struct SourceChange: Hashable, Sendable {
        /// What changed.
        public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
            case columnAdded = "column_added"
            case columnDropped = "column_dropped"
            case columnTypeChanged = "column_type_changed"
            case columnRenamed = "column_renamed"
            case columnRecreated = "column_recreated"
            case nullabilityChanged = "nullability_changed"
            case defaultChanged = "default_changed"
            case labelsAdded = "labels_added"
            case labelsRemoved = "labels_removed"
            case labelsReordered = "labels_reordered"
            case constraintAdded = "constraint_added"
            case constraintDropped = "constraint_dropped"
            case constraintChanged = "constraint_changed"
            case constraintValidityChanged = "constraint_validity_changed"
            case tableRecreated = "table_recreated"
        }

        /// The source.
        public var source: AssetName
        /// What changed.
        public var kind: Kind
        /// What changed, in words for people.
        public var detail: String
        /// The promises that are made from the source, those that matter most first, no experiments.
        public var promises: [PromiseID]
        /// When it was seen.
        public var observedAt: Instant
        /// What handled it; nil: nothing did.
        public var handledBy: String?
    }

    /// What a consumer showed.
    public struct ConsumerLine: Hashable, Sendable {
        /// Its id.
        public var id: ConsumerID
        /// Its name for people.
        public var name: String
        /// Minutes in which it showed older data than owed, or data whose certificate was withdrawn.
        public var exposureMinutes: Int
        /// How often it was looked at then; nil: it does not say when it is looked at.
        public var staleViews: Int?
        /// How often it was looked at in the week; nil: it does not say.
        public var views: Int?
        /// How often its gate stayed closed, each time it closed counted once.
        public var heldBack: Int
        /// The failing checks behind it that people took as they were.
        public var overrides: [Override]

        /// A person's decision to take a failing check as it is.
        public struct Override: Hashable, Sendable {
            /// Who.
            public var by: String
            /// Why.
            public var reason: String
            /// When.
            public var at: Instant
            /// Where.
            public var place: String
        }
    }

    /// Something whose owner cannot do what owners do.
    public struct OwnershipLine: Hashable, Sendable {
        /// What is missing.
        public enum Flag: String, Hashable, Codable, Sendable, CaseIterable {
            case noOwner = "no_owner"
            case ownerUnreachable = "owner_unreachable"
            case noRoute = "no_route"
            case noRecoverySteps = "no_recovery_steps"
            case neverAcknowledges = "never_acknowledges"
        }

        /// The promise or asset.
        public var subject: String
        /// Its owner, where it has one.
        public var owner: OwnerID?
        /// The tier that it matters for.
        public var tier: Tier
        /// What is missing.
        public var flags: [Flag]
    }

    /// Intervals of an asset that are owed and not certified.
    public struct BackfillLine: Hashable, Sendable {
        /// The asset.
        public var asset: AssetName
        /// Who owns its recovery.
        public var owner: OwnerID?
        /// The intervals, ascending.
        public var missing: [String]
        /// Whole days since the oldest of them ended.
        public var oldestDays: Int
        /// What runs them.
        public var command: String
        /// What else waits for them.
        public var affects: [PromiseID]
    }

    /// Something that people did by hand.
    public struct ManualLine: Hashable, Sendable {
        /// What they did.
        public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
            case manualRun = "manual_run"
            case backfill
            case acceptedCheck = "accepted_check"
            case waiver
            case approval
            case manualStep = "manual_step"
            case undo
            case undocumentedStep = "undocumented_step"
        }

        /// The promise or asset.
        public var subject: String
        /// What they did.
        public var kind: Kind
        /// How often in four weeks.
        public var count: Int
        /// What might be done about it; nil: nothing yet.
        public var suggestion: String?
    }

    /// How well what is on the way to a promise is checked.
    public struct Coverage: Hashable, Sendable {
        /// The assets on the way to a promise.
        public var assets: Int
        /// Those that ask how many rows there are, how fresh they are, and whether their keys are there and distinct.
        public var checked: Int
    }

    /// A proposal, and what became of it.
    public struct ActionLine: Hashable, Sendable {
        /// Where it stands.
        public enum Status: String, Hashable, Codable, Sendable, CaseIterable {
            /// It was proposed last week and is still to be done.
            case overdue
            /// It is proposed now.
            case open
            /// It was proposed last week and is not needed any more.
            case closed
        }

        /// What tells it apart, the same in each week.
        public var id: String
        /// Who is to act.
        public var owner: OwnerID?
        /// The date by which it should be done.
        public var due: CivilDate
        /// What is to be done.
        public var text: String
        /// The question that it comes from.
        public var from: Question
        /// Where it stands.
        public var status: Status
    }

    /// The seven questions of the week.
    public enum Question: String, Hashable, Codable, Sendable, CaseIterable {
        case q1, q2, q3, q4, q5, q6, q7

        /// The question in words.
        public var words: String {
            switch self {
            case .q1: "Which critical workflows failed, ran late, or produced warnings?"
            case .q2: "Were alerts actionable, or did they create noise?"
            case .q3: "Did any source-system changes require pipeline changes?"
            case .q4: "Were any dashboards used while upstream data was stale?"
            case .q5: "Do any workflows lack a clear owner?"
            case .q6: "Are backfills or reruns needed?"
            case .q7: "Should any manual step be automated or documented?"
            }
        }
    }

    /// The word with which a question is answered.
    public enum Verdict: Hashable, Sendable {
        /// No.
        case no
        /// Yes, so many.
        case yes(Int)
        /// Nothing was recorded that could tell.
        case notMeasured
    }

    /// The answer to a question, before any detail.
    public func verdict(_ question: Question) -> Verdict {
        func counted(_ number: Int) -> Verdict { number == 0 ? .no : .yes(number) }
        switch question {
        case .q1:
            return counted(
                promises.filter { !$0.isExperiment }.count {
                    switch $0.worst {
                    case .missed, .unknown, .late, .keptWithWarnings: true
                    case .waived, .kept, nil: false
                    }
                })
        case .q2:
            if alerts.incidents == 0 { return .no }
            return alerts.rated == 0 ? .notMeasured : counted(alerts.actionable)
        case .q3: return watchedSources == 0 ? .notMeasured : counted(sourceChanges.count)
        case .q4:
            let exposed = consumers.filter { $0.exposureMinutes > 0 }
            let seen = exposed.count { ($0.staleViews ?? 0) > 0 }
            let isMeasured = exposed.allSatisfy { $0.staleViews != nil }
            return seen == 0 && !isMeasured ? .notMeasured : counted(seen)
        case .q5: return counted(ownership.count)
        case .q6: return counted(backfills.reduce(0) { $0 + max(1, $1.missing.count) })
        case .q7: return counted(manualSteps.count { $0.suggestion != nil })
        }
    }
}
