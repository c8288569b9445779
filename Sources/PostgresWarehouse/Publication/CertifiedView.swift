import Engine
import PostgresClient
import SuretyCore

/// A view in schema `certified`.
struct CertifiedView {
    let session: WarehouseSession
    let name: AssetName
    /// The table whose rows it shows.
    let source: TableInfo
    /// Which of them, about the alias `t`; nil: all.
    let condition: String?
    /// What the view says of itself; nil: nothing.
    let comment: String?

    /// How long a try waits for readers of the view to end, so that no reader queues behind it for longer.
    private static let patience = "500ms"
    /// Tries before the step gives up.
    private static let tries = 30

    /// Whether the view is there with this comment and the columns of the table.
    func isCurrent() throws(PortFailure) -> Bool {
        guard let there = try TableQuery(session).outline(name), there.isView else { return false }
        let row = try session.row(
            """
            SELECT obj_description(c.oid, 'pg_class') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = \(name.schema) AND c.relname = \(name.table)
            """)
        let shown = Set(there.columns.map { [ExactText($0.name), ExactText($0.type)] })
        return row?[0] == comment
            && shown == Set(source.columns.map { [ExactText($0.name), ExactText($0.type)] })
    }

    /// Makes or replaces it; a column that would vanish or change its type refuses unless `replacing`.
    func make(replacing: Bool) throws(PortFailure) {
        let there = try TableQuery(session).outline(name)
        if let there, !there.isView {
            throw PortFailure(.refused, "\(name) is a table and cannot become a view of \(source.name)")
        }
        let lost = there?.columns.filter { source.column($0.name)?.type != $0.type } ?? []
        if !lost.isEmpty, !replacing {
            let columns = lost.map { column in
                source.column(column.name).map { "\(column.name) would become \($0.type)" }
                    ?? "\(column.name) would vanish"
            }
            throw PortFailure(
                .refused, "\(name) would break its readers: \(columns.joined(separator: ", "))",
                hint: "Run again with --replace-view once they know.", sqlState: "42P16")
        }
        let known = lost.isEmpty ? there?.columns.map(\.name) ?? [] : []
        let added = source.columns.map(\.name).filter { !known.hasExactly($0) }
        let list = (known + added).map { "t.\(quoted($0))" }.joined(separator: ", ")
        var statements = [
            """
            CREATE OR REPLACE VIEW \(name.quoted) AS SELECT \(list) FROM \(source.name.quoted) AS t\
            \(condition.map { " WHERE \($0)" } ?? "")
            """
        ]
        if !lost.isEmpty {
            statements.insert("DROP VIEW \(name.quoted)", at: 0)
            statements += try grants()
        }
        if let comment { statements.append("COMMENT ON VIEW \(name.quoted) IS \(literal(comment))") }
        try insistently(statements.joined(separator: "; "))
    }

    /// The rights that readers have on the view, as statements that give them again.
    private func grants() throws(PortFailure) -> [String] {
        let rows = try session.rows(
            """
            SELECT a.privilege_type, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END,
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL aclexplode(c.relacl) AS a LEFT JOIN pg_roles r ON r.oid = a.grantee
            WHERE n.nspname = \(name.schema) AND c.relname = \(name.table) AND a.grantee <> c.relowner
            """)
        return rows.map { "GRANT \($0[0] ?? "") ON \(name.quoted) TO \($0[1] ?? "PUBLIC")\($0[2] ?? "")" }
    }

    /// Runs statements that need an exclusive lock on the view, with pauses in which its readers get on.
    private func insistently(_ statements: String) throws(PortFailure) {
        for attempt in 1... {
            do {
                try session.script(
                    """
                    SAVEPOINT surety_view; SET LOCAL lock_timeout = '\(Self.patience)'; \(statements);
                    RELEASE SAVEPOINT surety_view
                    """)
                return
            } catch let error where error.sqlState == "55P03" {
                guard attempt < Self.tries else {
                    throw error.saying(
                        "readers of \(name) have kept it from being replaced",
                        hint: "Try again when long queries on it have ended.")
                }
                try session.script("ROLLBACK TO SAVEPOINT surety_view; SELECT pg_sleep(0.2)")
            }
        }
    }
}
