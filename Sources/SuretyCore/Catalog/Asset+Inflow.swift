extension Asset {
    /// Whether its data comes from outside the warehouse: a source, a file, another system's answer or a person's work.
    public var isInflow: Bool {
        guard let build else { return true }
        return switch build.work {
        case .load, .http, .manual: true
        case .sql, .command, .choose: false
        }
    }
}
