import CheckSQL
import Engine
import SuretyCore

/// One step: one transaction over all files in which the effect is made, asked about, judged, and committed or rolled
/// back.
struct StepTransaction {
    let connection: WarehouseConnection
    let order: StepOrder
    let clockOffset: Int64
    let judge: @Sendable (Evidence) -> Judgement

    private var book: Book { Book(connection) }

    /// Runs it. Whatever is thrown, nothing took effect.
    func run() throws(PortFailure) -> StepEnd {
        try connection.writing(waiting: order.fenceTimeout.duration) { () throws(PortFailure) in try attempt()
        }
    }

    private func attempt() throws(PortFailure) -> (StepEnd, WarehouseConnection.Ending) {
        try book.claim(clockOffset: clockOffset)
        let newest = try book.newest(order.asset.name, order.slice)
        if let newest, !newest.isUndone, newest.entry.generation >= order.generation {
            let certificate = try book.certificate(order.asset.name, order.slice)
            return (.adopted(newest.entry, certificate: certificate), .rollBack)
        }
        if let refusal = try SourceQuestions(connection: connection, order: order).firstRefusal() {
            return (
                order.rehearse
                    ? .rehearsed(.refused(refusal.cause), rows: 0, results: refusal.results)
                    : .refused(refusal.cause, rows: 0, results: refusal.results), .rollBack
            )
        }
        let generation = max(order.generation, (newest?.entry.generation ?? 0) + 1)
        if let undo = order.undo, let newest, !newest.isUndone {
            try UndoScript(connection: connection, asset: order.asset, slice: order.slice).run(undo)
        }
        let effect = try EffectWriter(connection: connection, order: order).write()
        guard audits else {
            return (try conclude(effect, nil, nil, generation: generation), .commit)
        }
        let evidence = try evidence(of: effect)
        let judgement = judge(evidence)
        if order.rehearse {
            return (.rehearsed(judgement, rows: effect.rows, results: evidence.results), .rollBack)
        }
        switch judgement {
        case .refused(let cause):
            return (.refused(cause, rows: effect.rows, results: evidence.results), .rollBack)
        case .built: return (try conclude(effect, evidence, nil, generation: generation), .commit)
        case .certified(let certificate):
            return (try conclude(effect, evidence, certificate, generation: generation), .commit)
        }
    }

    /// Whether checks run inside the transaction: they must where the result is shown by it.
    private var audits: Bool {
        switch order.asset.publish {
        case .view: true
        case .inPlace, .certifiedIntervals: order.auditsBeforeCommit || order.rehearse
        }
    }

    private func evidence(of effect: Effect) throws(PortFailure) -> Evidence {
        let round = QuestionRound(
            asset: order.asset, slice: order.slice, checks: order.asset.stop + order.asset.warn,
            context: order.context, marksContent: true, statementTimeout: order.statementTimeout)
        var evidence = try SnapshotRound(
            connection: connection, round: round, snapshot: try book.snapshot()
        ).evidence()
        if let outside = effect.outside,
            var result = CheckRound.insideInterval(
                order.asset, slice: order.slice, inside: effect.rows - outside, outside: outside,
                snapshot: evidence.snapshot.snapshot)
        {
            if let column = order.asset.interval?.column, !effect.examples.isEmpty,
                !order.asset.isPrivate(column)
            {
                result.why += ": \(column) = \(effect.examples.joined(separator: ", "))"
            }
            evidence.results.insert(result, at: 0)
        }
        return evidence
    }

    private func conclude(
        _ effect: Effect, _ evidence: Evidence?, _ certificate: Certificate?, generation: Int
    ) throws(PortFailure) -> StepEnd {
        let (start, end) = (order.slice.interval?.start, order.slice.interval?.end)
        // What it replaces held until then.
        try book.withdraw(
            order.asset.name, start, end, why: "replaced by run \(order.run)",
            at: certificate?.certifiedAt ?? order.context.now)
        try book.insert(
            LedgerEntry(
                asset: order.asset.name, start: start, end: end, generation: generation, run: order.run,
                definition: order.definition, appliedAt: order.context.now, rows: effect.rows))
        if let certificate { try book.insert(certificate) }
        try Publisher(connection).publish(order, isCertified: certificate != nil)
        try book.countCommit()
        try connection.run("DROP TABLE IF EXISTS \(Staging.table)")
        return .committed(
            rows: effect.rows, results: evidence?.results ?? [], certificate: certificate)
    }
}
