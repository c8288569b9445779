import Engine
import SuretyCore

/// Asks sources again whose rows moved since they were certified, inside the step's snapshot.
struct SourceQuestions {
    let connection: WarehouseConnection
    let order: StepOrder

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
        var content = ContentMark(rows: 0, fingerprint: "")
        if let table = try CatalogueQuery(connection).table(source.asset.name) {
            content = try ContentReader(connection).content(
                of: source.asset, slice: source.slice, in: table)
        }
        guard content != source.certificate.content else { return nil }
        let round = QuestionRound(
            asset: source.asset, slice: source.slice, checks: source.asset.stop, context: order.context,
            marksContent: true, statementTimeout: order.statementTimeout)
        let evidence = try SnapshotRound(
            connection: connection, round: round, snapshot: try Book(connection).snapshot()
        ).evidence()
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
