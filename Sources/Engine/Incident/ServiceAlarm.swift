public import SuretyCore

/// Something that may be wrong with Surety itself.
public enum ServiceAlarm: Hashable, Sendable {
    /// Declarations were changed and are invalid, so that the old ones are in force.
    case declarations
    /// Nobody looks at schedules and deadlines any more.
    case scheduler
    /// A channel cannot be reached.
    case notifier(ChannelID)
    /// For a while nothing was recorded.
    case gap
    /// An asset cannot be looked at, so that nobody sees when what was certified stops being true.
    case sentinel
    /// What was kept of rows was wrong, though nothing told that they changed.
    case memory

    /// What the incident is about; its schema is Surety's own, in which no asset is.
    var root: IncidentRoot {
        let schema = AssetName.suretySchema
        return switch self {
        case .declarations:
            IncidentRoot(asset: AssetName(schema: schema, table: "declarations"), causeClass: .config)
        case .scheduler:
            IncidentRoot(asset: AssetName(schema: schema, table: "scheduler"), causeClass: .infra)
        case .notifier(let channel):
            IncidentRoot(asset: AssetName(schema: schema, table: channel.rawValue), causeClass: .infra)
        case .gap: IncidentRoot(asset: AssetName(schema: schema, table: "analytics"), causeClass: .infra)
        case .sentinel: IncidentRoot(asset: AssetName(schema: schema, table: "sentinel"), causeClass: .infra)
        case .memory: IncidentRoot(asset: AssetName(schema: schema, table: "kept_parts"), causeClass: .infra)
        }
    }

    /// The word by which the field knows it.
    var word: String {
        switch self {
        case .declarations: "declarations.invalid"
        case .scheduler: "scheduler.stalled"
        case .notifier: "notifier.failed"
        case .gap: "analytics.gap"
        case .sentinel: "sentinel.blind"
        case .memory: "memory.wrong"
        }
    }

    func headline(_ event: IncidentBook.Event, _ why: String) -> String {
        event == .resolved ? "Surety is well again: \(word)" : "Surety itself: \(word): \(why)"
    }

    func trouble(because why: String, owner: OwnerID?) -> Trouble {
        let kind: Cause.Kind = root.causeClass == .config ? .unsupported : .unreachable
        return Trouble(
            cause: Cause(
                kind, asset: root.asset, interval: nil, step: word, message: why, owner: owner,
                recovery: recovery),
            intervals: [], affects: [root.asset.description], promises: [], consumers: [],
            severity: severity)
    }

    private var severity: Severity {
        switch self {
        case .declarations, .sentinel, .memory: .high
        case .scheduler, .notifier: .critical
        case .gap: .warning
        }
    }

    private var recovery: [String] {
        switch self {
        case .declarations: ["surety validate"]
        case .scheduler: ["Look at the service's log, and start it anew."]
        case .notifier(let channel): ["surety channel test \(channel)"]
        case .gap: ["surety report"]
        case .sentinel: ["surety doctor"]
        case .memory: ["Declare `guard: trigger`, or find out who changes rows without a trace."]
        }
    }
}

extension AssetName {
    /// The schema of Surety's own tables.
    static let suretySchema = "surety"
}

extension IncidentRoot {
    /// The warehouse itself, when it cannot be reached: one root for whatever is in it.
    static let warehouse = IncidentRoot(
        asset: AssetName(schema: AssetName.suretySchema, table: "warehouse"), causeClass: .infra)

    /// Whether it is about Surety itself.
    var isAlarm: Bool { asset.schema == AssetName.suretySchema && self != .warehouse }
}
