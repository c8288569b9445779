import PostgresClient
import SuretyTestKit

/// What the tables of schema `raw` are made of, while their names, columns and rows stay the same.
enum TableForm: String, CaseIterable {
    /// A table with an index on every column that can have one.
    case indexed
    case ranges
    case lists
    case hashes
    case view
    case materializedView
    /// Partitions that are foreign tables on two other clusters.
    case shards
}

/// Gives the tables of schema `raw` of a database one form after another.
struct Reshaper {
    let fixture: PostgresFixture
    /// The tables by the names of what holds their rows.
    private let tables: [(name: String, plain: String)]
    private let shards: [ForeignDatabase]

    /// Puts the rows of all tables aside; `setup` makes the same tables on the clusters of foreign tables.
    init(_ fixture: PostgresFixture, setup: [String]) async throws {
        self.fixture = fixture
        let names = try await fixture.rows(
            """
            SELECT relname FROM pg_class WHERE relnamespace = 'raw'::regnamespace AND relkind = 'r' ORDER BY relname
            """
        ).compactMap { $0[0] }
        tables = names.enumerated().map { ($1, "plain_\($0)") }
        for table in tables {
            try await fixture.run("ALTER TABLE raw.\(Self.quoted(table.name)) RENAME TO \(table.plain)")
        }
        let databases = try await ForeignClusters.instance.freshDatabases()
        shards = try databases.map { try ForeignDatabase(address: $0.address, options: $0.options) }
        try await fixture.run("CREATE EXTENSION postgres_fdw")
        for (number, shard) in shards.enumerated() {
            for statement in ["CREATE SCHEMA raw"] + setup { try await shard.run(statement) }
            try await fixture.run(
                """
                CREATE SERVER shard_\(number) FOREIGN DATA WRAPPER postgres_fdw OPTIONS (\(shard.options));
                CREATE USER MAPPING FOR postgres SERVER shard_\(number) OPTIONS (user 'postgres')
                """)
        }
    }

    /// Makes all tables anew in a form, runs a body, and takes them away again.
    func with<Value>(_ form: TableForm, _ body: () async throws -> Value) async throws -> Value {
        for table in tables { try await make(table.name, of: table.plain, as: form) }
        let value = try await body()
        let kind =
            switch form {
            case .view: "VIEW"
            case .materializedView: "MATERIALIZED VIEW"
            case .indexed, .ranges, .lists, .hashes, .shards: "TABLE"
            }
        for table in tables { try await fixture.run("DROP \(kind) raw.\(Self.quoted(table.name))") }
        return value
    }

    private func make(_ name: String, of plain: String, as form: TableForm) async throws {
        let table = "raw.\(Self.quoted(name))"
        switch form {
        case .view: try await fixture.run("CREATE VIEW \(table) AS SELECT * FROM raw.\(plain)")
        case .materializedView:
            try await fixture.run("CREATE MATERIALIZED VIEW \(table) AS SELECT * FROM raw.\(plain)")
        case .indexed:
            try await fixture.run(
                "CREATE TABLE \(table) (LIKE raw.\(plain)); INSERT INTO \(table) SELECT * FROM raw.\(plain)")
            for key in try await keys(of: plain) {
                try await fixture.run("CREATE INDEX ON \(table) (\(Self.quoted(key)))")
            }
        case .hashes:
            try await partition(
                table, of: plain, by: "HASH",
                ["FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "FOR VALUES WITH (MODULUS 2, REMAINDER 1)"])
        case .lists:
            let least = try await value(of: plain, at: 0)
            try await partition(
                table, of: plain, by: "LIST",
                [least.map { "FOR VALUES IN (\($0))" }, "FOR VALUES IN (NULL)", "DEFAULT"].compactMap(\.self))
        case .ranges:
            try await partition(table, of: plain, by: "RANGE", try await ranges(of: plain))
        case .shards:
            for shard in shards { try await shard.run("TRUNCATE \(table)") }
            try await partition(
                table, of: plain, by: "RANGE", try await ranges(of: plain)
            ) { number in
                "SERVER shard_\(number) OPTIONS (schema_name 'raw', table_name '\(name)')"
            }
        }
    }

    /// Rows below the middle, and the others with NULLs.
    private func ranges(of plain: String) async throws -> [String] {
        let middle = try await value(of: plain, at: 0.5)
        return ["DEFAULT", middle.map { "FOR VALUES FROM (MINVALUE) TO (\($0))" }].compactMap(\.self)
    }

    private func partition(
        _ table: String, of plain: String, by kind: String, _ bounds: [String],
        server: ((Int) -> String)? = nil
    ) async throws {
        let key = try await keys(of: plain)[0]
        try await fixture.run(
            "CREATE TABLE \(table) (LIKE raw.\(plain)) PARTITION BY \(kind) (\(Self.quoted(key)))")
        for (number, bound) in bounds.enumerated() {
            try await fixture.run(
                """
                CREATE \(server == nil ? "" : "FOREIGN") TABLE raw.\(plain)_\(number) PARTITION OF \(table) \(bound)
                \(server.map { $0(number) } ?? "")
                """)
        }
        try await fixture.run("INSERT INTO \(table) SELECT * FROM raw.\(plain)")
    }

    /// The columns that tables can be partitioned by.
    private func keys(of plain: String) async throws -> [String] {
        try await fixture.rows(
            """
            SELECT attname FROM pg_attribute WHERE attrelid = 'raw.\(plain)'::regclass AND attnum > 0
                AND atttypid IN (SELECT opcintype FROM pg_opclass JOIN pg_am a ON a.oid = opcmethod
                    WHERE opcdefault AND amname = 'btree')
            ORDER BY attnum
            """
        ).compactMap { $0[0] }
    }

    /// The value of the key at a place among all rows, as a literal; nil without rows.
    private func value(of plain: String, at place: Double) async throws -> String? {
        let key = Self.quoted(try await keys(of: plain)[0])
        return try await fixture.rows(
            """
            SELECT quote_literal(percentile_disc(\(place)) WITHIN GROUP (ORDER BY \(key))) FROM raw.\(plain)
            """)[0][0]
    }

    private static func quoted(_ name: String) -> String { PostgresStatement.quoted(identifier: name) }
}

/// A database that is not the warehouse's.
private struct ForeignDatabase {
    let options: String
    private let pool: PostgresPool

    init(address: String, options: String) throws {
        self.options = options
        pool = PostgresPool(try PostgresSettings(address), limit: 1)
    }

    func run(_ sql: String) async throws {
        _ = try await pool.perform { session in try session.script(unchecked: sql) }
    }
}

/// Two clusters beside the one that the tests of this process share.
actor ForeignClusters {
    static let instance = ForeignClusters()

    private var starting: Task<[PostgresCluster], any Error>?

    /// An empty database on each.
    func freshDatabases() async throws -> [(address: String, options: String)] {
        var databases: [(address: String, options: String)] = []
        for cluster in try await clusters() { databases.append(try await cluster.freshForeignDatabase()) }
        return databases
    }

    private func clusters() async throws -> [PostgresCluster] {
        if let starting { return try await starting.value }
        // Owned by this actor; ends when both servers take connections.
        let task = Task { [try await PostgresCluster.start(), try await PostgresCluster.start()] }
        starting = task
        return try await task.value
    }
}
