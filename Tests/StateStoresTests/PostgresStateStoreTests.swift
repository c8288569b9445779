import Engine
import PostgresClient
import StateStores
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresStateStoreTests {
    @Test(arguments: StateStoreContract.cases)
    func `the state port is kept on PostgreSQL`(_ contract: StateStoreContract) async throws {
        try await contract.verify(try await PostgresStateStore.open(try await fresh()))
    }

    @Test func `what was recorded is there after opening again, and clocks are not mixed`() async throws {
        let settings = try await fresh()
        try await PostgresStateStore.open(settings).record([.promiseSeen("p")], at: Instant(seconds: 7))
        let seen = try await PostgresStateStore.open(settings).promisesSeen()
        #expect(seen == ["p": Instant(seconds: 7)])
        let failure = await #expect(throws: PortFailure.self) {
            try await PostgresStateStore.open(settings, clockOffset: 1)
        }
        #expect(failure?.kind == .conflict)
    }

    @Test func `a state from a newer program is refused`() async throws {
        let settings = try await fresh()
        _ = try await PostgresStateStore.open(settings)
        try await PostgresPool(settings, limit: 1).perform { session in
            _ = try session.execute(
                "UPDATE surety_state.surety_store SET value = '999' WHERE name = 'version'")
        }
        let failure = await #expect(throws: PortFailure.self) { try await PostgresStateStore.open(settings) }
        #expect(failure?.kind == .storeUnusable)
        #expect(failure?.message.contains("999") == true)
    }

    @Test func `several nodes open an empty database at once`() async throws {
        let settings = try await fresh()
        try await withThrowingTaskGroup { group in
            for number in 0..<4 {
                group.addTask {
                    try await PostgresStateStore.open(settings).record(
                        [.promiseSeen(PromiseID(rawValue: "p\(number)"))], at: Instant(seconds: 1))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await PostgresStateStore.open(settings).promisesSeen().count == 4)
    }

    private func fresh() async throws -> PostgresSettings {
        try await PostgresCluster.shared().freshDatabase()
    }
}
