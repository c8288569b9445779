import Engine
import PostgresClient
import SuretyCore

/// Looks at the warehouse and the role for `doctor`.
struct Examination {
    let session: WarehouseSession

    /// The report; reads only the catalogue.
    func report(on assets: [Asset]) throws(PortFailure) -> WarehouseReport {
        let row = try session.row(
            """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int, current_user,
                \(unchecked: epoch("clock_timestamp()")), r.rolsuper, r.rolbypassrls,
                pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean,
                current_setting('synchronous_commit'), current_setting('fsync'),
                pg_has_role('pg_execute_server_program', 'MEMBER')
                    OR pg_has_role('pg_write_server_files', 'MEMBER')
            FROM pg_roles r WHERE r.rolname = current_user
            """)
        guard let row, let clock = instant(row[3]) else {
            throw PortFailure(.refused, "the warehouse does not tell what it is")
        }
        return WarehouseReport(
            product: "PostgreSQL \(row[0] ?? "")", role: row[2] ?? "", clock: clock,
            warnings: warnings(row) + (try hidden(assets)),
            missingGrants: try grants(assets),
            checkRole: try checkRole(of: assets, isSuperuser: row[4] == "t"))
    }

    /// What makes the role that checks are asked as, or should be where they are asked as a superuser.
    private func checkRole(of assets: [Asset], isSuperuser: Bool) throws(PortFailure) -> [String] {
        var role = CheckRole(session)
        guard let name = session.checksRole else {
            return isSuperuser ? try role.statements(for: assets) : []
        }
        role.name = name
        return try role.statements(for: assets) + role.membership()
    }

    /// That checks are asked as a superuser, if they are.
    func warningOfChecks() throws(PortFailure) -> String? {
        let row = try session.row(
            """
            SELECT rolname FROM pg_roles
            WHERE rolname = coalesce(\(session.checksRole), current_user::text) AND rolsuper
            """)
        guard let role = row?[0] else { return nil }
        return
            "Role \(role), which asks the checks, is a superuser: that they are read-only holds none of their "
            + "SQL back. `surety doctor` prints how to make a role that may only ask."
    }

    private func warnings(_ row: [String?]) -> [String] {
        let role = row[2] ?? ""
        var warnings: [String] = []
        if row[1].flatMap({ Int($0) }) ?? 0 < 150_000 {
            warnings.append("PostgreSQL \(row[0] ?? "") is too old: Surety needs 15 or newer.")
        }
        if row[4] == "t" {
            warnings.append(
                "Role \(role) is a superuser: SQL in declarations may do anything on the server, also where it is read-only. Use a role of its own."
            )
        } else if row[9] == "t" {
            warnings.append(
                "Role \(role) may run programs or write files on the server. Take that right away from it.")
        }
        if row[4] != "t", row[5] == "t" {
            warnings.append("Role \(role) bypasses row-level security.")
        }
        if row[6] == "t" {
            warnings.append("The warehouse is read-only: sources can be checked, steps cannot run.")
        }
        if row[7] == "off" {
            warnings.append(
                "synchronous_commit is off: a crash can lose a certified step. ALTER ROLE \(quoted(role)) SET synchronous_commit = on;"
            )
        }
        if row[8] == "off" {
            warnings.append("fsync is off: a crash can destroy the warehouse.")
        }
        return warnings
    }

    /// Tables whose rows row-level security would hide from checks.
    private func hidden(_ assets: [Asset]) throws(PortFailure) -> [String] {
        let rows = try session.rows(
            """
            SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname || '.' || c.relname = ANY(\(assets.map(\.name.description)))
                AND has_schema_privilege(n.oid, 'USAGE') AND row_security_active(c.oid)
            ORDER BY 1
            """)
        return rows.compactMap { row in
            row[0].map {
                "Row-level security hides rows of \($0) from this role: its checks are errors. Let the role bypass it."
            }
        }
    }

    private func grants(_ assets: [Asset]) throws(PortFailure) -> [String] {
        let grants = Grants(session)
        var statements = try grants.missingForSurety()
        for asset in assets.sorted(by: { $0.name < $1.name }) {
            for statement in try grants.missing(for: asset) where !statements.contains(statement) {
                statements.append(statement)
            }
        }
        return statements
    }
}
