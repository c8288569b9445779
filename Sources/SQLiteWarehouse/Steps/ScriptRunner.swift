import Engine
import SuretyCore

/// Runs a user's statements one by one inside the open transaction.
struct ScriptRunner {
    let connection: WarehouseConnection
    let parameters: StepParameters
    /// The longest that one statement may take.
    let timeout: Period

    /// Runs them; returns how many rows they changed.
    func run(_ text: String) throws(PortFailure) -> Int64 {
        let before = connection.totalChanges
        var count = 0
        try connection.forEachStatement(of: text) { statement, sql throws(PortFailure) in
            count += 1
            try refuseForeign(sql)
            try statement.bind(named: parameters.values)
            connection.watch.allow(timeout.duration)
            defer { connection.watch.allow(nil) }
            while try statement.step() {}
            guard connection.isInTransaction else {
                throw PortFailure(.refused, "statement \(count) ended the step's transaction")
            }
        }
        guard count > 0 else { throw PortFailure(.refused, "there is no statement", sqlState: "42601") }
        return connection.totalChanges - before
    }

    /// Refuses what ends the transaction or changes the connection.
    private func refuseForeign(_ sql: String) throws(PortFailure) {
        let words = SQLWords(sql).first(3)
        let isPartial = words.first == "ROLLBACK" && words.contains("TO")
        let refused = ["BEGIN", "COMMIT", "END", "ROLLBACK", "ATTACH", "DETACH", "PRAGMA", "VACUUM"]
        guard let verb = words.first, refused.contains(verb), !isPartial else { return }
        throw PortFailure(
            .refused, "\(verb) is refused in a step",
            hint: "Surety itself begins, checks and ends the step's transaction.")
    }
}
