import PostgresClient
import Testing

struct PostgresErrorTests {
    @Test(arguments: [
        "08006", "08001", "40001", "40P01", "53300", "53200", "57P01", "57P03", "55P03", "25006", "58030",
        "57014",
    ])
    func `what may pass by itself is retryable`(_ sqlState: String) {
        #expect(PostgresError(sqlState: sqlState, message: "").isRetryable)
    }

    @Test(arguments: ["28P01", "28000", "42501", "42P01", "23505", "22012", "3D000", "25P02", "XX000"])
    func `what stays wrong is not retryable`(_ sqlState: String) {
        #expect(!PostgresError(sqlState: sqlState, message: "").isRetryable)
    }

    @Test func `a statement timeout, a cancellation and a lost connection are told apart`() {
        let timeout = PostgresError(
            sqlState: "57014", message: "canceling statement due to statement timeout")
        let cancelled = PostgresError(sqlState: "57014", message: "canceled", isCancelled: true)
        let lost = PostgresError(sqlState: "XX000", message: "gone", isConnectionLost: true)

        #expect(timeout.isStatementTimeout && !timeout.isRetryable)
        #expect(!cancelled.isStatementTimeout && !cancelled.isRetryable)
        #expect(lost.isUnreachable && lost.isRetryable)
    }

    @Test func `it reads as message, state and hint`() {
        let error = PostgresError(sqlState: "42P01", message: "no table x", hint: "Create it")

        #expect("\(error)" == "no table x (SQLSTATE 42P01). Create it")
    }
}
