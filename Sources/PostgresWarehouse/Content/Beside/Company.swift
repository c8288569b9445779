/// When a round of checks asks some of its statements on connections beside its own.
struct Company: Sendable {
    /// Connections beside its own at most, and never one that is waited for.
    var most = 1
    /// How many connections of the pool there are for each that helps: a server that grants few is not asked for more at
    /// once than one statement of a round, which has parallel workers besides.
    var share = 4
    /// The bytes of a table below which its checks are asked on one connection.
    var leastBytes: Int64 = 64 << 20
    /// What all statements but the heaviest must cost together, as the planner counts; 1 is about a page of 8 kB read.
    var leastCost = 8192.0
}
