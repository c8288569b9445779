import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// What the statements of a round would cost, told by the planner; none of them runs.
struct RoundCost {
    let session: WarehouseSession
    let round: QuestionRound

    /// The statements that are asked whatever the rows are, in their order, each with its plan.
    func statements(in table: TableInfo?) throws(PortFailure) -> [(sql: String, plan: StatementPlan)] {
        var asset = round.asset
        asset.name = table?.name ?? asset.name
        let planning = PlanningSession(questions(known: table))
        do {
            _ = try CheckRound(
                asset: asset, slice: round.slice, checks: round.checks, context: round.context, snapshot: ""
            ).run(on: planning)
        } catch {
            throw PortFailure(error)
        }
        return planning.statements
    }

    /// How long the statements of the asset's last rounds took together, in the middle; nil when nothing is recorded.
    ///
    /// Checks that share a statement record the same time, so that each time counts once.
    func pastMilliseconds() throws(PortFailure) -> Double? {
        try questions(known: nil).guarded { () throws(PortFailure) in try past() }
    }

    private func past() throws(PortFailure) -> Double? {
        try session.row(
            """
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) FROM (
                SELECT (
                    SELECT sum(DISTINCT (r.value->>'durationMilliseconds')::float8)
                    FROM jsonb_array_elements(c.body->'results') AS r (value)) AS total
                FROM surety.certificate c WHERE c.asset = \(round.asset.name)
                ORDER BY c.number DESC LIMIT 8) AS past
            """)?[0].flatMap { Double($0) }
    }

    /// The statements with what they would read and how long they would take.
    func costs() throws(PortFailure) -> [StatementCost] {
        let statements = try statements(in: try ContentReader(session).table(of: round.asset))
        let total = statements.reduce(0) { $0 + $1.plan.cost }
        var rate = Pace.unmeasured
        if total > 0, let past = try pastMilliseconds() { rate = past / total }
        let sizes = try sizes(of: Set(statements.flatMap { $0.plan.reads.map(\.table) }))
        return statements.map { sql, plan in
            let blocks = plan.reads.reduce(Int64(0)) { sum, read in
                let size = sizes[read.table] ?? 0
                return sum + (read.rows.map { min(size, Int64($0)) } ?? size)
            }
            return StatementCost(
                asset: round.asset.name, interval: round.slice.label, statement: sql, blocks: blocks,
                seconds: plan.cost * rate / 1000, remote: plan.remote)
        }
    }

    private func questions(known table: TableInfo?) -> SnapshotSession {
        SnapshotSession(
            session, zone: round.asset.interval?.cadence.zone ?? round.context.zone,
            statementTimeout: round.statementTimeout, known: table)
    }

    private func sizes(of tables: Set<AssetName>) throws(PortFailure) -> [AssetName: Int64] {
        let rows = try session.rows(
            """
            SELECT n.nspname, c.relname, pg_relation_size(c.oid) / current_setting('block_size')::bigint
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname || '.' || c.relname = ANY(\(tables.map(\.description).sorted()))
            """)
        var sizes: [AssetName: Int64] = [:]
        for row in rows {
            sizes[AssetName(schema: row[0] ?? "", table: row[1] ?? "")] = row[2].flatMap { Int64($0) }
        }
        return sizes
    }
}

/// A session in which statements are planned and not run; each seems to find nothing.
private final class PlanningSession: CheckSession {
    private let session: SnapshotSession
    private(set) var statements: [(sql: String, plan: StatementPlan)] = []

    init(_ session: SnapshotSession) { self.session = session }

    var dialect: Dialect { session.dialect }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? { try session.table(name) }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        do { statements.append((query.sql, try session.plan(of: query))) } catch { throw QueryFailure(error) }
        return []
    }

    func refusal(of query: CheckQuery) throws(QueryFailure) -> QueryFailure? {
        try session.refusal(of: query)
    }
}
