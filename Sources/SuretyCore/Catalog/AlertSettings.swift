/// A way to reach people.
public struct AlertChannel: Hashable, Sendable {
    /// Its id.
    public let id: ChannelID
    /// Where messages go.
    public let kind: Kind
    /// Whether private addresses may be called.
    public var allowPrivate: Bool

    /// A channel.
    public init(id: ChannelID, kind: Kind, allowPrivate: Bool = false) {
        self.id = id
        self.kind = kind
        self.allowPrivate = allowPrivate
    }

    /// Where messages go.
    public enum Kind: Hashable, Sendable {
        /// Lines of JSON in a file.
        case file(String)
        /// A signed webhook.
        case webhook(url: Secret, secret: Secret?)
        /// Slack by a bot token.
        case slackBot(token: Secret, channel: String, api: Secret?)
        /// Slack by an incoming webhook.
        case slackWebhook(Secret)
        /// Mail by a server.
        case email(MailServer)
    }
}

/// A mail server that alerts are sent through.
public struct MailServer: Hashable, Sendable {
    /// When the connection is encrypted.
    public enum TLS: String, Hashable, Codable, Sendable, CaseIterable {
        /// Always.
        case required
        /// When the server offers it.
        case opportunistic
        /// Never.
        case off
    }

    /// `smtp://…` or `smtps://…`.
    public var server: Secret
    /// The sender's address.
    public var from: String
    /// When the connection is encrypted; nil: required unless on loopback.
    public var tls: TLS?
    /// A file of trusted certificates.
    public var caFile: String?
    /// The user.
    public var user: Secret?
    /// The password.
    public var password: Secret?

    /// A server and a sender.
    public init(
        server: Secret, from: String, tls: TLS? = nil, caFile: String? = nil, user: Secret? = nil,
        password: Secret? = nil
    ) {
        self.server = server
        self.from = from
        self.tls = tls
        self.caFile = caFile
        self.user = user
        self.password = password
    }
}

/// To whom alerts go: the first route that matches, and those after it while `continue` is set.
public struct Route: Hashable, Sendable {
    /// What an alert is matched on.
    public enum Key: String, Hashable, Codable, Sendable, CaseIterable {
        /// The incident's severity.
        case severity
        /// The alert's kind.
        case kind
        /// The promise's tier.
        case tier
        /// The promise's id.
        case promise
        /// The asset's name.
        case asset
        /// The owner's id.
        case owner
        /// A tag.
        case tag
    }

    /// Each key's allowed values; all keys must match.
    public let when: [Key: [String]]
    /// Owners and channels, `owner` and `deputy` included.
    public let to: [String]
    /// Whether later routes are looked at too.
    public let continues: Bool

    /// A route.
    public init(when: [Key: [String]], to: [String], continues: Bool) {
        self.when = when
        self.to = to
        self.continues = continues
    }
}

/// A step of escalation.
public struct Escalation: Hashable, Sendable {
    /// When it is taken.
    public enum Moment: Hashable, Sendable {
        /// So long after the alert, unless acknowledged.
        case after(Period)
        /// So long before the deadline.
        case beforeDeadline(Period)
    }

    /// When it is taken.
    public let moment: Moment
    /// Who is told then.
    public let to: String

    /// A step.
    public init(_ moment: Moment, to: String) {
        self.moment = moment
        self.to = to
    }
}
