import Engine
import Logging
import Presentation
import SuretyCore

/// Finds out what the metrics tell; what cannot be found out is left out, so that the rest is still told.
struct MetricsReader {
    private let house: House

    init(_ house: House) { self.house = house }

    /// How everything is now.
    func snapshot() async -> MetricsSnapshot {
        let surroundings = house.front.surroundings
        let health = await house.front.health()
        var snapshot = MetricsSnapshot(version: house.version)
        snapshot.tickedAt = health.tickedAt
        snapshot.backlog = health.backlog
        snapshot.promises =
            await known { () throws(PortFailure) in try await Board(surroundings).promises() } ?? []
        snapshot.assets =
            await known { () throws(PortFailure) in try await AssetBoard(surroundings).assets() } ?? []
        snapshot.openIncidents = await known { () throws(PortFailure) in
            let open = try await IncidentDesk(surroundings).recent().filter(\.status.isOpen)
            return Dictionary(grouping: open, by: \.severity).mapValues(\.count)
        }
        snapshot.openGates =
            await known { () throws(PortFailure) in
                var gates: [ConsumerID: Bool] = [:]
                for consumer in surroundings.catalog.consumersInOrder {
                    let newest = try await surroundings.state.gateAnswers(of: consumer.id, limit: 1).first
                    gates[consumer.id] = newest?.answer.isOpen
                }
                return gates
            } ?? [:]
        await count(into: &snapshot)
        return snapshot
    }

    private func count(into snapshot: inout MetricsSnapshot) async {
        guard let source = house.metrics else { return }
        snapshot.occurrences =
            await known { () throws(PortFailure) in try await source.occurrenceCounts() } ?? [:]
        snapshot.margins = await known { () throws(PortFailure) in try await source.margins() } ?? [:]
        snapshot.runs = await known { () throws(PortFailure) in try await source.runCounts() } ?? [:]
        snapshot.durations =
            await known { () throws(PortFailure) in try await source.runDurations() } ?? [:]
        snapshot.observed = await known { () throws(PortFailure) in try await source.checkValues() } ?? [:]
        snapshot.checks = await known { () throws(PortFailure) in try await source.checkCounts() } ?? [:]
        snapshot.gates = await known { () throws(PortFailure) in try await source.gateCounts() } ?? [:]
        snapshot.messages = await known { () throws(PortFailure) in try await source.messageCounts() } ?? [:]
    }

    private func known<Value>(_ body: () async throws(PortFailure) -> Value) async -> Value? {
        do throws(PortFailure) {
            return try await body()
        } catch {
            house.front.surroundings.logger.debug(
                "some metrics are left out", metadata: ["why": "\(error.description)"])
            return nil
        }
    }
}
