import CheckSQL
import Engine
import SuretyCore

/// The snapshot of an open transaction, in which checks are asked; what would write is refused.
struct SnapshotSession: CheckSession {
    private let connection: WarehouseConnection
    private let statementTimeout: Duration
    private let end: ContinuousClock.Instant?
    private let began = ContinuousClock.now

    /// A session whose queries may each take so long, and all of them no longer than the budget.
    init(_ connection: WarehouseConnection, statementTimeout: Period, budget: Period?) {
        self.connection = connection
        self.statementTimeout = statementTimeout.duration
        self.end = budget.map { ContinuousClock.now + $0.duration }
    }

    var dialect: Dialect { .sqlite }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? {
        do {
            return try CatalogueQuery(connection).table(name)
        } catch {
            throw QueryFailure(error)
        }
    }

    func elapsedMilliseconds() -> Double { began.elapsedMilliseconds }

    func refusal(of query: CheckQuery) throws(QueryFailure) -> QueryFailure? {
        do throws(PortFailure) {
            _ = try prepared(query)
            return nil
        } catch {
            return QueryFailure(error)
        }
    }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        let left = end.map { $0 - ContinuousClock.now }
        if let left, left <= .zero {
            throw QueryFailure(sqlState: "57014", message: "the budget of the checks is used up")
        }
        connection.watch.allow(left.map { min($0, statementTimeout) } ?? statementTimeout)
        defer { connection.watch.allow(nil) }
        do throws(PortFailure) {
            let statement = try prepared(query)
            var rows: [[String?]] = []
            while try statement.step() { rows.append(statement.row()) }
            return rows
        } catch {
            throw QueryFailure(error)
        }
    }

    private func prepared(_ query: CheckQuery) throws(PortFailure) -> PreparedStatement {
        let statement = try connection.prepare(query.sql)
        guard statement.isReadOnly else {
            throw PortFailure(.refused, "a check may only read", sqlState: "25006")
        }
        try statement.bind(query.parameters)
        return statement
    }
}
