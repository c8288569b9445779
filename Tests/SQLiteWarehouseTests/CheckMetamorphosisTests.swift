import SuretyTestKit
import Testing

@Suite
struct CheckMetamorphosisTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the order of rows changes nothing`(seed: UInt64) async throws {
        var rows = try await Metamorphosis(try await EmbeddedFixture(), seed: seed)
        #expect(try await rows.differencesOfPermuting() == [])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a row of NULLs changes nothing that is said of values`(seed: UInt64) async throws {
        let rows = try await Metamorphosis(try await EmbeddedFixture(), seed: seed)
        #expect(try await rows.differencesOfNothing() == [])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `hours tell together what their day tells`(seed: UInt64) async throws {
        let rows = try await Metamorphosis(try await EmbeddedFixture(), seed: seed)
        #expect(try await rows.differencesOfSplitting() == [])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `every row twice doubles what is counted and nothing that is measured`(seed: UInt64) async throws {
        let rows = try await Metamorphosis(try await EmbeddedFixture(), seed: seed)
        #expect(try await rows.differencesOfDoubling() == [])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the same wall times in another zone tell the same`(seed: UInt64) async throws {
        let rows = try await Metamorphosis(try await EmbeddedFixture(), seed: seed)
        #expect(try await rows.differencesOfZones() == [])
    }
}
