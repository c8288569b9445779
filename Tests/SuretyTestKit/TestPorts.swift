import Engine
import SuretyCore
import Synchronization

/// Ids that count.
final class CountingIdentities: Identities {
    private let count = Mutex(0)

    private func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    func runID() -> RunID { RunID(rawValue: "run00000\(1000 + next())") }
    func certificateID() -> CertificateID { CertificateID(rawValue: "cert\(next())") }
    func shortID() -> String { "short\(next())" }
    func digest(_ text: String) -> String { "digest\(text.utf8.count)" }
    func fraction() -> Double { 0 }
    var process: String { "test/1/1" }
    func isRunning(_ process: String) -> Bool? { true }
}

/// A world without programs, files and networks.
struct Nothing: Processes, Files, Refresher, Messenger {
    private var failure: PortFailure { PortFailure(.refused, "not in this test") }

    func run(
        _ arguments: [String], environment: [String: String], timeout: Period?,
        saying: @escaping @Sendable (String) -> Void
    ) async throws(PortFailure) -> ProcessEnd { throw failure }

    func read(_ path: String) throws(PortFailure) -> [UInt8] { throw failure }
    func exists(_ path: String) -> Bool { false }
    func table(_ path: String, delimiter: Character, null: String?) throws(PortFailure) -> FileTable {
        throw failure
    }
    func send(_ refresh: HTTPRefresh, key: String) async throws(PortFailure) { throw failure }
    func send(
        _ message: AlertMessage, over channel: AlertChannel, to person: Owner?, after earlier: MessageMemory?
    ) async throws(PortFailure) -> String? { throw failure }
    func send(
        _ report: WeeklyReport, id: String, over channel: AlertChannel, to person: Owner?
    ) async throws(PortFailure) { throw failure }
}
