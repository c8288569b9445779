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
    /// An occurrence was judged, or judged anew while it was open.
    case occurrenceJudged(OccurrenceRecord)
    /// A start of a promise came due, and what became of it.
    case startFired(StartFiring)
    /// Somebody looked at a consumer, so often in the second of an instant.
    case consumerViewed(ConsumerID, at: Instant, count: Int)
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
    /// What it waited for is over.
    case messageReleased(String)
    /// A person does not want to hear of something for a while.
    case silenced(Silence)
    /// A silence was ended before its time.
    case silenceEnded(String, by: String)
    /// The report of a week is about to be sent to somebody: the intent comes before the effect.
    case reportIntended(ReportMark)
    /// It was sent, and how that ended; nil: well.
    case reportEnded(ReportMark, failure: String?)
}

extension Fact {
    /// The word under which a fact is stored.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case definitionSeen = "definition_seen"
        case promiseSeen = "promise_seen"
        case runStarted = "run_started"
        case stepChanged = "step_changed"
        case runEnded = "run_ended"
        case stepSaid = "step_said"
        case gateAnswered = "gate_answered"
        case refreshIntended = "refresh_intended"
        case refreshEnded = "refresh_ended"
        case approvalAsked = "approval_asked"
        case approvalAnswered = "approval_answered"
        case manualDone = "manual_done"
        case checkAccepted = "check_accepted"
        case occurrenceWaived = "occurrence_waived"
        case effectIntended = "effect_intended"
        case effectEnded = "effect_ended"
        case effectUndone = "effect_undone"
        case certificateSeen = "certificate_seen"
        case occurrenceJudged = "occurrence_judged"
        case startFired = "start_fired"
        case consumerViewed = "consumer_viewed"
        case incidentChanged = "incident_changed"
        case messageQueued = "message_queued"
        case messageClaimed = "message_claimed"
        case messageFailed = "message_failed"
        case messageDelivered = "message_delivered"
        case messageSuperseded = "message_superseded"
        case messageReleased = "message_released"
        case silenced = "silenced"
        case silenceEnded = "silence_ended"
        case reportIntended = "report_intended"
        case reportEnded = "report_ended"
    }

    /// The word under which it is stored.
    public var kind: Kind {
        switch self {
        case .definitionSeen: .definitionSeen
        case .promiseSeen: .promiseSeen
        case .runStarted: .runStarted
        case .stepChanged: .stepChanged
        case .runEnded: .runEnded
        case .stepSaid: .stepSaid
        case .gateAnswered: .gateAnswered
        case .refreshIntended: .refreshIntended
        case .refreshEnded: .refreshEnded
        case .approvalAsked: .approvalAsked
        case .approvalAnswered: .approvalAnswered
        case .manualDone: .manualDone
        case .checkAccepted: .checkAccepted
        case .occurrenceWaived: .occurrenceWaived
        case .effectIntended: .effectIntended
        case .effectEnded: .effectEnded
        case .effectUndone: .effectUndone
        case .certificateSeen: .certificateSeen
        case .occurrenceJudged: .occurrenceJudged
        case .startFired: .startFired
        case .consumerViewed: .consumerViewed
        case .incidentChanged: .incidentChanged
        case .messageQueued: .messageQueued
        case .messageClaimed: .messageClaimed
        case .messageFailed: .messageFailed
        case .messageDelivered: .messageDelivered
        case .messageSuperseded: .messageSuperseded
        case .messageReleased: .messageReleased
        case .silenced: .silenced
        case .silenceEnded: .silenceEnded
        case .reportIntended: .reportIntended
        case .reportEnded: .reportEnded
        }
    }
}
