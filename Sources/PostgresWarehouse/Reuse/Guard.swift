import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// The triggers of `guard: trigger`, which note every statement that changes rows of an asset's table.
struct Guard {
    let session: WarehouseSession
    /// The longest that writers of the table are held up, and that is waited for them.
    private static let patience = "2s"

    init(_ session: WarehouseSession) { self.session = session }

    /// Makes the triggers where one is missing, or takes them away where the asset is not guarded any more. What this role
    /// may not do is left; nothing that rests on the guard believes in it then.
    func settle(_ asset: Asset, in table: TableInfo) throws(PortFailure) {
        guard !table.isView else { return }
        do throws(PortFailure) {
            let day = asset.interval.flatMap { IntervalDay.sql($0, in: table) } ?? ""
            for relation in try relations(of: table.name, day: day)
            where asset.guardedByTrigger ? !relation.isGuarded : relation.hasTriggers {
                try change(relation.name, day: asset.guardedByTrigger ? day : nil)
            }
        } catch {
            guard !error.isFatal else { throw error }
        }
    }

    private static let events = ["insert", "update", "delete", "truncate"]

    /// A table, or a part of it.
    private struct Relation {
        let name: AssetName
        let hasTriggers: Bool
        /// Whether all of the triggers are there and note what they should.
        let isGuarded: Bool
    }

    private func relations(of name: AssetName, day: String) throws(PortFailure) -> [Relation] {
        try session.rows(
            """
            SELECT n.nspname, c.relname, g.triggers, g.right
            FROM pg_class r JOIN pg_namespace s ON s.oid = r.relnamespace
            CROSS JOIN LATERAL (SELECT r.oid UNION SELECT relid FROM pg_partition_tree(r.oid)) AS t (oid)
            JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (
                SELECT count(*) AS triggers, count(*) FILTER (WHERE tgenabled IN ('A', 'O')
                    AND tgargs = convert_to(\(day), 'UTF8') || '\\x00'::bytea) AS right
                FROM pg_trigger
                WHERE tgrelid = c.oid AND tgfoid = to_regprocedure('surety.note_change()')) AS g
            WHERE s.nspname = \(name.schema) AND r.relname = \(name.table) AND c.relkind IN ('r', 'p')
            ORDER BY c.oid
            """
        ).compactMap { row in
            guard let schema = row[0], let table = row[1] else { return nil }
            let all = String(Self.events.count)
            return Relation(
                name: AssetName(schema: schema, table: table), hasTriggers: row[2] != "0",
                isGuarded: row[2] == all && row[3] == all)
        }
    }

    private func change(_ table: AssetName, day: String?) throws(PortFailure) {
        try session.transaction { transaction throws(PortFailure) in
            try transaction.script(
                "SET LOCAL lock_timeout = '\(Self.patience)'; SET LOCAL statement_timeout = '10s'")
            for event in Self.events {
                guard let day else {
                    try transaction.script("DROP TRIGGER IF EXISTS surety_guard_\(event) ON \(table.quoted)")
                    continue
                }
                try transaction.script(
                    """
                    CREATE OR REPLACE TRIGGER surety_guard_\(event) AFTER \(event.uppercased()) ON \(table.quoted)
                    \(Self.rows(event)) FOR EACH STATEMENT EXECUTE FUNCTION surety.note_change(\(literal(day)))
                    """)
                // Whoever owns the table lets them also see what sessions do that replay changes.
                try transaction.script("SAVEPOINT always")
                do throws(PortFailure) {
                    try transaction.script(
                        "ALTER TABLE \(table.quoted) ENABLE ALWAYS TRIGGER surety_guard_\(event)")
                } catch {
                    guard !error.isFatal else { throw error }
                    try transaction.script("ROLLBACK TO SAVEPOINT always")
                }
            }
        }
    }

    private static func rows(_ event: String) -> String {
        switch event {
        case "insert": "REFERENCING NEW TABLE AS surety_new"
        case "delete": "REFERENCING OLD TABLE AS surety_old"
        case "update": "REFERENCING OLD TABLE AS surety_old NEW TABLE AS surety_new"
        default: ""
        }
    }
}
