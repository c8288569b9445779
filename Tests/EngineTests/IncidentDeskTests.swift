import Engine
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@Suite struct `incidents of promises` {
    private static func catalog() -> Catalog {
        var catalog = Stage.catalog
        catalog.channels["hook"] = AlertChannel(
            id: "hook", kind: .webhook(url: Secret("https://hook.example"), secret: Secret("s")))
        return catalog
    }

    /// What is open after a deadline at which nothing had run.
    private func nothingRuns(_ desk: IncidentDesk) async throws -> [Incident] {
        _ = try await desk.review()
        return try await desk.recent().filter(\.status.isOpen)
    }

    @Test func `all that a promise needs and nobody ran is one incident`() async throws {
        var catalog = Stage.catalog
        catalog.promise("revenue-by-8", of: "mart.revenue", and: ["mart.a", "mart.b", "mart.c"])
        let stage = try await Stage(catalog)
        let open = try await nothingRuns(IncidentDesk(stage.surroundings))
        #expect(open.map(\.root.description) == ["mart.a|late"])
        #expect(
            Set(open.flatMap(\.affects).map { $0.split(separator: " ")[0] })
                == ["mart.a", "mart.b", "mart.c", "mart.revenue"])
    }

    @Test func `of what nobody ran, what the rest is made from is the root`() async throws {
        var catalog = Stage.catalog
        catalog.promise("revenue-by-8", of: "mart.revenue", and: ["mart.z"])
        catalog.assets[Make.name("mart.revenue")]?.needs = [Need(Make.name("mart.z"))]
        let stage = try await Stage(catalog)
        let open = try await nothingRuns(IncidentDesk(stage.surroundings))
        #expect(open.map(\.root.description) == ["mart.z|late"])
    }

    @Test func `a cause that becomes another at the same place is not told as mended`() async throws {
        var catalog = Stage.catalog
        let sql = Build.SQLText("SELECT nothing FROM nowhere")
        catalog.assets[Make.name("mart.revenue")]?.origin = .built(Build(.sql(sql), write: .replaceInterval))
        let stage = try await Stage(catalog)
        _ = try await nothingRuns(IncidentDesk(stage.surroundings))
        _ = try await Postman(stage.surroundings).deliver()
        try await stage.run("revenue-by-8")
        _ = try await Postman(stage.surroundings).deliver()
        let place = "mart.revenue 2026-11-19"
        let sent = stage.messenger.script.withLock(\.sent)
        let alert = try #require(sent.first { $0.alert.event == .resolved }?.alert)
        #expect(
            alert.headline.hasPrefix("revenue-by-8 is held up by \(place) for another reason now: "),
            "\(alert.headline)")
        #expect(alert.done == ["found another cause at \(place), which is told by itself"])
    }

    @Test func `what is let go after its deadline stays late, and is nobody's trouble`() async throws {
        let stage = try await Stage(at: "2026-11-20T07:00:00Z")
        let surroundings = stage.surroundings
        _ = try await Board(surroundings).promises()
        stage.clock.pass(seconds: 7200)
        let desk = IncidentDesk(surroundings)
        #expect(try await nothingRuns(desk).map(\.root.description) == ["mart.revenue|late"])
        let promise = try #require(surroundings.catalog.promises["revenue-by-8"])
        let slices = [Make.name("mart.revenue"): [Make.day("2026-11-19")]]
        let waived = try await People(surroundings).waive(promise, slices: slices, reason: "lost for good")
        #expect(waived.tooLate == ["2026-11-19"])
        #expect(try await nothingRuns(desk).isEmpty)
        #expect(try await Board(surroundings).promises().map(\.state) == [.late])
        #expect(try await OutcomeDesk(surroundings).judge().map(\.outcome) == [.late])
    }

    @Test func `what is let go before its deadline is waived`() async throws {
        let stage = try await Stage(at: "2026-11-20T07:00:00Z")
        let surroundings = stage.surroundings
        _ = try await Board(surroundings).promises()
        let promise = try #require(surroundings.catalog.promises["revenue-by-8"])
        let slices = [Make.name("mart.revenue"): [Make.day("2026-11-19")]]
        let waived = try await People(surroundings).waive(promise, slices: slices, reason: "a holiday")
        #expect(waived.intervals == ["2026-11-19"])
        #expect(waived.tooLate.isEmpty)
        stage.clock.pass(seconds: 7200)
        #expect(try await nothingRuns(IncidentDesk(surroundings)).isEmpty)
        #expect(try await Board(surroundings).promises().map(\.state) == [.waived])
        #expect(try await OutcomeDesk(surroundings).judge().map(\.outcome) == [.waived])
    }

    @Test func `programs that heard of it hear that it is acknowledged, and nobody else does`() async throws {
        let stage = try await Stage(Self.catalog())
        let desk = IncidentDesk(stage.surroundings)
        let incident = try #require(try await nothingRuns(desk).first)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(
            stage.messenger.news() == [
                "hook opened mart.revenue|late", "inbox opened mart.revenue|late",
            ])
        _ = try await desk.acknowledge(incident.id, rating: nil)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news() == ["hook acknowledged mart.revenue|late"])
    }

    @Test func `who has not heard of it does not hear that it is acknowledged`() async throws {
        let stage = try await Stage(Self.catalog())
        let desk = IncidentDesk(stage.surroundings)
        let incident = try #require(try await nothingRuns(desk).first)
        _ = try await desk.acknowledge(incident.id, rating: nil)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(
            stage.messenger.news() == [
                "hook opened mart.revenue|late", "inbox opened mart.revenue|late",
            ])
    }
}
