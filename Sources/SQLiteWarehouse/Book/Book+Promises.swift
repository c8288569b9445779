import Engine
import SuretyCore

extension Book {
    /// Takes promises out that are not declared any more.
    func forget(_ promises: [PromiseID]) throws(PortFailure) {
        for promise in promises {
            try connection.run("DELETE FROM surety.owed WHERE promise = ?1", [.text(promise.rawValue)])
            try connection.run(
                "DELETE FROM surety.promise_status WHERE promise = ?1", [.text(promise.rawValue)])
        }
    }

    /// Replaces what a promise owes, and its status.
    func publish(_ status: PromiseStatusRow, owed: [OwedRow]) throws(PortFailure) {
        let promise = SQLValue.text(status.promise.rawValue)
        try connection.run("DELETE FROM surety.owed WHERE promise = ?1", [promise])
        for row in owed {
            try connection.run(
                "INSERT INTO surety.owed VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                [
                    .text(row.promise.rawValue), .text(row.asset.description), .instant(row.start),
                    .instant(row.end), .instant(row.closesAt), .instant(row.deadline),
                ])
        }
        try connection.run(
            """
            INSERT INTO surety.promise_status VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (promise) DO UPDATE SET owner = excluded.owner, deadline = excluded.deadline,
                through = excluded.through, state = excluded.state, reason = excluded.reason
            """,
            [
                promise, .text(status.owner.rawValue), .instant(status.deadline), .text(status.through),
                .text(status.state), .text(status.reason),
            ])
    }
}
