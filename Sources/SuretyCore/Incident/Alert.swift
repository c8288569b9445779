/// Everything that is told about an incident at one moment.
public struct Alert: Hashable, Codable, Sendable {
    /// What happened.
    public var event: IncidentBook.Event
    /// When.
    public var at: Instant
    /// The incident as it was then.
    public var incident: Incident
    /// What tells the root, its class, its check or step and its first interval apart: 32 hexadecimal digits.
    public var fingerprint: String
    /// One line in business words, at most 120 characters.
    public var headline: String
    /// The promises concerned, those that matter most first.
    public var promises: [PromiseAtStake]
    /// The run in which the root was seen, where one saw it.
    public var run: RunID?
    /// How often the step at the root was tried there.
    public var attempts: Int
    /// How often it may be tried before it is given up; nil where nothing tries it.
    public var mostAttempts: Int?
    /// What the check at the root saw, where one did.
    public var observed: String?
    /// What it wanted.
    public var expected: String?
    /// Who reads what is missing, and what they still show.
    public var readers: [Reader]
    /// The length of the intervals at the root, `hour`, `day`, `week` or `month`; nil for a whole table.
    public var grain: String?
    /// The last interval up to which all that the first promise needs is certified; nil: none is.
    public var certifiedThrough: String?
    /// Who owns recovery.
    public var owner: Person?
    /// What to do, in order, filled in.
    public var recovery: [String]
    /// What Surety did about it.
    public var done: [String]
    /// When incidents of the same root and class opened in the last 30 days, this one left out.
    public var earlier: [Instant]
    /// Who had the newest of those in hand that are over; nil where nobody said so.
    public var lastResolvedBy: String?

    /// A promise that is in danger or broken.
    public struct PromiseAtStake: Hashable, Codable, Sendable {
        /// Its id.
        public var id: PromiseID
        /// Its sentence.
        public var sentence: String
        /// How much it matters.
        public var tier: Tier
        /// When it is due, or was.
        public var deadline: Instant?
        /// The zone in which its deadline is told.
        public var zone: Zone

        /// A promise and its deadline.
        public init(id: PromiseID, sentence: String, tier: Tier, deadline: Instant?, zone: Zone) {
            self.id = id
            self.sentence = sentence
            self.tier = tier
            self.deadline = deadline
            self.zone = zone
        }
    }

    /// A consumer that may not refresh.
    public struct Reader: Hashable, Codable, Sendable {
        /// Its id.
        public var id: ConsumerID
        /// Its name for people.
        public var name: String
        /// The last interval that it shows; nil where it was never refreshed.
        public var shows: String?

        /// A consumer and what it shows.
        public init(id: ConsumerID, name: String, shows: String?) {
            self.id = id
            self.name = name
            self.shows = shows
        }
    }

    /// Somebody who can be reached.
    public struct Person: Hashable, Codable, Sendable {
        /// The id.
        public var id: OwnerID
        /// The name.
        public var name: String
        /// The mail address.
        public var email: String?
        /// The Slack user id.
        public var slack: String?

        /// A person as declared.
        public init(_ owner: Owner) {
            id = owner.id
            name = owner.name
            email = owner.email
            slack = owner.slack
        }
    }

    /// An alert with what every one has.
    public init(event: IncidentBook.Event, at: Instant, incident: Incident, headline: String) {
        self.event = event
        self.at = at
        self.incident = incident
        self.headline = headline
        fingerprint = ""
        promises = []
        attempts = 0
        readers = []
        recovery = []
        done = []
        earlier = []
    }
}

extension Alert {
    /// The first `limit` characters, with an ellipsis where something was cut.
    public static func cut(_ text: String, to limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}
