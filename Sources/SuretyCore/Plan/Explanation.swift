/// Why a promise or an asset is in its state, back to the root cause.
public struct Explanation: Hashable, Sendable {
    /// The promise's id or the asset's name.
    public var target: String
    /// The promise as it stands; nil for an asset.
    public var promise: PromiseView?
    /// Its intervals, each with its state and reason.
    public var links: [PromiseView.Link]
    /// The cause at the root; nil when all is certified.
    public var root: Cause?
    /// From the target to the root, each `asset interval`.
    public var path: [String]
    /// What starts it next, and when; nil for what has no set time.
    public var nextFirings: [Firing]
    /// The next command.
    public var next: String

    /// Something that starts a run.
    public struct Firing: Hashable, Sendable {
        /// What, as declared.
        public var what: String
        /// When.
        public var at: Instant?
        /// A firing.
        public init(what: String, at: Instant?) {
            self.what = what
            self.at = at
        }
    }

    /// An explanation.
    public init(
        target: String, promise: PromiseView?, links: [PromiseView.Link], root: Cause?, path: [String],
        nextFirings: [Firing], next: String
    ) {
        self.target = target
        self.promise = promise
        self.links = links
        self.root = root
        self.path = path
        self.nextFirings = nextFirings
        self.next = next
    }
}
