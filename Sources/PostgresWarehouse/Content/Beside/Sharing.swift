import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// Finds out whether it is worth to ask queries on several connections, and in which order.
struct Sharing {
    let questions: SnapshotSession
    let company: Company

    /// The order in which to ask, heaviest first; nil when one connection is as good. Throws only what is fatal.
    ///
    /// Within a budget the order stays, so that what is not asked any more is what was declared last.
    func order(of queries: [CheckQuery]) throws(PortFailure) -> [Int]? {
        guard queries.count > 1, try isLarge() else { return nil }
        var costs: [Double] = []
        for query in queries { costs.append(try cost(of: query)) }
        guard costs.reduce(0, +) - (costs.max() ?? 0) >= company.leastCost else { return nil }
        guard questions.budget == nil else { return Array(queries.indices) }
        return queries.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
    }

    /// Whether the table may be large, as far as can be told without a lock on it, and its snapshot can be shared.
    private func isLarge() throws(PortFailure) -> Bool {
        guard let name = questions.known?.name else { return false }
        return try questions.session.row(
            """
            WITH RECURSIVE part AS (
                SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = \(name.schema) AND c.relname = \(name.table)
                UNION SELECT i.inhrelid FROM part p JOIN pg_inherits i ON i.inhparent = p.oid)
            SELECT 1 FROM part JOIN pg_class c USING (oid)
            HAVING (bool_or(c.relkind IN ('v', 'f')) OR \(company.leastBytes) <= sum(
                greatest(c.relpages * current_setting('block_size')::bigint, 64 * pg_stat_get_live_tuples(c.oid))))
                AND has_function_privilege(to_regprocedure('pg_catalog.pg_export_snapshot()'), 'EXECUTE')
            """) != nil
    }

    /// The planner's cost; 0 of what it does not plan.
    private func cost(of query: CheckQuery) throws(PortFailure) -> Double {
        do throws(PortFailure) { return try questions.plan(of: query).cost } catch {
            guard !error.isFatal else { throw error }
            return 0
        }
    }
}
