public import SuretyCore

extension CheckRound {
    /// What *inside the interval* found out about the rows that a step wrote; nil for assets without intervals.
    public static func insideInterval(
        _ asset: Asset, slice: Slice, inside: Int64, outside: Int64, snapshot: String
    ) -> CheckResult? {
        guard asset.interval != nil, slice.interval != nil else { return nil }
        let check = Check(
            id: CheckID(rawValue: "\(asset.name)/inside-the-interval"), text: CheckResult.insideInterval,
            list: .builtIn, location: asset.location, body: .insideInterval)
        var result = CheckResult(check, of: asset.name, slice: slice, outside == 0 ? .pass : .fail)
        result.rows = inside + outside
        result.violations = outside
        result.unknown = 0
        result.unit = "rows"
        result.expected = "every row inside \(slice)"
        result.vacuous = inside + outside == 0
        result.snapshot = snapshot
        if outside > 0 { result.why = "\(outside) of \(inside + outside) rows lie outside \(slice)" }
        return result
    }
}
