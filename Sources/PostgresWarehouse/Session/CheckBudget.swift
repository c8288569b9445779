import CheckSQL
import Engine
import PostgresClient
import SuretyCore
import Synchronization

/// What the checks of a round have taken so far, the tries included in which it made way; pauses are none of it.
final class Spending: Sendable {
    private let total = Mutex(0.0)

    var milliseconds: Double { total.withLock { $0 } }

    func add(milliseconds: Double) { total.withLock { $0 += milliseconds } }
}

/// What all checks of an asset may take together, from now on.
struct CheckBudget {
    let asset: AssetName
    let limit: Period
    /// What earlier tries of the round took of it, in milliseconds.
    private let spent: Double
    private let began = ContinuousClock.now

    init(_ limit: Period, of asset: AssetName, spent: Double = 0) {
        self.limit = limit
        self.asset = asset
        self.spent = spent
    }

    /// What is left of it.
    var millisecondsLeft: Int64 { limit.seconds * 1000 - Int64(spent + began.elapsedMilliseconds) }

    /// The rows of a statement, unless it would take longer than what is left.
    func rows(
        _ statement: PostgresStatement, in session: WarehouseSession
    ) throws(PortFailure) -> [[String?]] {
        let cost = try StatementPlan(of: statement, in: session).cost
        let expected = session.pace.milliseconds(for: cost, of: asset, statement.sql)
        let left = millisecondsLeft
        guard expected <= Double(left) else { throw refusal(expected: expected, left: left) }
        let start = ContinuousClock.now
        do {
            let rows = try session.rows(statement)
            session.pace.learn(asset, statement.sql, cost: cost, milliseconds: start.elapsedMilliseconds)
            return rows
        } catch {
            if error.kind == .timeout {
                session.pace.learn(asset, statement.sql, cost: cost, milliseconds: start.elapsedMilliseconds)
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
