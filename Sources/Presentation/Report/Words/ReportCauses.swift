import SuretyCore

extension IncidentRoot {
    /// What happened, in a few words: `raw.billing_export was late`.
    var words: String {
        switch causeClass {
        case .late: "\(asset) was late"
        case .failed: "a step of \(asset) failed"
        case .check: "a check of \(asset) failed"
        case .schema: "the columns of \(asset) changed"
        case .permission: "a right was missing at \(asset)"
        case .infra: "the database or server of \(asset) was not there"
        case .config: "the declaration of \(asset) asked for what cannot be"
        }
    }
}

extension WeeklyReport {
    /// An incident of the week by its id.
    func incident(_ id: IncidentID?) -> IncidentLine? {
        id.flatMap { id in incidents.first { $0.incident.id == id } }
    }
}
