extension Asset {
    /// The checks that every round about a source holds without being declared: *interval column not null*.
    ///
    /// Built assets have *inside the interval*, which their step answers.
    public var builtInChecks: [Check] {
        guard build == nil, let interval else { return [] }
        var check = Check(
            id: CheckID(rawValue: "\(name)/interval-column-not-null"),
            text: CheckResult.intervalColumnNotNull,
            list: .builtIn, location: location, body: .row(.notNull(interval.column)))
        check.scope = .table
        return [check]
    }
}
