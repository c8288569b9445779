import CheckSQL
import Engine
import SuretyCore

/// Finds the arm of `choose` whose condition holds in the step's snapshot.
struct Chooser {
    let connection: WarehouseConnection
    let order: StepOrder

    /// The first arm that holds; throws when a condition cannot be decided or none holds.
    func choose(_ choices: [Build.Choice]) throws(PortFailure) -> String {
        for choice in choices {
            guard let condition = choice.condition else { return choice.sql.text }
            if try holds(condition) { return choice.sql.text }
        }
        throw PortFailure(.refused, "none of the conditions of \(order.asset.name) holds")
    }

    private func holds(_ condition: Build.ChoiceCondition) throws(PortFailure) -> Bool {
        var table = Asset(name: condition.table, location: order.asset.location)
        table.interval = order.context.intervals[condition.table]
        let check = Check(
            id: CheckID(rawValue: "\(order.asset.name)/choose"), text: condition.text, list: .stop,
            location: order.asset.location, body: .metric(condition.metric, condition.comparison))
        let round = QuestionRound(
            asset: table, slice: table.interval == nil ? .whole : order.slice, checks: [check],
            context: order.context, statementTimeout: order.statementTimeout)
        let result = try SnapshotRound(
            connection: connection, round: round, snapshot: try Book(connection).snapshot()
        ).results().first
        switch result?.verdict {
        case .pass: return true
        case .fail: return false
        case .noEvidence, .error, .notRun, nil:
            throw PortFailure(
                .refused, "`when: \(condition.text)` cannot be decided: \(result?.why ?? "")",
                sqlState: result?.sqlState)
        }
    }
}
