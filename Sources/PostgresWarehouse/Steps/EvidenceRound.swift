import CheckSQL
import Engine
import SuretyCore

/// Finds out what a step has made, inside its transaction.
struct EvidenceRound {
    let session: WarehouseSession
    let order: StepOrder
    /// The table that was written.
    let target: AssetName
    let zone: Zone

    /// The built-in check and the asset's `stop` and `warn` checks, on the rows that the step would leave behind.
    func evidence(of effect: Effect) throws(PortFailure) -> Evidence {
        // A script may have changed how values print.
        try session.settle(zone: zone)
        var table = effect.table
        if table == nil { table = try TableQuery(session).table(target) }
        let reader = ContentReader(session)
        let snapshot = try reader.snapshot(of: table?.name)
        var results: [CheckResult] = []
        if let outside = effect.outside,
            var result = CheckRound.insideInterval(
                order.asset, slice: order.slice, inside: effect.rows - outside, outside: outside,
                snapshot: snapshot.snapshot)
        {
            if let rule = order.asset.interval, !effect.examples.isEmpty,
                !order.asset.isPrivate(rule.column)
            {
                result.why += ": \(rule.column) = \(effect.examples.joined(separator: ", "))"
            }
            results.append(result)
        }
        let round = QuestionRound(
            asset: order.asset, slice: order.slice, checks: order.asset.stop + order.asset.warn,
            context: order.context, statementTimeout: order.statementTimeout)
        results += try SnapshotRound(session: session, round: round)
            .results(snapshot: snapshot.snapshot, in: table)
        return Evidence(
            results: results, snapshot: snapshot,
            content: try content(in: table, reader, isRefused: results.contains(where: \.blocks)),
            columns: table?.columns ?? [], constraints: table?.constraints)
    }

    /// Rows that cannot be counted are no evidence; they matter unless the step is refused anyway.
    private func content(
        in table: TableInfo?, _ reader: ContentReader, isRefused: Bool
    ) throws(PortFailure) -> ContentMark {
        let none = ContentMark(rows: 0, fingerprint: "")
        guard let table, !isRefused else { return none }
        try session.settle(zone: .utc)
        return try reader.content(of: order.asset, in: table, slices: [order.slice])[order.slice] ?? none
    }
}
