import CheckSQL
import Engine
import SuretyCore

extension SnapshotSession {
    /// One after another, or beside each other on connections that share the snapshot where that is worth it.
    func replies(to queries: [CheckQuery]) throws(QueryFailure) -> [Reply] {
        let bench: Workbench?
        do { bench = try calledForHelp(with: queries) } catch {
            throw QueryFailure(sqlState: error.sqlState, message: error.message, isFatal: true)
        }
        guard let bench else {
            return try queries.map { query throws(QueryFailure) in try reply(to: query) }
        }
        defer { bench.clear() }
        while let index = bench.next() { bench.put(try reply(to: queries[index]), at: index) }
        return bench.inOrder()
    }

    /// The bench on which the queries are, once helpers are called; nil where there is no need of them.
    private func calledForHelp(with queries: [CheckQuery]) throws(PortFailure) -> Workbench? {
        guard let helpers, helpers.areAllowed, let age, age.millisecondsLeft > 0,
            let order = try Sharing(questions: self, company: helpers.company).order(of: queries)
        else { return nil }
        let bench = Workbench(queries, inOrder: order)
        // The connection is idle while the last helper works, which is cut off when the snapshot is too old.
        let snapshot = try SharedSnapshot(of: session, waitingFor: age.millisecondsLeft + 60_000)
        helpers.come(
            Helpers.Call(
                bench: bench, snapshot: snapshot, zone: zone, statementTimeout: statementTimeout,
                budget: budget, age: age))
        return bench
    }
}
