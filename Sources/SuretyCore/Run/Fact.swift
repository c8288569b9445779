/// Something that happened, as the state store remembers it. Facts are only ever appended.
public enum Fact: Hashable, Codable, Sendable {
    /// The text of a project's declarations was used for the first time.
    case definitionSeen(hash: String, text: String)
    /// A promise was seen for the first time; from then on it owes.
    case promiseSeen(PromiseID)
    /// A run began, with its steps as planned.
    case runStarted(RunRecord)
    /// A step changed.
    case stepChanged(RunID, StepRecord)
    /// A run ended.
    case runEnded(RunID, RunState)
    /// A step's program or statement said something.
    case stepSaid(RunID, asset: AssetName, interval: String?, text: String)
    /// A gate answered.
    case gateAnswered(GateAnswer)
    /// A refresh is about to be sent: the intent comes before the effect.
    case refreshIntended(RefreshMark)
    /// A refresh was sent, and how it ended; nil: well.
    case refreshEnded(RefreshMark, failure: String?)
    /// A step waits for a person's yes.
    case approvalAsked(ApprovalRequest)
    /// A person said yes or no.
    case approvalAnswered(id: String, by: String, approved: Bool, reason: String?)
    /// A person says that manual work is done.
    case manualDone(AssetName, interval: String?, by: String)
    /// A person takes a failing check as it is.
    case checkAccepted(CheckAcceptance)
    /// An occurrence was waived.
    case occurrenceWaived(PromiseID, interval: String, by: String, reason: String)
    /// A step whose effect is elsewhere is about to be made.
    case effectIntended(EffectMark)
    /// Its end is known.
    case effectEnded(EffectMark, failure: String?)
    /// An effect was taken back, or could not be.
    case effectUndone(RunID, asset: AssetName, interval: String?, failure: String?)
    /// A certificate was given or withdrawn in the warehouse.
    case certificateSeen(Certificate)
    /// The outcome of an occurrence was judged.
    case occurrenceJudged(PromiseID, deadline: Instant, outcome: String, detectedAt: Instant)
    /// An incident opened, changed or ended.
    case incidentChanged(Incident)
    /// A message is to be sent; recorded together with the change that it tells.
    case messageQueued(AlertMessage)
    /// Somebody is about to send a message, and nobody else until then.
    case messageClaimed(String, until: Instant)
    /// A try failed; it is tried again then, or never where that is nil.
    case messageFailed(String, why: String, again: Instant?)
    /// The channel took it, and calls it so.
    case messageDelivered(String, receipt: String?)
    /// It is not sent any more.
    case messageSuperseded(String)
}

/// What a gate answered, and why.
public struct GateAnswer: Hashable, Codable, Sendable {
    /// Who asked.
    public var consumer: ConsumerID
    /// Whether it may refresh.
    public var isOpen: Bool
    /// The intervals asked about, as on the command line.
    public var intervals: [String]
    /// For each asset, the last interval up to which everything is certified.
    public var certifiedThrough: [String: String?]
    /// Why not.
    public var reasons: [Reason]
    /// The certificates that the answer rests on.
    public var certificates: [CertificateID]

    /// One reason for a closed gate.
    public struct Reason: Hashable, Codable, Sendable {
        /// The asset that is not certified.
        public var asset: AssetName
        /// The interval.
        public var interval: String?
        /// Why, back to the root, with the owner and the next command.
        public var why: String
        /// The cause at the root.
        public var cause: Cause?
        /// The open incident about it.
        public var incident: IncidentID?

        /// A reason.
        public init(asset: AssetName, interval: String?, why: String, cause: Cause?) {
            self.asset = asset
            self.interval = interval
            self.why = why
            self.cause = cause
        }
    }

    /// An answer.
    public init(
        consumer: ConsumerID, isOpen: Bool, intervals: [String], certifiedThrough: [String: String?],
        reasons: [Reason], certificates: [CertificateID]
    ) {
        self.consumer = consumer
        self.isOpen = isOpen
        self.intervals = intervals
        self.certifiedThrough = certifiedThrough
        self.reasons = reasons
        self.certificates = certificates
    }
}

/// One refresh of a consumer for one set of certificates; `key` makes it happen once.
public struct RefreshMark: Hashable, Codable, Sendable {
    /// Who is refreshed.
    public var consumer: ConsumerID
    /// The intervals that became certified, as on the command line.
    public var intervals: [String]
    /// The idempotency key: a hash of the consumer and the certificates.
    public var key: String
    /// The certificates.
    public var certificates: [CertificateID]

    /// A refresh.
    public init(consumer: ConsumerID, intervals: [String], key: String, certificates: [CertificateID] = []) {
        self.consumer = consumer
        self.intervals = intervals
        self.key = key
        self.certificates = certificates
    }
}

/// A step that waits for a person's yes.
public struct ApprovalRequest: Hashable, Codable, Sendable {
    /// Its id, for `approve` and `reject`.
    public var id: String
    /// The run.
    public var run: RunID
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line.
    public var interval: String?
    /// The definition that is approved; another needs another yes.
    public var definition: DefinitionHash
    /// Who may answer.
    public var by: [OwnerID]
    /// When it was asked.
    public var askedAt: Instant
    /// Until when it may be answered; nil: at any time.
    public var expiresAt: Instant?

    /// A request.
    public init(
        id: String, run: RunID, asset: AssetName, interval: String?, definition: DefinitionHash,
        by: [OwnerID], askedAt: Instant, expiresAt: Instant?
    ) {
        self.id = id
        self.run = run
        self.asset = asset
        self.interval = interval
        self.definition = definition
        self.by = by
        self.askedAt = askedAt
        self.expiresAt = expiresAt
    }
}

/// A failing check that a person takes as it is.
public struct CheckAcceptance: Hashable, Codable, Sendable {
    /// The check's id.
    public var check: CheckID
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line; nil: the whole table.
    public var interval: String?
    /// Why.
    public var reason: String
    /// The last day on which it counts; nil: for good.
    public var until: CivilDate?
    /// Who.
    public var by: String
    /// The columns that become what `columns unchanged` compares with; nil for other checks.
    public var baseline: Baseline?

    /// Columns as they were taken.
    public struct Baseline: Hashable, Codable, Sendable {
        /// The columns in order.
        public let columns: [ColumnInfo]
        /// When they were.
        public let at: Instant

        /// Columns at an instant.
        public init(columns: [ColumnInfo], at: Instant) {
            self.columns = columns
            self.at = at
        }
    }

    /// An acceptance.
    public init(
        check: CheckID, asset: AssetName, interval: String?, reason: String, until: CivilDate?, by: String
    ) {
        self.check = check
        self.asset = asset
        self.interval = interval
        self.reason = reason
        self.until = until
        self.by = by
    }
}

/// A step whose effect is outside the warehouse's transaction.
public struct EffectMark: Hashable, Codable, Sendable {
    /// The run.
    public var run: RunID
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line.
    public var interval: String?
    /// The idempotency key that it was handed.
    public var key: String
    /// The process that makes it.
    public var holder: String
    /// When it was intended.
    public var intendedAt: Instant

    /// A mark.
    public init(
        run: RunID, asset: AssetName, interval: String?, key: String, holder: String, intendedAt: Instant
    ) {
        self.run = run
        self.asset = asset
        self.interval = interval
        self.key = key
        self.holder = holder
        self.intendedAt = intendedAt
    }
}
