import SuretyCore

/// A mail with the same said twice: as plain text and as HTML.
struct Mail: Hashable, Sendable {
    /// Who sends it, and to whom failures are returned.
    var from: MailAddress
    /// Who gets it; each sees the others.
    var to: [MailAddress]
    /// What it is about, for a list of mails.
    var subject: String
    /// The plain text.
    var text: String
    /// The HTML document.
    var html: String
    /// What tells it apart in the domain of `from`; the same however often it is sent.
    var messageID: String
    /// When it was written.
    var date: Instant
    /// What all mails of one thread have in common, apart in the domain of `from`; nil where it stands alone.
    var thread: String?
    /// Headers besides those that every mail has.
    var headers: [MailHeader] = []
}
