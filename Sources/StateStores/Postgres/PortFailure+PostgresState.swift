import Engine
import PostgresClient

extension PortFailure {
    /// What an error of the state's database means.
    init(state error: any Error, in place: String) {
        if let failure = error as? PortFailure {
            self = failure
            return
        }
        guard let error = error as? PostgresError else {
            self.init(.storeUnusable, "the state in \(place) cannot be used: \(error)")
            return
        }
        switch error.sqlState {
        case "28000", "28P01":
            self.init(
                .permission, "the state in \(place) may not be used: \(error.message)",
                hint: error.hint ?? "",
                sqlState: error.sqlState)
        case "42501":
            self.init(
                .permission, "the state in \(place) may not be used: \(error.message)",
                hint:
                    "GRANT CREATE ON the DATABASE to this role, or make the schema surety_state and hand it over.",
                sqlState: error.sqlState)
        case let code where code.hasPrefix("23"):
            self.init(
                .conflict,
                "the state in \(place) refuses a fact that does not fit what it holds: \(error.message)",
                sqlState: error.sqlState)
        default:
            self.init(
                error.isUnreachable || error.isConnectionLost ? .unreachable : .storeUnusable,
                "the state in \(place) cannot be used: \(error.message)", hint: error.hint ?? "",
                sqlState: error.sqlState, isRetryable: error.isRetryable)
        }
    }
}
