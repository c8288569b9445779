import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// What all checks of an asset may take together, from now on.
struct CheckBudget {
    let asset: AssetName
    let limit: Period
    private let began = ContinuousClock.now

    init(_ limit: Period, of asset: AssetName) {
        self.limit = limit
        self.asset = asset
    }

    /// What is left of it.
    var millisecondsLeft: Int64 { limit.seconds * 1000 - Int64(began.elapsedMilliseconds) }

    /// The rows of a statement, unless it would take longer than what is left.
    func rows(
        _ statement: PostgresStatement, in session: WarehouseSession
    ) throws(PortFailure) -> [[String?]] {
        let cost = try StatementPlan(of: statement, in: session).cost
        let expected = session.pace.milliseconds(for: cost, of: asset)
        let left = millisecondsLeft
        guard expected <= Double(left) else { throw refusal(expected: expected, left: left) }
        let start = ContinuousClock.now
        do {
            let rows = try session.rows(statement)
            session.pace.learn(asset, cost: cost, milliseconds: start.elapsedMilliseconds)
            return rows
        } catch {
            if error.kind == .timeout {
                session.pace.learn(asset, cost: cost, milliseconds: start.elapsedMilliseconds)
            }
            throw error
        }
    }

    private func refusal(expected: Double, left: Int64) -> PortFailure {
        PortFailure(
            .timeout,
            "it would take about \(seconds(expected)) s, and the budget of the checks, \(limit), has "
                + "\(seconds(Double(max(0, left)))) s left; it was not asked. "
                + "Raise `budget`, or let the check look at fewer rows",
            sqlState: "57014")
    }

    private func seconds(_ milliseconds: Double) -> Int64 { Int64((milliseconds / 1000).rounded(.up)) }
}
