import SuretyCore

extension StepTask {
    /// Builds the slice in the warehouse, in one transaction.
    func apply(
        _ work: StepOrder.Work, _ build: Build, _ context: CheckContext
    ) async throws(PortFailure) -> StepOutcome {
        if asset.approval?.before == .publish, let early = try await rehearsal(work, build, context) {
            return early
        }
        let order = order(work, build, context, rehearse: worker.options.rehearse)
        let clock = surroundings.clock
        let certifier = order.certifier
        let end = try await surroundings.warehouse.apply(order) { evidence in
            certifier.judge(evidence, at: clock.now())
        }
        switch end {
        case .committed(let rows, let results, let certificate?):
            return .certified(certificate, rows: rows, results: results)
        case .committed(let rows, let results, nil):
            guard asset.auditTime == .afterCommit, !asset.stop.isEmpty else {
                return .built(rows: rows, results: results)
            }
            return try await judgeEffect(context, ledger: nil)
        case .adopted(let entry, let certificate?):
            return .certified(certificate, rows: entry.rows, results: certificate.results)
        case .adopted(let entry, nil):
            guard !asset.stop.isEmpty else { return .built(rows: entry.rows, results: []) }
            return try await judgeEffect(context, ledger: nil)
        case .refused(let cause, let rows, let results):
            try await withdrawSource(refusedBy: cause)
            return .blocked(completed(cause), rows: rows, results: results)
        case .rehearsed(.refused(let cause), let rows, let results):
            return .blocked(completed(cause), rows: rows, results: results)
        case .rehearsed(_, let rows, let results):
            return .rehearsed(rows: rows, results: results)
        }
    }

    /// Takes the certificate from a source whose rows changed since it was given and are refused now, and from all that
    /// rests on it; where late rows are ignored it stays, and only what is made from them stops.
    private func withdrawSource(refusedBy cause: Cause) async throws(PortFailure) {
        guard cause.asset != asset.name, surroundings.catalog.assets[cause.asset]?.tellsOfLateRows == true,
            let certificate = inputs.first(where: { $0.asset == cause.asset && $0.interval == cause.interval }
            )
        else { return }
        let world = try await World.read(surroundings)
        _ = try await Sentinel(surroundings: surroundings).withdraw(
            certificate, why: Certificate.Withdrawal.rowsRefused(cause.message), in: world)
    }

    /// Everything up to COMMIT, and then a person's yes; nil once it was given.
    private func rehearsal(
        _ work: StepOrder.Work, _ build: Build, _ context: CheckContext
    ) async throws(PortFailure) -> StepOutcome? {
        if try await isApproved() { return nil }
        let order = order(work, build, context, rehearse: true)
        let clock = surroundings.clock
        let certifier = order.certifier
        let end = try await surroundings.warehouse.apply(order) { evidence in
            certifier.judge(evidence, at: clock.now())
        }
        switch end {
        case .rehearsed(.refused(let cause), let rows, let results),
            .refused(let cause, let rows, let results):
            return .blocked(completed(cause), rows: rows, results: results)
        case .rehearsed(_, _, let results): return try await approval(for: .publish, results: results)
        case .committed, .adopted: return nil
        }
    }

    private func order(
        _ work: StepOrder.Work, _ build: Build, _ context: CheckContext, rehearse: Bool
    ) -> StepOrder {
        var order = StepOrder(
            run: worker.run, asset: asset, slice: slice, work: work, write: build.write,
            definition: step.definition, inputs: inputs.map(\.id),
            certificate: surroundings.identities.certificateID(), context: context)
        order.generation = generation
        order.rehearse = rehearse
        order.replaceView = worker.options.replaceView
        if build.write == .append, step.rebuilds, case .sql(let undo)? = build.undo { order.undo = undo.text }
        order.auditsBeforeCommit = asset.auditTime == .beforeCommit
        order.statementTimeout =
            build.timeout ?? surroundings.catalog.project.mainWarehouse.statementTimeout
        order.lockTimeout = surroundings.catalog.project.mainWarehouse.lockTimeout
        order.sources = inputs.compactMap { certificate in
            guard let source = surroundings.catalog.assets[certificate.asset], source.build == nil else {
                return nil
            }
            return source.slice(labelled: certificate.interval).map {
                SourceRecheck(asset: source, slice: $0, certificate: certificate)
            }
        }
        return order
    }

    /// The generation that this step's effect is: the first, or one more than the ledger held when the run was planned.
    var generation: Int {
        let held = worker.generations[step.key] ?? 0
        return step.rebuilds ? held + 1 : max(1, held)
    }

    /// Loads a file; one that is not there is waited for.
    func load(_ file: LoadFile, _ build: Build, _ context: CheckContext) async throws(PortFailure)
        -> StepOutcome
    {
        let path = file.path.filling(slice: slice, asset: asset.name, run: worker.run)
        guard surroundings.files.exists(path) else {
            return .notYet(cause(.notReady, "there is no file \(path)"), results: [])
        }
        let table = try surroundings.files.table(path, delimiter: file.delimiter, null: file.null)
        return try await apply(.load(columns: table.columns, rows: table.rows), build, context)
    }
}
