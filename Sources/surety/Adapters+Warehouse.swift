import Engine
import Logging
import PostgresClient
import PostgresWarehouse
import SQLiteWarehouse
import SuretyCore

extension Adapters {
    /// The embedded warehouse in a folder, made if it is missing.
    func embedded(_ folder: String) async throws(PortFailure) -> any Warehouse {
        try await EmbeddedWarehouse.open(folder: folder)
    }

    /// How to connect to the PostgreSQL that a setting names.
    func settings(_ url: String, _ setting: String) throws(PortFailure) -> PostgresSettings {
        do {
            var settings = try PostgresSettings(url)
            settings.applicationName = "surety"
            return settings
        } catch {
            throw PortFailure(
                .unreachable, "\(setting): \(error.message)",
                hint: "Write it like postgres://user@host:5432/database.")
        }
    }

    /// How long what is only looked up waits for a server that does not answer: those who ask a gate or for metrics would
    /// not wait as long as a step.
    private static let deskPatience = Duration.seconds(3)

    /// The warehouse on PostgreSQL at a URL.
    func postgres(_ url: String, _ settings: WarehouseSettings) throws(PortFailure) -> any Warehouse {
        var session = try self.settings(url, "warehouses.main")
        session.statementTimeout = .seconds(settings.statementTimeout.seconds)
        session.lockTimeout = .seconds(settings.lockTimeout.seconds)
        return PostgresWarehouse(
            pool: PostgresPool(session, limit: settings.stepConnections, logger: logger),
            desk: settings.connections > 1
                ? PostgresPool(session, limit: 1, patience: Self.deskPatience, logger: logger)
                : nil,
            checksRole: settings.checksRole)
    }
}
