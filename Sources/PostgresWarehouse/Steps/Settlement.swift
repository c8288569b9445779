import Engine
import PostgresClient
import SuretyCore

/// Finds out whether a transaction took effect whose COMMIT was not answered.
struct Settlement {
    let warehouse: PostgresWarehouse

    /// How often the warehouse is asked, half a second apart.
    private static let tries = 60

    /// The step's end if the transaction took effect; throws the failure if it did not, `unknownEnd` if nobody knows.
    func settle(
        _ transaction: String, _ order: StepOrder, _ end: StepEnd, _ failure: PortFailure
    ) async throws(PortFailure) -> StepEnd {
        for attempt in 1...Self.tries {
            if attempt > 1 { try await pause() }
            guard let fate = try? await fate(of: transaction, order) else { continue }
            switch fate {
            case .committed: return end
            case .aborted: throw failure
            case .inProgress: continue
            case .forgotten: throw unknown(order)
            }
        }
        throw unknown(order)
    }

    /// What became of the transaction; the ledger knows even where the server has forgotten, or is another one.
    private func fate(
        of transaction: String, _ order: StepOrder
    ) async throws(PortFailure) -> PostgresTransactionFate {
        try await warehouse.onSession { session throws(PortFailure) in
            let fate: PostgresTransactionFate
            do throws(PostgresError) {
                fate = try session.session.status(ofTransaction: transaction)
            } catch {
                throw PortFailure(error)
            }
            guard fate == .forgotten else { return fate }
            let row = try session.row(
                """
                SELECT 1 FROM surety.ledger WHERE asset = \(order.asset.name) AND run_id = \(order.run.rawValue)
                    AND interval_start IS NOT DISTINCT FROM \(order.slice.interval?.start)
                    AND interval_end IS NOT DISTINCT FROM \(order.slice.interval?.end)
                """)
            return row == nil ? .forgotten : .committed
        }
    }

    private func pause() async throws(PortFailure) {
        do {
            try await Task.sleep(for: .milliseconds(500))
        } catch {
            throw PortFailure(
                .unknownEnd, "cancelled before it was known whether the last COMMIT took effect")
        }
    }

    private func unknown(_ order: StepOrder) -> PortFailure {
        PortFailure(
            .unknownEnd,
            "the connection was lost during COMMIT and nobody can tell whether \(order.asset.name) was written",
            hint: "The next run reads the ledger and adopts what is there.")
    }
}
