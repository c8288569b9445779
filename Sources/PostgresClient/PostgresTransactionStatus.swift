import CLibPQ

/// Where a connection stands between BEGIN and COMMIT.
public enum PostgresTransactionStatus: Hashable, Sendable {
    /// No transaction is open.
    case idle
    /// A statement runs.
    case active
    /// A transaction is open.
    case inTransaction
    /// A transaction is open and failed; only ROLLBACK is possible.
    case failed
    /// The connection is gone.
    case unknown

    init(_ status: PGTransactionStatusType) {
        switch status {
        case PQTRANS_IDLE: self = .idle
        case PQTRANS_ACTIVE: self = .active
        case PQTRANS_INTRANS: self = .inTransaction
        case PQTRANS_INERROR: self = .failed
        default: self = .unknown
        }
    }
}
