import SuretyCore

/// The values of `:name` in an asset's SQL.
struct StepParameters {
    /// By name, without the colon.
    let values: [String: SQLValue]

    /// `:interval_start` and `:interval_end` in the form of the interval column, `:interval_date` for days, and the
    /// asset's `params`.
    init(_ asset: Asset, slice: Slice, form: TimeForm?) {
        var values = asset.params
        if let interval = slice.interval, let rule = asset.interval {
            let form = form ?? .text
            values["interval_start"] = .text(form.text(of: interval.start, in: rule.cadence))
            values["interval_end"] = .text(form.text(of: interval.end, in: rule.cadence))
            if interval.grain == .day { values["interval_date"] = .date(interval.date) }
        }
        self.values = values
    }
}
