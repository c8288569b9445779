import SuretyCore

extension StepTask {
    /// Checks a source: what is waited for, then what blocks, in one snapshot.
    func judgeSource(_ context: CheckContext) async throws(PortFailure) -> StepOutcome {
        let round = QuestionRound(
            asset: asset, slice: slice, checks: asset.ready + asset.stop + asset.warn + asset.builtInChecks,
            context: context, marksContent: true,
            statementTimeout: surroundings.catalog.project.mainWarehouse.statementTimeout)
        let evidence = try await surroundings.warehouse.ask(round)
        if let waiting = notReady(evidence.results) { return waiting }
        return try await certify(evidence, ledger: nil)
    }

    /// Asks the checks of a built slice after its effect is there, and judges.
    func judgeEffect(_ context: CheckContext, ledger: LedgerEntry?) async throws(PortFailure) -> StepOutcome {
        let round = QuestionRound(
            asset: asset, slice: slice, checks: asset.stop + asset.warn, context: context, marksContent: true,
            statementTimeout: surroundings.catalog.project.mainWarehouse.statementTimeout)
        return try await certify(try await surroundings.warehouse.ask(round), ledger: ledger)
    }
}
