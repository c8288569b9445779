import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct WarehouseContractTests {
    @Test(arguments: WarehouseContract.cases)
    func `PostgreSQL keeps what every warehouse keeps`(_ promise: WarehouseContract) async throws {
        try await promise.verify(try await PostgresFixture())
    }
}
