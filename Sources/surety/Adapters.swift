import Engine
import Logging
import PostgresClient
import PostgresWarehouse
import StateStores
import SuretyCore

/// Opens the adapters that a project's settings name.
struct Adapters {
    let catalog: Catalog
    let clock: any WallClock
    let logger: Logger

    func state() async throws(PortFailure) -> any StateStore {
        let url = catalog.project.state.reveal()
        guard url.hasPrefix("sqlite:") else {
            return try await PostgresStateStore.open(
                try settings(url, "state"), clockOffset: clock.simulatedOffset)
        }
        return try await SQLiteStateStore.open(
            path: String(url.dropFirst("sqlite:".count)), clockOffset: clock.simulatedOffset)
    }

    func warehouse(prepares: Bool) async throws(PortFailure) -> any Warehouse {
        let settings = catalog.project.mainWarehouse
        let url = settings.url.reveal()
        let warehouse: any Warehouse =
            url.hasPrefix("sqlite:")
            ? try await embedded(String(url.dropFirst("sqlite:".count))) : try postgres(url, settings)
        if prepares { try await warehouse.prepare(clockOffset: clock.simulatedOffset ?? 0) }
        return warehouse
    }
}
