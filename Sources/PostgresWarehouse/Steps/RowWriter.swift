import Engine
import PostgresClient
import SuretyCore

/// Gets the rows of a query into a table, as the write mode says, evaluating the query once.
struct RowWriter {
    let session: WarehouseSession
    let order: StepOrder
    /// The table that is written.
    let target: AssetName

    /// The alias of the user's query.
    static let alias = #""surety query""#
    /// The alias of the table that is written.
    private static let row = #""surety target""#

    /// The user's query in parentheses with its alias, and our SQL before and after it; theirs begins on the second
    /// line.
    typealias Query = (_ before: String, _ after: String) throws(PortFailure) -> PostgresStatement

    /// Writes the rows; makes the table where it is missing.
    func put(_ query: Query) throws(PortFailure) -> Effect {
        let names = try session.columns(of: try query("SELECT * FROM ", " LIMIT 0"), after: 1)
        var found = try TableQuery(session).table(target)
        if found == nil { found = try create(query) }
        guard let table = found else { throw PortFailure(.refused, "\(target) does not exist") }
        let mapping = try ColumnMapping(names, into: table, session: session)
        let inside = try inside(of: table)
        var effect: Effect
        switch order.write {
        case .replaceInterval, .replaceTable:
            let slice = order.write == .replaceInterval ? inside?.condition : nil
            try session.run(
                """
                DELETE FROM \(table: target) AS \(unchecked: Self.row) WHERE \(unchecked: slice ?? "true")
                """)
            effect = try insert(query, mapping, inside)
        case .merge(let keys):
            effect = try merge(query, names, on: keys, inside)
        case .append, .view, .script:
            effect = try insert(query, mapping, inside)
        }
        effect.table = table
        return effect
    }

    /// Makes the target's schema where it is missing.
    func makeSchema() throws(PortFailure) {
        let there = try session.row("SELECT 1 FROM pg_namespace WHERE nspname = \(target.schema)")
        guard there == nil else { return }
        do {
            // Who makes it too is a step of ours, and what waits here holds up no reader: its whole turn is waited for.
            try session.script("SET LOCAL lock_timeout = '\(order.fenceTimeout.seconds)s'")
            try session.run("CREATE SCHEMA \(identifier: target.schema)")
            try session.script("SET LOCAL lock_timeout = '\(order.lockTimeout.seconds)s'")
        } catch let error where error.sqlState == "23505" || error.sqlState == "42P06" {
            // Another step made it meanwhile; begin again and find it.
            throw PortFailure(.contention, error.message, sqlState: "40001", isRetryable: true)
        }
    }

    /// What says that a row lies inside the interval.
    private struct Inside {
        /// The condition in SQL.
        let condition: String
        /// What each written row gives back: NULL inside, else the interval column's value.
        let returning: String
    }

    private func inside(of table: TableInfo) throws(PortFailure) -> Inside? {
        guard let rule = order.asset.interval, let interval = order.slice.interval else { return nil }
        let condition = try SliceCondition(rule, in: table).sql(interval, quotedAlias: Self.row)
        let value = "coalesce(\(Self.row).\(quoted(rule.column))::text, 'NULL')"
        return Inside(
            condition: condition,
            returning: "RETURNING CASE WHEN \(condition) THEN NULL ELSE \(value) END AS outside")
    }

    private func insert(
        _ query: Query, _ mapping: ColumnMapping, _ inside: Inside?
    ) throws(PortFailure) -> Effect {
        let insert =
            "INSERT INTO \(target.quoted) AS \(Self.row) (\(mapping.list)) SELECT \(mapping.list) FROM "
        guard let inside else {
            return Effect(rows: try session.run(try query(insert, ""), after: 1))
        }
        // The rows are judged as they were stored, after casts and triggers.
        let rows = try session.rows(
            try query(
                "WITH put AS (\(insert)",
                " \(inside.returning)) SELECT count(*), count(outside), min(outside), max(outside) FROM put"),
            after: 1)
        return Effect(judged: rows.first ?? [])
    }

    /// Updates the rows whose key is there and inserts the others.
    private func merge(
        _ query: Query, _ names: [String], on keys: [String], _ inside: Inside?
    ) throws(PortFailure) -> Effect {
        if let key = keys.first(where: { !names.hasExactly($0) }) {
            throw PortFailure(.refused, "the merge key \(key) is no column of the SELECT")
        }
        let (target, row) = (target.quoted, Self.row)
        let list = names.map(quoted).joined(separator: ", ")
        let keyList = keys.map(quoted).joined(separator: ", ")
        let match = keys.map { "\(row).\(quoted($0)) = given.\(quoted($0))" }.joined(separator: " AND ")
        let unclear = keys.map { "\(quoted($0)) IS NULL" }.joined(separator: " OR ")
        let changes = names.filter { !keys.hasExactly($0) }.map { "\(quoted($0)) = given.\(quoted($0))" }
        let returning = inside?.returning ?? "RETURNING NULL::text AS outside"
        let update =
            changes.isEmpty
            ? ""
            : """
            updated AS (
                UPDATE \(target) AS \(row) SET \(changes.joined(separator: ", ")) FROM given
                WHERE \(match) AND (SELECT n FROM bad) = 0
                \(returning)),
            """
        let rows = try session.rows(
            try query(
                "WITH given AS MATERIALIZED (SELECT \(list) FROM ",
                """
                ),
                bad AS MATERIALIZED (
                    SELECT (SELECT count(*) FROM (SELECT 1 FROM given GROUP BY \(keyList) HAVING count(*) > 1) AS d)
                        + (SELECT count(*) FROM given WHERE \(unclear)) AS n),
                \(update)
                inserted AS (
                    INSERT INTO \(target) AS \(row) (\(list)) SELECT \(list) FROM given
                    WHERE (SELECT n FROM bad) = 0
                        AND NOT EXISTS (SELECT 1 FROM \(target) AS \(row) WHERE \(match))
                    \(returning)),
                put AS (
                    SELECT outside FROM inserted \(changes.isEmpty ? "" : "UNION ALL SELECT outside FROM updated"))
                SELECT count(*), count(outside), min(outside), max(outside), (SELECT n FROM bad) FROM put
                """),
            after: 1)
        let counts = rows.first ?? []
        if let bad = counts.last.flatMap({ $0 }), bad != "0" {
            let keys = keys.joined(separator: ", ")
            throw PortFailure(
                .refused, "the SELECT gives a merge key (\(keys)) that is NULL or occurs twice, \(bad) times",
                sqlState: "21000")
        }
        var effect = Effect(judged: counts)
        if inside == nil { effect.outside = nil }
        return effect
    }

    /// Makes the table from the query's columns, or like the one that it is built beside.
    private func create(_ query: Query) throws(PortFailure) -> TableInfo? {
        try makeSchema()
        if target != order.asset.name, try TableQuery(session).outline(order.asset.name)?.isView == false {
            try session.run("CREATE TABLE \(table: target) (LIKE \(table: order.asset.name) INCLUDING ALL)")
        } else {
            try session.run(
                try query("CREATE TABLE \(target.quoted) AS SELECT * FROM ", " WITH NO DATA"), after: 1)
        }
        return try TableQuery(session).table(target)
    }
}
