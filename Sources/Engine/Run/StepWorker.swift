public import SuretyCore

/// Does one try of one step, and says how it ended.
struct StepWorker: Sendable {
    let surroundings: Surroundings
    let run: RunID
    let options: RunOptions
    /// For each step that makes an effect anew, the generation that the ledger holds so far.
    let generations: [StepKey: Int]
    /// The newest owed interval of each asset, the only one of which `fresh` is asked.
    let newest: [AssetName: Slice]
    /// What is declared about the intervals of all assets.
    let intervals: [AssetName: IntervalRule]

    /// Tries a step whose inputs have these certificates.
    func attempt(_ step: PlannedStep, inputs: [Certificate]) async -> StepOutcome {
        guard let asset = surroundings.catalog.assets[step.key.asset] else {
            return .failed(
                cause(.unsupported, of: step, "it is not declared"), isRetryable: false, results: [])
        }
        let task = StepTask(worker: self, step: step, asset: asset, inputs: inputs)
        do {
            return try await task.run()
        } catch {
            return task.outcome(of: error)
        }
    }

    func cause(_ kind: Cause.Kind, of step: PlannedStep, _ message: String) -> Cause {
        Cause(
            kind, asset: step.key.asset, interval: step.key.slice.label, step: step.kind.rawValue,
            message: message, owner: surroundings.catalog.assets[step.key.asset]?.owner)
    }
}

/// How a run is made.
public struct RunOptions: Hashable, Sendable {
    /// Build the wanted slices again even if they are certified.
    public var again = false
    /// Do everything up to COMMIT, and roll back.
    public var rehearse = false
    /// Rebuild certified slices whose definition changed.
    public var stale = false
    /// Replace a published view even where a column would vanish or change its type.
    public var replaceView = false
    /// How long data is waited for.
    public var wait = Period(0, .second)
    /// Whether data is waited for until the target gives up, however long that is.
    public var waitsUntilGivingUp = false
    /// What began the run.
    public var trigger = "person"
    /// Most steps at once; nil: as many as the project allows.
    public var stepLimit: Int?
    /// The run's id, where it was promised before; nil: a new one.
    public var id: RunID?
    /// Whether what is to be told is sent before the run is over; a service sends it beside.
    public var delivers = true

    /// The usual way.
    public init() {}
}
