import Engine
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CheckAskerTests {
    @Test func `checks of several assets and intervals are told in the order in which they are asked for`()
        async throws
    {
        var catalog = Stage.catalog
        catalog.promise("others-by-8", of: "mart.a", and: ["mart.b"])
        let stage = try await Stage(catalog)
        try await stage.run("mart.b")
        let assets = try ["mart.revenue", "mart.b", "mart.a"].map { name in
            try #require(catalog.assets[Make.name(name)])
        }
        let days = [Make.day("2026-11-19"), Make.day("2026-11-18")]
        let slices = Dictionary(uniqueKeysWithValues: assets.map { ($0.name, days) })
        let results = try await CheckAsker(stage.surroundings).ask(assets, slices: slices)
        #expect(
            results.map { "\($0.asset) \($0.interval ?? "") \($0.verdict)" } == [
                "mart.revenue 2026-11-19 error", "mart.revenue 2026-11-18 error",
                "mart.b 2026-11-19 pass", "mart.b 2026-11-18 fail",
                "mart.a 2026-11-19 error", "mart.a 2026-11-18 error",
            ])
    }

    @Test(arguments: [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3)])
    func `as many assets are asked at a time as half of the connections that steps have`(
        connections: Int, atATime: Int
    ) {
        var settings = WarehouseSettings(url: Secret("postgres://host/db", isSecret: false))
        settings.connections = connections
        #expect(settings.checksSideBySide == atATime)
    }
}
