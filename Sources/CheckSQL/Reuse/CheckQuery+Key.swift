import SuretyCore

extension CheckQuery {
    /// The same for the same query and values.
    var key: String {
        parameters.isEmpty ? sql : "\(sql) -- \(parameters.map { "\($0)" }.joined(separator: ", "))"
    }
}
