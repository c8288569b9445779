import Engine
import Foundation
import SuretyCore

/// The folder of a warehouse: one file for each schema, attached under the schema's name.
struct WarehouseFiles: Sendable {
    /// The folder.
    let folder: String

    /// Schemas that are Surety's own.
    static let own = ["certified", "surety"]
    /// Schemas of users that can be attached together.
    static let most = 8

    /// The file without tables that SQLite calls `main`; it makes commits over several files atomic, which memory would not.
    var mainPath: String { path(of: "main") }

    /// The file of a schema.
    func path(of schema: String) -> String { folder + "/" + schema + ".db" }

    /// Makes the folder.
    func make() throws(PortFailure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw PortFailure(
                .unreachable,
                "the warehouse's folder \(folder) cannot be made: \(error.localizedDescription)",
                hint: "Is there a file of that name, and may its parent be written?")
        }
    }

    /// Attaches every schema that has a file, and those that are to be made; returns all that are attached.
    @discardableResult
    func attach(_ connection: WarehouseConnection, making schemas: [String] = []) throws(PortFailure)
        -> [String]
    {
        for schema in schemas { try refuseImpossible(schema) }
        let there = try schemasOnDisk()
        let wanted = Set(there).union(schemas)
        let users = wanted.subtracting(WarehouseFiles.own).sorted()
        guard users.count <= WarehouseFiles.most else {
            throw PortFailure(
                .refused,
                "the embedded warehouse holds at most \(WarehouseFiles.most) schemas, and there are "
                    + "\(users.count): \(users.joined(separator: ", "))",
                hint: "Put tables into fewer schemas, or use PostgreSQL.")
        }
        var attached = Set(try connection.rows("PRAGMA database_list").compactMap { $0[1] })
        // In one order in every process, so that two that lock everything cannot lock each other out.
        for schema in wanted.sorted() where attached.insert(schema).inserted {
            try attach(schema, to: connection)
        }
        return wanted.sorted()
    }

    private func attach(_ schema: String, to connection: WarehouseConnection) throws(PortFailure) {
        do throws(PortFailure) {
            try connection.run("ATTACH DATABASE ?1 AS \(quoted(schema))", [.text(path(of: schema))])
            // Writers of several files are atomic with rollback journals only.
            let mode = try connection.value("PRAGMA \(quoted(schema)).journal_mode")
            if mode == "wal",
                try connection.value("PRAGMA \(quoted(schema)).journal_mode = DELETE") != "delete"
            {
                throw PortFailure(
                    .contention, "the file is in WAL mode and another program holds it open",
                    hint: "Close that program, so that the file can go back to a rollback journal.",
                    sqlState: "55P03", isRetryable: true)
            }
            try connection.run("PRAGMA \(quoted(schema)).synchronous = FULL")
        } catch {
            _ = try? connection.run("DETACH DATABASE \(quoted(schema))")
            throw PortFailure(
                error.kind, "\(path(of: schema)): \(error.message)", hint: error.hint,
                sqlState: error.sqlState,
                isRetryable: error.isRetryable)
        }
    }

    /// The schemas that have a file.
    private func schemasOnDisk() throws(PortFailure) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw PortFailure(
                .unreachable, "the warehouse's folder \(folder) cannot be read: \(error.localizedDescription)"
            )
        }
        return names.filter { $0.hasSuffix(".db") && !$0.hasPrefix(".") }.map { String($0.dropLast(3)) }
            .filter { !["main", "temp", ""].contains($0.lowercased()) }
    }

    private func refuseImpossible(_ schema: String) throws(PortFailure) {
        guard !["main", "temp"].contains(schema.lowercased()) else {
            throw PortFailure(
                .refused, "a schema of the embedded warehouse cannot be called `\(schema)`",
                hint: "SQLite needs that name for itself; choose another.")
        }
        guard !schema.isEmpty, !schema.hasPrefix("."), !schema.contains("/"), !schema.utf8.contains(0) else {
            throw PortFailure(.refused, "`\(schema)` cannot be a schema: it is no name of a file")
        }
    }
}
