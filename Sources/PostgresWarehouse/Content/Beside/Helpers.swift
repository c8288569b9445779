import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// The connections that a round of checks may use beside its own.
///
/// The round calls from its connection's thread and goes on working itself; who comes, comes when it can.
final class Helpers: Sendable {
    let company: Company
    private let calls = AsyncStream.makeStream(of: Call.self)
    private let readers: Readers
    /// How many come at most.
    private let most: Int

    /// What a round asks for help with.
    struct Call: Sendable {
        let bench: Workbench
        let snapshot: SharedSnapshot
        let zone: Zone
        let statementTimeout: Period
        let budget: CheckBudget?
        let age: SnapshotAge?
    }

    /// The helpers of a round whose processes are noted among its readers.
    init(_ company: Company, ofPool connections: Int, notedBy readers: Readers) {
        self.company = company
        self.readers = readers
        most = min(company.most, connections / company.share)
    }

    /// Whether any may come.
    var areAllowed: Bool { most > 0 }

    /// Calls for help; returns at once.
    func come(_ call: Call) { calls.continuation.yield(call) }

    /// Answers calls on connections of the warehouse that nobody waits for, until it is cancelled.
    func serve(_ warehouse: PostgresWarehouse) async {
        for await call in calls.stream {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<min(most, call.bench.queries.count - 1) {
                    group.addTask { await self.help(call, warehouse) }
                }
            }
        }
    }

    /// Takes queries off the bench as long as there are any. What a helper cannot do, the round does itself.
    private func help(_ call: Call, _ warehouse: PostgresWarehouse) async {
        _ = try? await warehouse.onFreeSession { [readers] session throws(PortFailure) in
            var process: Int64?
            defer { readers.end(process) }
            try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                transaction throws(PortFailure) in
                process = try call.snapshot.enter(transaction)
                readers.begin(process)
                try transaction.settle(zone: call.zone)
                let questions = SnapshotSession(
                    transaction, zone: call.zone, statementTimeout: call.statementTimeout,
                    budget: call.budget, age: call.age)
                while let index = call.bench.take() {
                    guard let reply = questions.helpfulReply(to: call.bench.queries[index]) else {
                        call.bench.giveBack(index)
                        break
                    }
                    call.bench.put(reply, at: index)
                }
            }
        }
    }
}

extension SnapshotSession {
    /// The reply to a query; nil when it failed in a way in which it need not fail on the round's own connection.
    fileprivate func helpfulReply(to query: CheckQuery) -> Reply? {
        let start = elapsedMilliseconds()
        let outcome: Result<[[String?]], QueryFailure>
        do throws(PortFailure) {
            outcome = .success(try texts(of: query))
        } catch {
            if error.isFatal || error.isRetryable { return nil }
            outcome = .failure(QueryFailure(error))
        }
        return Reply(outcome: outcome, milliseconds: elapsedMilliseconds() - start)
    }
}
