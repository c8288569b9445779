import SuretyCore

extension StepTask {
    /// Whether the present definition of this slice was approved.
    func isApproved() async throws(PortFailure) -> Bool {
        try await answer()?.approved == true
    }

    /// Asks for a person's yes when one is declared for this point; nil once it was given.
    func approval(
        for point: Approval.Point, results: [CheckResult] = []
    ) async throws(PortFailure) -> StepOutcome? {
        guard let approval = asset.approval, approval.before == point, !worker.options.rehearse else {
            return nil
        }
        let now = surroundings.clock.now()
        if let memory = try await answer() {
            switch memory.approved {
            case true?: return nil
            case false?:
                let why = memory.reason.map { ": \($0)" } ?? ""
                var cause = cause(.rejected, "\(memory.by ?? "a person") rejected it\(why)")
                let interval = slice.label.map { " --for \($0)" } ?? ""
                cause.recovery = ["surety run \(asset.name)\(interval) --again     asks anew"]
                return .blocked(cause, rows: nil, results: results)
            case nil: return .awaitingApproval(asking(memory.request, approval), results: results)
            }
        }
        let request = ApprovalRequest(
            id: surroundings.identities.shortID(), run: worker.run, asset: asset.name,
            interval: slice.label, definition: step.definition, by: approval.by, askedAt: now,
            expiresAt: approval.within.map { now.adding(seconds: $0.seconds) })
        try await surroundings.record(.approvalAsked(request))
        return .awaitingApproval(asking(request, approval), results: results)
    }

    /// The newest request about this slice and definition that has not expired, with its answer if there is one.
    private func answer() async throws(PortFailure) -> ApprovalMemory? {
        let now = surroundings.clock.now()
        // A yes is for one effect: the ledger says whether it was used.
        let used = try await surroundings.warehouse.ledger(of: asset.name)
            .last { $0.start == slice.interval?.start && $0.end == slice.interval?.end }?.appliedAt
        return try await surroundings.state.approvals(limit: 1000).first { memory in
            let request = memory.request
            guard request.asset == asset.name, request.interval == slice.label,
                request.definition == step.definition
            else { return false }
            switch memory.approved {
            case true?: return used.map { $0 < memory.answeredAt ?? now } ?? true
            case false?: return !worker.options.again
            case nil: return request.expiresAt.map { $0 > now } ?? true
            }
        }
    }

    private func asking(_ request: ApprovalRequest, _ approval: Approval) -> Cause {
        let people = approval.by.map(\.rawValue).joined(separator: " or ")
        var cause = cause(
            .awaitingPerson, "\(people) must approve before \(approval.before.rawValue)")
        cause.recovery = ["surety approve \(request.id)", "surety reject \(request.id) --reason …"]
        return cause
    }

    /// Waits for a person's work, then checks it.
    func manual(_ work: ManualWork, _ context: CheckContext) async throws(PortFailure) -> StepOutcome {
        let ledger = try await newestEntry()
        let done = try await surroundings.state.manualDone(asset.name, interval: slice.label)
        guard let done, step.rebuilds == false || ledger.map({ $0.appliedAt < done }) ?? true else {
            var cause = cause(
                .awaitingPerson,
                "\(work.by) is asked: "
                    + work.ask.filling(slice: slice, asset: asset.name, run: worker.run))
            let interval = slice.label.map { " --for \($0)" } ?? ""
            cause.recovery = ["surety done \(asset.name)\(interval)"]
            return .awaitingPerson(cause)
        }
        return try await judgeEffect(context, ledger: entry(appliedAt: done))
    }

    /// The slice's newest entry in the ledger; nil if it has none.
    func newestEntry() async throws(PortFailure) -> LedgerEntry? {
        try await surroundings.warehouse.ledger(of: asset.name)
            .last { $0.start == slice.interval?.start && $0.end == slice.interval?.end }
    }

    /// The ledger entry of an effect that is outside the warehouse's transactions.
    func entry(appliedAt instant: Instant) -> LedgerEntry {
        LedgerEntry(
            asset: asset.name, start: slice.interval?.start, end: slice.interval?.end,
            generation: generation, run: worker.run, definition: step.definition, appliedAt: instant, rows: 0)
    }
}
