/// What running a range of intervals means beside the steps themselves: what a person should know before saying yes.
public struct BackfillEffects: Hashable, Sendable {
    /// What owners say about backfilling their assets, in order of asset.
    public var notes: [Note] = []
    /// The certified slices whose rows are replaced, with how many rows they have, in order of the plan.
    public var replaced: [Replaced] = []
    /// The occurrences whose certified slices are made anew, so that they are not complete meanwhile.
    public var reopened: [Due] = []
    /// Whether anything is to be done at all.
    public var hasWork = false
    /// How long it will take; nil where nothing tells.
    public var estimate: PlanEstimate?
    /// Occurrences due today that are not complete, and whose deadline comes before this could end.
    public var endangered: [Due] = []

    /// What an owner says.
    public struct Note: Hashable, Sendable {
        /// The asset.
        public let asset: AssetName
        /// The words.
        public let text: String

        /// Words about an asset.
        public init(asset: AssetName, text: String) {
            self.asset = asset
            self.text = text
        }
    }

    /// A slice whose rows are replaced.
    public struct Replaced: Hashable, Sendable {
        /// The slice.
        public let key: StepKey
        /// How many rows were certified.
        public let rows: Int64

        /// So many rows of a slice.
        public init(key: StepKey, rows: Int64) {
            self.key = key
            self.rows = rows
        }
    }

    /// An occurrence.
    public struct Due: Hashable, Sendable {
        /// The promise.
        public let promise: PromiseID
        /// Its deadline.
        public let deadline: Instant
        /// The zone of the promise, for people.
        public let zone: Zone
        /// The last interval that it owes, as on the command line; nil for whole tables.
        public let through: String?

        /// An occurrence of a promise.
        public init(promise: PromiseID, deadline: Instant, zone: Zone, through: String?) {
            self.promise = promise
            self.deadline = deadline
            self.zone = zone
            self.through = through
        }
    }

    /// Nothing to know.
    public init() {}
}
