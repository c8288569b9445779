import SuretyCore

/// One try of one step: asks what must be asked before, does the work, and judges the result.
struct StepTask: Sendable {
    let worker: StepWorker
    let step: PlannedStep
    let asset: Asset
    let inputs: [Certificate]

    var surroundings: Surroundings { worker.surroundings }
    var slice: Slice { step.key.slice }

    func run() async throws(PortFailure) -> StepOutcome {
        let context = try await context()
        if let build = asset.build {
            if let early = try await askReady(context) { return early }
            if let early = try await approval(for: .start) { return early }
            return try await make(build, context)
        }
        return try await judgeSource(context)
    }

    private func make(_ build: Build, _ context: CheckContext) async throws(PortFailure) -> StepOutcome {
        switch build.work {
        case .sql(let text): try await apply(.sql(text.text), build, context)
        case .choose(let arms): try await apply(.choose(arms), build, context)
        case .load(let file): try await load(file, build, context)
        case .command(let arguments): try await command(arguments, build, context)
        case .manual(let work): try await manual(work, context)
        case .http:
            .failed(
                cause(.unsupported, "steps on other systems (`http`) are not in this version"),
                isRetryable: false, results: [])
        }
    }

    /// What the checks must know beside the rows.
    func context() async throws(PortFailure) -> CheckContext {
        let now = surroundings.clock.now()
        let isNewest = worker.newest[asset.name].map { $0 == slice } ?? true
        var context = CheckContext(now: now, isNewest: isNewest, intervals: worker.intervals)
        context.zone = surroundings.catalog.project.zone
        context.privateColumns = surroundings.catalog.privateColumns
        context.baseline = try await surroundings.baseline(of: asset)
        context.recorded = try await surroundings.recorded(of: asset)
        try await surroundings.accept(in: &context, of: asset, slice)
        return context
    }

    /// Asks the `ready` checks of a built asset; an unmet one is waited for.
    private func askReady(_ context: CheckContext) async throws(PortFailure) -> StepOutcome? {
        guard !asset.ready.isEmpty else { return nil }
        let round = QuestionRound(
            asset: asset, slice: slice, checks: asset.ready, context: context,
            statementTimeout: surroundings.catalog.project.mainWarehouse.statementTimeout)
        let evidence = try await surroundings.warehouse.ask(round)
        return notReady(evidence.results)
    }

    /// The outcome of unmet `ready` checks; nil when all are met.
    func notReady(_ results: [CheckResult]) -> StepOutcome? {
        guard let unmet = results.first(where: { $0.list == .ready && $0.isUnfavourable }) else { return nil }
        return .notYet(cause(.notReady, unmet.sentence, check: unmet.check), results: results)
    }

    func cause(_ kind: Cause.Kind, _ message: String, check: String? = nil) -> Cause {
        var cause = worker.cause(kind, of: step, message)
        cause.check = check
        cause.owner = surroundings.catalog.recoveryOwner(of: asset.name)
        cause.recovery = surroundings.catalog.recovery(for: step.key, run: worker.run)
        return cause
    }

    /// Completes a cause that the core made with what only the run knows.
    func completed(_ cause: Cause) -> Cause {
        var copy = cause
        copy.step = cause.asset == asset.name ? step.kind.rawValue : StepKind.source.rawValue
        copy.owner = cause.owner ?? surroundings.catalog.recoveryOwner(of: cause.asset)
        let slice = surroundings.catalog.assets[cause.asset]?.slice(labelled: cause.interval) ?? slice
        copy.recovery = surroundings.catalog.recovery(for: StepKey(cause.asset, slice), run: worker.run)
        return copy
    }

    /// The outcome of a port's failure.
    func outcome(of failure: PortFailure) -> StepOutcome {
        let kind: Cause.Kind =
            switch failure.kind {
            case .unreachable, .storeUnusable: .unreachable
            case .permission: .permission
            case .timeout: .timeout
            case .contention, .conflict: .conflict
            case .unknownEnd: .needsOperator
            case .cancelled: .cancelled
            case .notYet: .notReady
            case .refused, .exhausted: .stepFailed
            }
        let cause = cause(kind, failure.description)
        return switch failure.kind {
        case .notYet: .notYet(cause, results: [])
        case .unknownEnd: .needsOperator(cause)
        case .unreachable, .storeUnusable, .permission, .timeout, .contention, .conflict, .cancelled,
            .refused,
            .exhausted:
            .failed(cause, isRetryable: failure.isRetryable, results: [])
        }
    }

    /// Judges evidence that was gathered outside a step's transaction, and records the certificate.
    func certify(_ evidence: Evidence, ledger: LedgerEntry?) async throws(PortFailure) -> StepOutcome {
        if let obstacle = evidence.results.compactMap(\.obstacle).first { throw obstacle }
        let certifier = Certifier(
            asset: asset, slice: slice, run: worker.run, definition: step.definition,
            inputs: inputs.map(\.id), certificate: surroundings.identities.certificateID())
        let rows = evidence.content.rows
        switch certifier.judge(evidence, at: surroundings.clock.now()) {
        case .refused(let cause): return .blocked(completed(cause), rows: rows, results: evidence.results)
        case .built:
            if let ledger, !worker.options.rehearse { try await surroundings.warehouse.record(ledger) }
            return .built(rows: rows, results: evidence.results)
        case .certified(let certificate):
            guard !worker.options.rehearse else { return .rehearsed(rows: rows, results: evidence.results) }
            let standing = try await surroundings.warehouse.record(certificate, ledger: ledger)
            return .certified(standing, rows: rows, results: evidence.results)
        }
    }
}

extension CheckResult {
    /// What kept a blocking check from being asked, though it is about the data's surroundings and not about the data: a
    /// lock or a shortage, which may pass by itself, or a right that is missing.
    fileprivate var obstacle: PortFailure? {
        guard blocks, verdict == .error, let sqlState else { return nil }
        let said = "`\(check)` could not be asked: \(why)"
        if sqlState == "42501" {
            return PortFailure(
                .permission, said, hint: "`surety doctor` prints the rights that are missing.",
                sqlState: sqlState)
        }
        if sqlState == "55P03" || sqlState.hasPrefix("40") {
            return PortFailure(.contention, said, sqlState: sqlState, isRetryable: true)
        }
        return sqlState.hasPrefix("53")
            ? PortFailure(.exhausted, said, sqlState: sqlState, isRetryable: true) : nil
    }
}
