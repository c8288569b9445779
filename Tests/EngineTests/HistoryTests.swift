import Engine
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `checks that compare with history` {
    private static let previous = CheckBody.relative(.rows, .withinPrevious(percent: "0"))

    /// The declarations of the stage with a check of one asset more.
    private func catalog(_ asset: Asset) -> Catalog {
        var asset = asset
        asset.stop.append(
            Make.check("rows within 0% of previous", of: asset.name, body: Self.previous))
        var catalog = Stage.catalog
        catalog.assets[asset.name] = asset
        return catalog
    }

    private func newest(_ run: RunRecord) throws -> CheckResult {
        try #require(run.steps.last?.checks.first { $0.check == "rows within 0% of previous" })
    }

    @Test func `a step learns from the interval before it`() async throws {
        let asset = try #require(Stage.catalog.assets[Make.name("mart.revenue")])
        let stage = try await Stage(catalog(asset))
        let first = try newest(try await stage.run("mart.revenue"))
        #expect(first.verdict == .notRun)
        #expect(first.why == "learning 0 of 1")
        stage.clock.pass(seconds: 86_400)
        let second = try newest(try await stage.run("mart.revenue"))
        #expect(second.interval == "2026-11-20")
        #expect(second.verdict == .pass)
        #expect(second.why == "compared with 2026-11-19")
    }

    @Test func `a whole table is compared with what was certified on a day before`() async throws {
        var asset = Make.built("mart.rates", from: [], days: nil)
        asset.origin = .built(
            Build(.sql(Build.SQLText("SELECT 1 AS n UNION ALL SELECT 2")), write: .replaceTable))
        let stage = try await Stage(catalog(asset))
        #expect(try newest(try await stage.run("mart.rates")).why == "learning 0 of 1")
        let declared = try #require(stage.surroundings.catalog.assets[asset.name])
        let today = try await CheckAsker(stage.surroundings).ask([declared], slices: nil)
        #expect(today.map(\.verdict) == [.pass, .notRun])
        stage.clock.pass(seconds: 86_400)
        let tomorrow = try await CheckAsker(stage.surroundings).ask([declared], slices: nil)
        #expect(tomorrow.map(\.verdict) == [.pass, .pass])
        #expect(tomorrow.last?.why == "compared with 2026-11-20, as recorded with certificates")
    }
}
