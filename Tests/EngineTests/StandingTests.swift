import Engine
import SuretyCore
import SuretyTestKit
import Testing

/// What happens at instants of 20 November 2026: `05:00 make`, `05:10 show 1`, `07:00 lose 1`; certificates are numbered
/// from one.
@Suite struct `how a promise stands` {
    private let asset = Make.name("mart.revenue")

    /// A board that is refreshed, and revenue that is another each time that it is made.
    private func catalog(making amount: Int) -> Catalog {
        var catalog = Stage.catalog
        let sql = Build.SQLText("SELECT :interval_date AS day, \(amount) AS amount")
        catalog.assets[asset]?.origin = .built(Build(.sql(sql), write: .replaceInterval))
        catalog.consumers["board"]?.refresh = .http(
            HTTPRefresh(method: "POST", url: Secret("https://board.example/")))
        return catalog
    }

    private func play(_ events: [String], on stage: Stage) async throws {
        for (number, event) in events.enumerated() {
            let words = event.split(separator: " ")
            let now = Make.instant("2026-11-20T\(words[0]):00Z")
            stage.clock.pass(seconds: now.milliseconds(since: stage.clock.now()) / 1000)
            let certificates = try await stage.warehouse.certificates(of: [asset]).map(\.id)
            let named = words.dropFirst(2).compactMap { Int($0) }.map { certificates[$0 - 1] }
            switch words[1] {
            case "make": try await make(number, on: stage)
            case "lose": try await stage.warehouse.withdraw(named, why: "rows moved", at: now)
            case _:
                let mark = RefreshMark(
                    consumer: "board", intervals: ["2026-11-19"], key: event, certificates: named)
                try await stage.state.record([.refreshIntended(mark)], at: now)
                try await stage.state.record([.refreshEnded(mark, failure: nil)], at: now)
            }
        }
    }

    private func make(_ amount: Int, on stage: Stage) async throws {
        let surroundings = stage.declaring(catalog(making: amount))
        let target = try #require(SliceFinder(surroundings.catalog).target("revenue-by-8"))
        var options = RunOptions()
        options.again = true
        options.delivers = false
        let report = try await Execution(surroundings).run(
            target, slices: [asset: [Make.day("2026-11-19")]], options: options
        ) { _ in }
        #expect(report.run.state == .certified)
    }

    @Test(
        arguments: [
            (["05:00 make", "05:10 show 1"], .kept), (["05:00 make", "08:10 show 1"], .late),
            (["05:00 make"], .late),
            // Replaced at once, so that it was certified all the time.
            (["05:00 make", "05:10 show 1", "07:50 make", "08:10 show 2"], .kept),
            (["05:00 make", "05:10 show 1", "07:50 make"], .kept),
            (["05:00 make", "05:10 show 1", "08:20 make", "08:30 show 2"], .kept),
            (["05:00 make", "07:50 make", "08:10 show 2"], .late),
            (["05:00 make", "07:50 make", "08:10 show 1"], .late),
            // Wrong for a while: what was shown first does not count.
            (["05:00 make", "05:10 show 1", "07:00 lose 1", "07:50 make", "08:10 show 2"], .late),
            (["05:00 make", "05:10 show 1", "07:00 lose 1", "07:50 make", "07:55 show 2"], .kept),
        ] as [([String], PromiseView.Outcome)])
    func `the board and the report say the same of what was replaced and shown`(
        events: [String], expected: PromiseView.Outcome
    ) async throws {
        let stage = try await Stage(at: "2026-11-20T05:00:00Z")
        try await play(events, on: stage)
        stage.clock.pass(
            seconds: Make.instant("2026-11-20T09:00:00Z").milliseconds(since: stage.clock.now()) / 1000)
        let surroundings = stage.declaring(catalog(making: 0))
        try await OutcomeDesk(surroundings).judge()
        let record = try await stage.state.occurrences(
            from: Make.instant("2026-11-20T08:00:00Z"), to: Make.instant("2026-11-20T08:00:01Z")
        ).first
        #expect(record?.outcome == expected)
        #expect(try await Board(surroundings).promises().map(\.outcome) == [expected])
    }
}
