public import Engine
public import SuretyCore
import Synchronization

/// Ids that count.
public final class CountingIdentities: Identities {
    private let count = Mutex(0)

    /// Ids that count from one.
    public init() {}

    private func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    /// An id that counts.
    public func runID() -> RunID { RunID(rawValue: "run00000\(1000 + next())") }
    /// An id that counts.
    public func certificateID() -> CertificateID { CertificateID(rawValue: "cert\(next())") }
    /// An id that counts.
    public func shortID() -> String { "short\(next())" }
    /// A short hash of the text, the same each time.
    public func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return "digest\(hash)"
    }
    /// Zero.
    public func fraction() -> Double { 0 }
    /// This one.
    public var process: String { "test/1/1" }
    /// Always.
    public func isRunning(_ process: String) -> Bool? { true }
}

/// A world without programs, files and networks.
public struct Nothing: Processes, Files, Refresher, Messenger {
    private var failure: PortFailure { PortFailure(.refused, "not in this test") }

    /// Nothing.
    public init() {}

    /// Refuses.
    public func run(
        _ arguments: [String], environment: [String: String], timeout: Period?,
        saying: @escaping @Sendable (String) -> Void
    ) async throws(PortFailure) -> ProcessEnd { throw failure }

    /// Refuses.
    public func read(_ path: String) throws(PortFailure) -> [UInt8] { throw failure }
    /// Never.
    public func exists(_ path: String) -> Bool { false }
    /// Refuses.
    public func table(_ path: String, delimiter: Character, null: String?) throws(PortFailure) -> FileTable {
        throw failure
    }
    /// Refuses.
    public func send(_ refresh: HTTPRefresh, key: String) async throws(PortFailure) { throw failure }
    /// Refuses.
    public func send(
        _ message: AlertMessage, over channel: AlertChannel, to person: Owner?, after earlier: MessageMemory?
    ) async throws(PortFailure) -> String? { throw failure }
    /// Refuses.
    public func send(
        _ report: WeeklyReport, id: String, over channel: AlertChannel, to person: Owner?
    ) async throws(PortFailure) { throw failure }
}
