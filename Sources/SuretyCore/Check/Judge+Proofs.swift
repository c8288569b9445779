extension Judge {
    /// A number that is 0 for certain, against what it is compared with.
    public func proved(_ proof: String, zeroOf unit: String, _ comparison: BoundComparison) -> CheckResult {
        proved(
            proof,
            metric(MetricMeasurement(.count(0), looked: nil, violations: 0, unit: unit), comparison))
    }

    /// A rule that every row obeys for certain.
    public func provedForRows(_ proof: String) -> CheckResult {
        proved(proof, rows(RowMeasurement(looked: 0, violations: 0)))
    }

    /// A pass that no row was read for, so that it tells neither of how many it holds nor whether of any.
    private func proved(_ proof: String, _ result: CheckResult) -> CheckResult {
        var result = result
        guard result.verdict == .pass else { return result }
        result.proved = true
        result.vacuous = false
        result.rows = nil
        result.why = "proved by \(proof)"
        return result
    }
}
