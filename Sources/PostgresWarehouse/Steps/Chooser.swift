import CheckSQL
import Engine
import SuretyCore

/// Finds the arm of `choose` whose condition holds in the step's snapshot.
struct Chooser {
    let session: WarehouseSession
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
        var asset = Asset(name: condition.table, location: order.asset.location)
        asset.interval = order.context.intervals[condition.table]
        let check = Check(
            id: CheckID(rawValue: "\(order.asset.name)/choose"), text: condition.text, list: .stop,
            location: order.asset.location, body: .metric(condition.metric, condition.comparison))
        let slice = asset.interval == nil ? Slice.whole : order.slice
        let results: [CheckResult]
        do {
            results = try CheckRound(
                asset: asset, slice: slice, checks: [check], context: order.context, snapshot: ""
            ).run(
                on: SnapshotSession(
                    session, zone: asset.interval?.cadence.zone ?? order.context.zone,
                    statementTimeout: order.statementTimeout))
        } catch {
            throw PortFailure(error)
        }
        switch results.first?.verdict {
        case .pass: return true
        case .fail: return false
        case .noEvidence, .error, .notRun, nil:
            let why = results.first?.why ?? ""
            throw PortFailure(
                .refused, "`when: \(condition.text)` cannot be decided: \(why)",
                sqlState: results.first?.sqlState)
        }
    }
}
