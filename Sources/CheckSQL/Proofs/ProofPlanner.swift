import SuretyCore

/// Plans checks that the catalogue proves.
struct ProofPlanner {
    let terms: Terms
    let filter: Fragment?
    let judge: Judge

    /// What is asked for a check that is proved; nil if it is not, and rows must be read.
    func plan(_ check: Check) throws(Misfit) -> Plan? {
        let proofs = Proofs(table: terms.table)
        switch check.body {
        case .metric(let metric, let comparison):
            guard let proof = proofs.isZero(metric) else { return nil }
            let bound = try terms.bound(comparison)
            // A percentage of no rows is no evidence, and how many rows there are is not known.
            guard !bound.isPercent, bound.holds(for: .count(0), in: terms.zone) == true else { return nil }
            let countsRows = proof.columns.isEmpty
            let unit = countsRows ? "rows" : MetricMeasurement.surplusRows
            return plan(
                judge.proved(proof.words, zeroOf: unit, bound),
                Witness(query: try witness(check, proof), isVacuousWithout: !countsRows))
        case .row(let rule):
            guard let proof = proofs.holds(rule) else { return nil }
            var result = judge.provedForRows(proof.words)
            if proof.leavesUnknown { result.unknown = nil }
            return plan(
                result,
                Witness(query: try witness(check, proof), isVacuousWithout: true))
        case .relative, .schema, .fresh, .noGaps, .cross, .sql, .insideInterval: return nil
        }
    }

    private func plan(_ result: CheckResult, _ witness: Witness) -> Plan {
        var plan = Plan.settled(result)
        plan.witness = witness
        if let filter {
            // Whether a condition that a person wrote can be asked at all is found out without a row.
            plan.questions = [.own("SELECT 1 FROM \(table: terms.table.name) WHERE \(filter) LIMIT 0")]
        }
        return plan
    }

    private func witness(_ check: Check, _ proof: Proofs.Proof) throws(Misfit) -> Fragment {
        var present = proof.columns.map { "\(identifier: $0) IS NOT NULL" as Fragment }
        if case .row(.condition(let text)) = check.body {
            present.append("\(try terms.condition(written: text)) IS NOT NULL")
        }
        let rows: Fragment = .all([try terms.condition(check.scope ?? .interval), filter] + present)
        return "SELECT 1 FROM \(table: terms.table.name) WHERE \(rows) LIMIT 1"
    }
}
