public import SuretyCore

/// Sends messages over the channels that a project declares.
public protocol Messenger: Sendable {
    /// Sends a message and returns what the channel calls it, if it calls it anything.
    ///
    /// `earlier` is the delivered message that told of the same incident on this channel first: where the channel can,
    /// it is edited in place. Throws a retryable failure for what may pass by itself, any other for what will not.
    func send(
        _ message: AlertMessage, over channel: AlertChannel, to person: Owner?, after earlier: MessageMemory?
    ) async throws(PortFailure) -> String?

    /// Sends the report of a week, under an id that stays the same however often it is sent.
    func send(
        _ report: WeeklyReport, id: String, over channel: AlertChannel, to person: Owner?
    ) async throws(PortFailure)
}

/// Puts alerts into words, as each kind of channel wants them.
public protocol AlertWriter: Sendable {
    /// One JSON document on one line, as the file has it: with everything.
    func document(_ message: AlertMessage) -> String
    /// The same as the body of a webhook, of a size that receivers take.
    func body(_ message: AlertMessage) -> String
    /// The report of a week.
    func letter(_ report: WeeklyReport, id: String) -> Letter
    /// What Slack shows.
    func slack(_ message: AlertMessage) -> SlackWords
    /// What a mail says.
    func mail(_ message: AlertMessage) -> MailWords
}

/// The report of a week as channels take it.
public struct Letter: Hashable, Sendable {
    /// The subject of a mail.
    public let subject: String
    /// The whole of it in plain words.
    public let text: String
    /// The whole of it for mail programs.
    public let html: String
    /// One line that says how the week was.
    public let line: String
    /// One JSON document on one line.
    public let document: String

    /// A letter.
    public init(subject: String, text: String, html: String, line: String, document: String) {
        self.subject = subject
        self.text = text
        self.html = html
        self.line = line
        self.document = document
    }
}

/// What Slack shows: a line for notifications, and blocks as a JSON array.
public struct SlackWords: Hashable, Sendable {
    /// The line.
    public let text: String
    /// The blocks, a JSON array.
    public let blocks: String

    /// A line and blocks.
    public init(text: String, blocks: String) {
        self.text = text
        self.blocks = blocks
    }
}

/// What a mail says: its subject, and the same twice, as plain text and as HTML.
public struct MailWords: Hashable, Sendable {
    /// The subject, the same for all mails of an incident.
    public let subject: String
    /// The plain text.
    public let text: String
    /// The HTML document.
    public let html: String

    /// A subject and what stands below it.
    public init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}
