/// A business output with a deadline, an owner, a tier and the assets that make it up; it is the workflow.
public struct Promise: Hashable, Sendable {
    /// Its id.
    public let id: PromiseID
    /// Where it is declared.
    public let location: SourceLocation
    /// The sentence that it promises.
    public let sentence: String
    /// The person who owns recovery.
    public let owner: OwnerID
    /// A person or group that stands in for the owner.
    public var deputy: OwnerID?
    /// How much it matters.
    public var tier: Tier = .two
    /// When each occurrence is due.
    public let deadline: DeadlineRule
    /// The last interval that must be complete at a deadline.
    public let through: Through
    /// The assets that must be certified.
    public let needs: [AssetName]
    /// The consumers that are refreshed once they are.
    public var serves: [ConsumerID] = []
    /// What begins a run by itself.
    public var starts: [Start] = []
    /// What happens when a start meets a run of other intervals.
    public var overlap: Overlap = .skip
    /// Which missed starts are made up for.
    public var catchUp: CatchUp = .latest
    /// How far back missed starts are made up for.
    public var catchUpWindow = Period(24, .hour)
    /// The wall time until which readiness waits and retries go on; nil: until the next deadline.
    public var giveUp: CivilTime?
    /// How long a run is expected to take, until there is history.
    public var expected: Period?
    /// The first interval owed, as a date in the promise's zone; nil: the first of the occurrence at first sight.
    public var since: CivilDate?
    /// What happens to a run when its declarations change.
    public var inFlight: InFlight = .finish
    /// What happens to a failed run's effects.
    public var onFailure: OnFailure = .keep
    /// Whether it is an experiment: own pool, no pages, not in the headline, never an input of a real promise.
    public var experiment = false
    /// What a person does to recover, with `{{interval}}`, `{{asset}}`, `{{run}}` still to fill in.
    public var recovery: [String] = []
    /// Free labels.
    public var tags: [String] = []

    /// A promise with everything that has no default.
    public init(
        id: PromiseID, location: SourceLocation, sentence: String, owner: OwnerID, deadline: DeadlineRule,
        through: Through, needs: [AssetName]
    ) {
        self.id = id
        self.location = location
        self.sentence = sentence
        self.owner = owner
        self.deadline = deadline
        self.through = through
        self.needs = needs
    }

    /// What happens when a start meets a run of other intervals.
    public enum Overlap: String, Hashable, Codable, Sendable, CaseIterable {
        /// The start is recorded and begins nothing.
        case skip
        /// The start waits.
        case queue
        /// The earlier run is cancelled.
        case cancelPrevious = "cancel_previous"
    }

    /// Which missed starts are made up for.
    public enum CatchUp: String, Hashable, Codable, Sendable, CaseIterable {
        /// None of them.
        case none
        /// Only the newest.
        case latest
        /// Each within the window.
        case all
    }

    /// What happens to a run when its declarations change.
    public enum InFlight: String, Hashable, Codable, Sendable, CaseIterable {
        /// It finishes with the declarations it started with.
        case finish
        /// It is cancelled and begun again.
        case restart
        /// It is cancelled.
        case cancel
    }

    /// What happens to a failed run's effects.
    public enum OnFailure: String, Hashable, Codable, Sendable, CaseIterable {
        /// They stay.
        case keep
        /// The declared undo steps are run, newest first.
        case undo
    }
}
