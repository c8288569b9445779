/// An alert on its way to somebody: a row of the outbox.
public struct AlertMessage: Hashable, Codable, Sendable {
    /// Its id, which stays the same however often it is sent, so that a receiver can tell a repetition.
    public private(set) var id: String
    /// Over which channel.
    public let channel: ChannelID
    /// To whom, where the channel reaches more than one.
    public let person: OwnerID?
    /// What it says.
    public let alert: Alert
    /// When it is due.
    public private(set) var dueAt: Instant
    /// Whether it was made because nobody acknowledged: then it is dropped once somebody has, or it is over.
    public private(set) var isEscalation: Bool
    /// What it waits for before it is sent; nil: nothing.
    public private(set) var hold: Hold?
    /// As of when it tells what time is left, where that is later than what it tells of: held, escalated, told elsewhere.
    public var asOf: Instant?
    /// Whether it only tries the channel.
    public var isTest = false

    /// Why a message waits although there is something to tell.
    public enum Hold: String, Hashable, Codable, Sendable, CaseIterable {
        /// The receiver is not to be disturbed at that hour.
        case quietHours = "quiet_hours"
        /// A person silenced it.
        case silenced
    }

    /// As of when it tells what time is left.
    public var toldAt: Instant { asOf ?? alert.at }
    /// Whether it is told long after what it tells of.
    public var isLate: Bool { hold != nil || isEscalation || isInstead }
    /// Whether it is told because another channel did not take it.
    public var isInstead: Bool { id.contains("-instead-of-") }

    /// To whom it goes.
    public var recipient: AlertRecipient { AlertRecipient(channel: channel, person: person) }

    /// The same, to be told at another time and held by nothing.
    public func again(dueAt: Instant) -> AlertMessage {
        var copy = self
        copy.id += "-again"
        copy.dueAt = dueAt
        copy.hold = nil
        return copy
    }

    /// What another message said to somebody else, for whom its channel was no way; an escalation stays one.
    public init(_ alert: Alert, to recipient: AlertRecipient, insteadOf other: AlertMessage, dueAt: Instant) {
        self.init(alert, to: recipient, dueAt: dueAt)
        id =
            "\(other.id)-instead-of-\(other.channel)-\(recipient.channel)"
            + (recipient.person.map { "-\($0)" } ?? "")
        isEscalation = other.isEscalation
    }

    /// A message to a recipient; `escalation` is the number of the step that it is, from 1.
    public init(
        _ alert: Alert, to recipient: AlertRecipient, dueAt: Instant, escalation: Int? = nil,
        hold: Hold? = nil
    ) {
        let person = recipient.person.map { "-\($0)" } ?? ""
        let step = escalation.map { "-escalation-\($0)" } ?? ""
        id = "\(alert.incident.id)-\(alert.incident.sequence)-\(recipient.channel)\(person)\(step)"
        channel = recipient.channel
        self.person = recipient.person
        self.alert = alert
        self.dueAt = dueAt
        isEscalation = escalation != nil
        self.hold = hold
    }
}

/// What is known of a message in the outbox.
public struct MessageMemory: Hashable, Sendable {
    /// Where a message is.
    public enum State: String, Hashable, Codable, Sendable, CaseIterable {
        /// It is to be sent.
        case pending
        /// The channel took it.
        case delivered
        /// It will never be sent: the channel refused it, or patience ran out.
        case dead
        /// A newer one tells more, or there is nobody to tell any more.
        case superseded
    }

    /// The message.
    public var message: AlertMessage
    /// Where it is.
    public var state: State
    /// How often it was tried.
    public var attempts: Int
    /// Why the last try failed.
    public var failure: String?
    /// What the channel calls it, for editing it later.
    public var receipt: String?

    /// Whether somebody has begun to send it and it is not known how that ended: it may have been heard.
    public var isOnItsWay: Bool { state == .pending && attempts > 0 && failure == nil }

    /// What is known of a message.
    public init(message: AlertMessage, state: State, attempts: Int, failure: String?, receipt: String?) {
        self.message = message
        self.state = state
        self.attempts = attempts
        self.failure = failure
        self.receipt = receipt
    }
}
