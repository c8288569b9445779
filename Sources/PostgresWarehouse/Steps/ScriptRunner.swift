import Engine
import PostgresClient
import SuretyCore

/// Runs the statements of a script one after another inside the step's transaction.
struct ScriptRunner {
    let session: WarehouseSession
    let parameters: StepParameters

    /// Rows written are those that INSERT, UPDATE, DELETE and MERGE report. A script that ends the transaction by
    /// some trick is refused.
    func run(_ statements: [SQLTemplate.Statement]) throws(PortFailure) -> Effect {
        guard !statements.isEmpty else { throw PortFailure(.refused, "the script is empty") }
        let before = try transactionID()
        var rows: Int64 = 0
        for statement in statements {
            let affected: Int64
            do {
                affected = try session.run(try parameters.bound(statement), after: 0)
            } catch let error where statements.count > 1 {
                throw error.saying("\(error.message), in the statement of line \(statement.place.line)")
            }
            switch statement.verb {
            case "INSERT", "UPDATE", "DELETE", "MERGE": rows += affected
            case "WITH" where !statement.isSelectLike: rows += affected
            default: break
            }
            guard session.session.transactionStatus == .inTransaction else { throw Self.ended }
        }
        guard try transactionID() == before else { throw Self.ended }
        return Effect(rows: rows)
    }

    private func transactionID() throws(PortFailure) -> String? {
        try session.row("SELECT pg_current_xact_id_if_assigned()")?[0]
    }

    private static let ended = PortFailure(
        .refused, "the script ended the transaction that it runs in",
        hint: "Surety begins and commits; leave COMMIT and ROLLBACK out.")
}
