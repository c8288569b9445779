/// A person who owns recovery, or a group that receives or stands in.
public struct Owner: Hashable, Sendable {
    /// Its id.
    public let id: OwnerID
    /// The name for people.
    public var name: String
    /// The mail address.
    public var email: String?
    /// The Slack user id.
    public var slack: String?
    /// The channels on which to reach them.
    public var to: [ChannelID]
    /// When not to.
    public var quiet: QuietHours?
    /// The members; nil for a person.
    public var members: [OwnerID]?

    /// A person, or a group when there are members.
    public init(
        id: OwnerID, name: String, email: String? = nil, slack: String? = nil, to: [ChannelID] = [],
        quiet: QuietHours? = nil, members: [OwnerID]? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.slack = slack
        self.to = to
        self.quiet = quiet
        self.members = members
    }

    /// Whether this is a group.
    public var isGroup: Bool { members != nil }
}

/// Wall times between which a person is not disturbed.
public struct QuietHours: Hashable, Sendable {
    /// When quiet begins.
    public let from: CivilTime
    /// When it ends.
    public let to: CivilTime

    /// Quiet from one wall time to another, over midnight if need be.
    public init(from: CivilTime, to: CivilTime) {
        self.from = from
        self.to = to
    }
}
