import CheckSQL
import Engine
import SuretyCore

/// Asks sources again whose rows moved since they were certified, inside the step's snapshot.
struct SourceQuestions {
    let session: WarehouseSession
    let order: StepOrder

    /// Fewer rows are read faster than anything is recalled of them.
    private static let many: Int64 = 1000

    /// A source that would no longer be certified.
    struct Refusal {
        let cause: Cause
        let results: [CheckResult]
    }

    /// The first source whose stop checks say no; nil when all stand.
    func firstRefusal() throws(PortFailure) -> Refusal? {
        for source in order.sources {
            if let refusal = try refusal(of: source) { return refusal }
        }
        return nil
    }

    private func refusal(of source: SourceRecheck) throws(PortFailure) -> Refusal? {
        let round = QuestionRound(
            asset: source.asset, slice: source.slice, checks: source.asset.stop, context: order.context,
            statementTimeout: order.statementTimeout)
        var answers = SnapshotRound(session: session, round: round)
        if source.certificate.content.rows >= Self.many,
            let table = try ContentReader(session).outline(of: source.asset)
        {
            answers = SnapshotRound(session: session, round: round, recallingOf: table)
        }
        let content = try answers.content()
        guard content.mark != source.certificate.content else { return nil }
        let evidence = try answers.evidence(content)
        let certifier = Certifier(
            asset: source.asset, slice: source.slice, run: order.run,
            definition: source.certificate.definition, inputs: [], certificate: source.certificate.id)
        switch certifier.judge(evidence, at: order.context.now) {
        case .certified, .built: return nil
        case .refused(var cause):
            cause.step = cause.step ?? StepKind.source.rawValue
            return Refusal(cause: cause, results: evidence.results)
        }
    }
}
