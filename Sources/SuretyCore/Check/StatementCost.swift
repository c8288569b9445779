/// What one statement of a round of checks would cost, told without running it.
public struct StatementCost: Hashable, Sendable {
    /// The asset whose checks ask it.
    public let asset: AssetName
    /// The interval; nil for the whole table.
    public let interval: String?
    /// Its SQL.
    public let statement: String
    /// The blocks that it would read at most, whether they are in memory or not.
    public let blocks: Int64
    /// How long it would take, about.
    public let seconds: Double
    /// What other servers would be asked for it, where tables are foreign: aggregates that stand here are computed there.
    public let remote: [String]

    /// A cost.
    public init(
        asset: AssetName, interval: String?, statement: String, blocks: Int64, seconds: Double,
        remote: [String] = []
    ) {
        self.asset = asset
        self.interval = interval
        self.statement = statement
        self.blocks = blocks
        self.seconds = seconds
        self.remote = remote
    }
}
