import SuretyTestKit
import Testing

@Suite struct WarehouseContractTests {
    /// SQLite's views see their own file only, and its CAST to a date makes the number of the year.
    private static let notOnSQLite = ["a view is made of the SELECT", "odd names are names"]

    @Test(arguments: WarehouseContract.cases.filter { !notOnSQLite.contains($0.testDescription) })
    func `the embedded warehouse keeps what every warehouse keeps`(_ promise: WarehouseContract) async throws
    {
        try await promise.verify(try await EmbeddedFixture())
    }
}
