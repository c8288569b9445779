import Engine
import Foundation
import GRDB

/// The file of a state: looked at before it is opened for writing, so that what is not ours stays untouched.
struct SQLiteStateFile {
    /// Where it is.
    let path: String

    /// Opens it, made or upgraded where need be.
    func open() throws -> DatabasePool {
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
            withIntermediateDirectories: true)
        try refuseWhatIsNotOurs()
        let pool = try openPool()
        for version in 1...StateSchema.newest {
            try pool.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    try migrate(database, to: version)
                    return .commit
                }
            }
        }
        return pool
    }

    private func refuseWhatIsNotOurs() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard !isFolder.boolValue else { throw unusable("is a folder") }
        // Only SQLite may open it: closing another handle would drop the locks that this process holds on the file.
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            let version = try self.version(of: database)
            let hasTables = try Int.fetchOne(database, sql: "select count(*) from sqlite_schema") ?? 0 > 0
            guard version != nil || !hasTables else { throw unusable("is not a state of surety") }
            try refuseNewer(version)
        }
    }

    private func openPool() throws -> DatabasePool {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        configuration.label = "surety.state"
        // Two processes that make the same file at once meet while it changes to WAL, where SQLite does not wait.
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                let pool = try DatabasePool(path: path, configuration: configuration)
                // GRDB lowers this when it turns WAL on.
                try pool.writeWithoutTransaction { try $0.execute(sql: "pragma synchronous = full") }
                return pool
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
            {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    private func migrate(_ database: Database, to version: Int64) throws {
        let present = try self.version(of: database)
        try refuseNewer(present)
        guard (present ?? 0) < version else { return }
        if present == nil { try database.execute(sql: StateSchema.sqlite(StateSchema.settings)) }
        for statement in StateSchema.migrations[Int(version) - 1] {
            try database.execute(sql: StateSchema.sqlite(statement))
        }
        try database.execute(
            sql: """
                insert into surety_store (name, value) values ('version', ?)
                on conflict (name) do update set value = excluded.value
                """, arguments: [String(version)])
    }

    /// The version of the schema; nil if there is none.
    private func version(of database: Database) throws -> Int64? {
        guard try database.tableExists("surety_store") else { return nil }
        let text = try String.fetchOne(
            database, sql: "select value from surety_store where name = 'version'")
        guard let text, let version = Int64(text) else { throw unusable("is not a state of surety") }
        return version
    }

    private func refuseNewer(_ version: Int64?) throws {
        guard let version, version > StateSchema.newest else { return }
        throw PortFailure(
            .storeUnusable,
            "the state \(path) was written by a newer surety (version \(version), this one knows "
                + "\(StateSchema.newest))",
            hint: "Use the newer program, or name another state.")
    }

    private func unusable(_ why: String) -> PortFailure {
        PortFailure(
            .storeUnusable, "the state \(path) \(why)", hint: "Restore it from a copy, or name another state."
        )
    }
}
