public import SuretyCore

/// Tells the time and waits.
public protocol WallClock: Sendable {
    /// The present instant.
    func now() -> Instant
    /// Waits; throws `CancellationError` when cancelled.
    func sleep(seconds: Double) async throws
    /// Whether this is a simulated clock, and by how many milliseconds it differs from the real one.
    var simulatedOffset: Int64? { get }
}

/// Makes ids that nobody else makes.
public protocol Identities: Sendable {
    /// 12 characters `[0-9a-z]`, ordered by time of making as text.
    func runID() -> RunID
    /// An id for a certificate.
    func certificateID() -> CertificateID
    /// A short id for a person to type.
    func shortID() -> String
    /// SHA-256 of a text, in hex.
    func digest(_ text: String) -> String
    /// A number in 0..<1, for jitter.
    func fraction() -> Double
    /// A text that names this process and no other, also after its number is used again.
    var process: String { get }
    /// Whether the process that a text of `process` names still runs; nil for one of another machine, which cannot be
    /// seen from here.
    func isRunning(_ process: String) -> Bool?
}

/// Runs programs.
public protocol Processes: Sendable {
    /// Runs a program without a shell, in its own process group, in the project's folder, with the given environment
    /// added to an allow-list of the present one. Output is handed on line by line. On cancellation or time-out the
    /// group is ended, first politely.
    func run(
        _ arguments: [String], environment: [String: String], timeout: Period?,
        saying: @escaping @Sendable (String) -> Void
    ) async throws(PortFailure) -> ProcessEnd
}

/// How a program ended.
public enum ProcessEnd: Hashable, Sendable {
    /// By itself, with a code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)
    /// We ended it, because it took too long.
    case timedOut
}

/// Reads and writes files below the project.
public protocol Files: Sendable {
    /// The file's bytes; `notYet` if there is none.
    func read(_ path: String) throws(PortFailure) -> [UInt8]
    /// Whether there is such a file.
    func exists(_ path: String) -> Bool
    /// Opens a CSV file (RFC 4180, UTF-8, a header) as its columns and a reader of its rows.
    func table(_ path: String, delimiter: Character, null: String?) throws(PortFailure) -> FileTable
}

/// A file of rows: its columns, and a reader that is opened anew for each try.
public struct FileTable: Sendable {
    /// The columns, as the header names them.
    public var columns: [String]
    /// Opens a reader of the rows below the header.
    public var rows: @Sendable () throws -> any RowReader

    /// A file of rows.
    public init(columns: [String], rows: @escaping @Sendable () throws -> any RowReader) {
        self.columns = columns
        self.rows = rows
    }
}

/// Sends a consumer's refresh.
public protocol Refresher: Sendable {
    /// Sends the request with `Idempotency-Key: key`. Private addresses are refused unless allowed.
    func send(_ refresh: HTTPRefresh, key: String) async throws(PortFailure)
}
