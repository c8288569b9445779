import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// A role that may ask checks and nothing else, as the statements that make it and give it what it lacks.
struct CheckRole {
    let session: WarehouseSession
    var name = "surety_check"

    init(_ session: WarehouseSession) { self.session = session }

    /// The statements for some assets, in order; none when the role is there and lacks nothing.
    func statements(for assets: [Asset]) throws(PortFailure) -> [String] {
        let isThere = try session.row("SELECT 1 FROM pg_roles WHERE rolname = \(name)") != nil
        var statements =
            isThere
            ? []
            : [
                "CREATE ROLE \(quoted(name)) LOGIN NOINHERIT;",
                "ALTER ROLE \(quoted(name)) SET default_transaction_read_only = on;",
            ]
        // A role that is not there yet will have what everybody has.
        let holder = isThere ? name : "public"
        if let database = try session.row(
            """
            SELECT current_database()
            WHERE NOT has_database_privilege(\(holder), current_database(), 'CONNECT')
            """)?[0]
        {
            statements.append("GRANT CONNECT ON DATABASE \(quoted(database)) TO \(quoted(name));")
        }
        let tables = try self.tables(of: assets)
        statements += try schemas(Set(tables.map(\.schema)).union(["surety"]), lackedBy: holder)
        statements += try selects(tables, lackedBy: holder)
        return statements + (try tablesToCome(assets, lackedBy: holder))
    }

    /// What lets this role ask as the other; nothing where it may.
    func membership() throws(PortFailure) -> [String] {
        let row = try session.row(
            """
            SELECT current_user
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = \(name) AND pg_has_role(oid, 'MEMBER'))
            """)
        guard let user = row?[0] else { return [] }
        return ["GRANT \(quoted(name)) TO \(quoted(user));"]
    }

    /// The tables that checks read: of the assets, of what these are made from, and those that checks name.
    private func tables(of assets: [Asset]) throws(PortFailure) -> [AssetName] {
        let isPrepared = try session.row("SELECT to_regclass('surety.publication')")?[0] != nil
        var names: Set<AssetName> = []
        for asset in assets {
            names.insert(asset.name)
            if isPrepared { names.insert(try Publications(session).name(of: asset)) }
            names.formUnion(asset.needs.map(\.asset))
            names.formUnion((asset.ready + asset.stop + asset.warn).compactMap(\.body.otherTable))
        }
        return names.sorted()
    }

    private func schemas(
        _ schemas: Set<String>, lackedBy holder: String
    ) throws(PortFailure) -> [String] {
        try session.rows(
            """
            SELECT nspname FROM pg_namespace WHERE nspname = ANY(\(schemas.sorted()))
                AND NOT has_schema_privilege(\(holder), oid, 'USAGE')
            ORDER BY nspname
            """
        ).map { "GRANT USAGE ON SCHEMA \(quoted($0[0] ?? "")) TO \(quoted(name));" }
    }

    /// Those on the tables that are there, Surety's own among them; only who writes reads its fence.
    private func selects(_ tables: [AssetName], lackedBy holder: String) throws(PortFailure) -> [String] {
        try session.rows(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (n.nspname || '.' || c.relname = ANY(\(tables.map(\.description)))
                    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    OR n.nspname = 'surety' AND c.relkind IN ('r', 'v') AND c.relname <> 'fence')
                AND NOT has_table_privilege(\(holder), c.oid, 'SELECT')
            ORDER BY n.nspname, c.relname
            """
        ).map { row in
            let table = AssetName(schema: row[0] ?? "", table: row[1] ?? "")
            return "GRANT SELECT ON \(table.quoted) TO \(quoted(name));"
        }
    }

    /// Those on tables that Surety will make: for assets without a table, and for views that show a new one each time.
    private func tablesToCome(
        _ assets: [Asset], lackedBy holder: String
    ) throws(PortFailure) -> [String] {
        let made = assets.filter { $0.build != nil }
        let renewed = made.filter { if case .view = $0.publish { true } else { false } }
        return try session.rows(
            """
            SELECT n.nspname, current_user FROM pg_namespace n
            WHERE (n.nspname = ANY(\(Set(renewed.map(\.name.schema)).sorted()))
                    OR EXISTS (
                        SELECT FROM unnest(\(made.map(\.name.schema)), \(made.map(\.name.table))) AS a (schema, name)
                        WHERE a.schema = n.nspname AND NOT EXISTS (
                            SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = a.name)))
                AND NOT EXISTS (
                    SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) AS given
                    WHERE d.defaclnamespace IN (0, n.oid) AND d.defaclobjtype = 'r'
                        AND d.defaclrole = current_user::regrole AND given.privilege_type = 'SELECT'
                        AND given.grantee IN (0, (SELECT oid FROM pg_roles WHERE rolname = \(holder))))
            ORDER BY n.nspname
            """
        ).map { row in
            "ALTER DEFAULT PRIVILEGES FOR ROLE \(quoted(row[1] ?? "")) IN SCHEMA \(quoted(row[0] ?? "")) "
                + "GRANT SELECT ON TABLES TO \(quoted(name));"
        }
    }
}
