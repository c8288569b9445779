import Engine
import Foundation
import GRDB
import SQLiteWarehouse
import SuretyTestKit

/// A warehouse in a folder of its own, and a connection of another program beside it.
final class EmbeddedFixture: WarehouseFixture {
    let folder: String
    let warehouse: any Warehouse

    init(clockOffset: Int64 = 0) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("surety-\(UUID())").path
        warehouse = try await EmbeddedWarehouse.open(folder: folder)
        try await warehouse.prepare(clockOffset: clockOffset)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Another warehouse on the same files, as another process would open it.
    func another() async throws -> EmbeddedWarehouse { try await EmbeddedWarehouse.open(folder: folder) }

    func schema(_ name: String) async throws {
        try await DatabaseQueue(path: "\(folder)/\(name).db").write {
            try $0.execute(sql: "PRAGMA user_version = 0")
        }
    }

    func run(_ sql: String) async throws {
        try await beside().writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    func rows(_ sql: String) async throws -> [[String?]] {
        try await beside().read { try EmbeddedFixture.texts($0, sql) }
    }

    /// A connection of another program to all files that there are.
    func beside() throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(configuration: configuration)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where file.hasSuffix(".db") && file != "main.db" {
            let name = String(file.dropLast(3)).replacing("\"", with: "\"\"")
            try queue.writeWithoutTransaction {
                try $0.execute(sql: "ATTACH DATABASE ? AS \"\(name)\"", arguments: ["\(folder)/\(file)"])
            }
        }
        return queue
    }

    static func texts(_ database: Database, _ sql: String) throws -> [[String?]] {
        try GRDB.Row.fetchAll(database, sql: sql).map { row in
            row.databaseValues.map { value in
                switch value.storage {
                case .null: nil
                case .int64(let number): String(number)
                case .double(let number): String(number)
                case .string(let text): text
                case .blob(let data): String(decoding: data, as: UTF8.self)
                }
            }
        }
    }
}
