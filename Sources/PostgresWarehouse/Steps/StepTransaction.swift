import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// One try of a step: one REPEATABLE READ transaction in which the effect is made, asked about, judged, and committed
/// or rolled back.
struct StepTransaction {
    let session: WarehouseSession
    let order: StepOrder
    let judge: @Sendable (Evidence) -> Judgement

    /// How a try ended.
    enum End: Sendable {
        /// As it should.
        case ended(StepEnd)
        /// The fence row had to be made first, or another writer was first; nothing was done: begin again.
        case again
        /// The connection went away during COMMIT; this is how it ends if the transaction took effect.
        case commitLost(transaction: String, StepEnd, PortFailure)
    }

    private var zone: Zone { order.asset.interval?.cadence.zone ?? order.context.zone }
    private var parameters: StepParameters { StepParameters(order.asset, order.slice) }

    /// Makes the try. Whatever is thrown, nothing took effect.
    func run() throws(PortFailure) -> End {
        do {
            return try attempt()
        } catch {
            session.rollBack()
            guard error.kind == .permission, error.sqlState == "42501", !session.session.isLost else {
                throw error
            }
            let missing = Grants(session)
            let grants =
                ((try? missing.missingForSurety()) ?? []) + ((try? missing.missing(for: order.asset)) ?? [])
            throw grants.isEmpty ? error : error.saying(hint: grants.joined(separator: " "))
        }
    }

    private func attempt() throws(PortFailure) -> End {
        let fence = Fence(session: session, asset: order.asset.name)
        let transaction: String
        switch try fence.begin(waiting: order.fenceTimeout) {
        case .taken(let number): transaction = number
        case .overtaken: return .again
        case .missing:
            try fence.make()
            return .again
        }
        try session.run(parameters.settings(zone: zone, order: order))
        let history = try SliceHistory(order.asset.name, order.slice, session: session)
        if let entry = history.standing, entry.generation >= order.generation {
            session.rollBack()
            return .ended(.adopted(entry, certificate: history.certificate))
        }
        if let refusal = try SourceQuestions(session: session, order: order).firstRefusal() {
            session.rollBack()
            return .ended(end(refusal, rows: 0))
        }
        if let undo = order.undo, history.standing != nil {
            _ = try ScriptRunner(session: session, parameters: parameters).run(
                try parameters.statements(of: undo))
        }
        let target = try target()
        let effect = try EffectWriter(
            session: session, order: order, target: target, parameters: parameters
        ).write()
        try session.run("SET CONSTRAINTS ALL IMMEDIATE")
        guard audits else {
            return try conclude(effect, target, nil, history, transaction)
        }
        let evidence = try EvidenceRound(
            session: session, order: order, target: target, zone: zone
        ).evidence(of: effect)
        let judgement = judge(evidence)
        if order.rehearse {
            session.rollBack()
            return .ended(.rehearsed(judgement, rows: effect.rows, results: evidence.results))
        }
        switch judgement {
        case .refused(let cause):
            session.rollBack()
            return .ended(.refused(cause, rows: effect.rows, results: evidence.results))
        case .built:
            return try conclude(effect, target, (evidence, nil), history, transaction)
        case .certified(let certificate):
            return try conclude(effect, target, (evidence, certificate), history, transaction)
        }
    }

    /// Whether checks run inside the transaction: they must where the result is shown through a view in it.
    private var audits: Bool {
        switch order.asset.publish {
        case .view: true
        case .inPlace, .certifiedIntervals: order.auditsBeforeCommit || order.rehearse
        }
    }

    private func target() throws(PortFailure) -> AssetName {
        guard case .view = order.asset.publish, order.write != .view, order.write != .script else {
            return order.asset.name
        }
        return Publications.beside(order.asset.name, run: order.run)
    }

    private func end(_ refusal: SourceQuestions.Refusal, rows: Int64) -> StepEnd {
        order.rehearse
            ? .rehearsed(.refused(refusal.cause), rows: rows, results: refusal.results)
            : .refused(refusal.cause, rows: rows, results: refusal.results)
    }

    // MARK: - Commit

    private func conclude(
        _ effect: Effect, _ target: AssetName, _ judged: (evidence: Evidence, certificate: Certificate?)?,
        _ history: SliceHistory, _ transaction: String
    ) throws(PortFailure) -> End {
        let table = CertificateTable(session)
        let (start, end) = (order.slice.interval?.start, order.slice.interval?.end)
        if history.certificate != nil {
            // What it replaces held until then.
            let now = judged?.certificate?.certifiedAt ?? order.context.now
            try table.replace(order.asset.name, start, end, by: order.run, at: now)
        }
        try table.insert(
            LedgerEntry(
                asset: order.asset.name, start: start, end: end,
                generation: max(order.generation, history.lastGeneration + 1),
                run: order.run, definition: order.definition, appliedAt: order.context.now,
                rows: effect.rows))
        if let certificate = judged?.certificate {
            try table.insert(certificate)
        } else {
            try table.forgetContent(order.asset.name, order.slice)
        }
        try publish(target, isCertified: judged?.certificate != nil)
        let committed: StepEnd = .committed(
            rows: effect.rows, results: judged?.evidence.results ?? [], certificate: judged?.certificate)
        try session.countAtOnce()
        do {
            try session.commit()
        } catch let error where error.kind == .unreachable {
            return .commitLost(transaction: transaction, committed, error)
        }
        if order.write == .script || order.undo != nil { try? session.tidy() }
        return .ended(committed)
    }

    private func publish(_ target: AssetName, isCertified: Bool) throws(PortFailure) {
        let publications = Publications(session)
        switch order.asset.publish {
        case .inPlace: break
        case .view:
            if target != order.asset.name {
                try publications.register(target, of: order.asset.name, run: order.run)
            }
            guard isCertified else { return }
            try publications.repoint(order.asset, to: target, replacing: order.replaceView)
            try publications.dropOld(of: order.asset.name)
        case .certifiedIntervals:
            try publications.showIntervals(of: order.asset, zone: zone, replacing: order.replaceView)
        }
    }
}
