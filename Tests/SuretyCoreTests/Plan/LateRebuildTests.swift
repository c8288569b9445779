import SuretyCore
import SuretyTestKit
import Testing

/// It is 20 November 2026, six in the morning; `mart.sales` is made from each day of `raw.orders`.
@Suite struct `what is made again because rows came late` {
    private let now = Make.instant("2026-11-20T06:00:00Z")
    private let noticed = Make.instant("2026-11-20T05:30:00Z")
    private let more = Certificate.Withdrawal.rowsMoved(
        from: ContentMark(rows: 3, fingerprint: "a"), to: ContentMark(rows: 15, fingerprint: "b"))
    private let mart = Make.built("mart.sales", from: [Need(Make.name("raw.orders"))])
    private let month = Make.built(
        "mart.month", from: [Need(Make.name("raw.orders"), .last(Period(30, .day)))])

    private func orders(_ lateRows: LateRows = .rebuild(within: Period(7, .day))) -> Asset {
        var source = Make.source("raw.orders")
        source.lateRows = lateRows
        return source
    }

    private func finder(_ assets: [Asset], _ certificates: [Certificate]) -> LateRebuilds {
        let lineage = Lineage(
            assets: Dictionary(uniqueKeysWithValues: assets.map { ($0.name, $0) }),
            certificates: CertificateIndex(certificates), now: now)
        return LateRebuilds(Planner(lineage: lineage) { _ in "definition" })
    }

    private func lost(_ assets: [Asset], _ certificates: [Certificate]) -> [String] {
        finder(assets, certificates).lost().keys.sorted().map(\.description)
    }

    /// The certificate of a day of orders, and that of the sales made from it, both withdrawn.
    private func withdrawn(_ day: String, why: String) -> [Certificate] {
        [
            Make.certificate("o1", orders(), Make.day(day)).withdrawn(at: noticed, why: why),
            Make.certificate("s1", mart, Make.day(day), inputs: ["o1"])
                .withdrawn(at: noticed, why: "raw.orders \(day) changed since"),
        ]
    }

    @Test(
        arguments: [
            (LateRows.tell, "2026-11-19", false), (.ignore, "2026-11-19", false),
            (.rebuild(within: Period(7, .day)), "2026-11-19", true),
            (.rebuild(within: Period(7, .day)), "2026-11-13", true),
            (.rebuild(within: Period(7, .day)), "2026-11-12", false),
            (.rebuild(within: Period(8, .day)), "2026-11-12", true),
            (.rebuild(within: Period(6, .hour)), "2026-11-19", true),
            (.rebuild(within: Period(5, .hour)), "2026-11-19", false),
        ] as [(LateRows, String, Bool)])
    func `only what ended within the window that its source declares`(
        lateRows: LateRows, day: String, isLost: Bool
    ) {
        let found = lost([orders(lateRows), mart], withdrawn(day, why: more))
        #expect(found == (isLost ? ["mart.sales \(day)", "raw.orders \(day)"] : []))
    }

    @Test(
        arguments: [
            (Certificate.Withdrawal.madeAnew(Make.name("raw.orders")), true),
            (Certificate.Withdrawal.rowsRefused("`amount > 0`: fail"), true),
            ("the warehouse is another one than when it was certified", false),
            ("the warehouse was set back to an earlier timeline", false),
            (Certificate.Withdrawal.gone(Make.name("raw.orders")), false), ("undone by run r", false),
        ])
    func `only what rows took away, and no warehouse that was set back`(why: String, isLost: Bool) {
        #expect(lost([orders(), mart], withdrawn("2026-11-19", why: why)).isEmpty == !isLost)
    }

    @Test
    func `what was lost because its table was gone is made again once any of the table is certified again`() {
        let gone = withdrawn("2026-11-18", why: Certificate.Withdrawal.gone(Make.name("raw.orders")))
        let before = Make.certificate("o2", orders(), Make.day("2026-11-17"))
        #expect(lost([orders(), mart], [before] + gone) == [])
        let back = Make.certificate("o3", orders(), Make.day("2026-11-19"), at: now)
        let all = [before] + gone + [back]
        #expect(lost([orders(), mart], all) == ["mart.sales 2026-11-18", "raw.orders 2026-11-18"])
        #expect(finder([orders(), mart], all).lost()[StepKey(mart.name, Make.day("2026-11-18"))] == now)
        #expect(lost([orders(.tell), mart], all) == [])
        let undone = withdrawn("2026-11-18", why: "undone by run r")
        #expect(lost([orders(), mart], undone + [back]) == [])
    }

    @Test func `words about rows say how many came and went`() {
        func words(_ before: Int64, _ after: Int64) -> String {
            Certificate.Withdrawal.rowsMoved(
                from: ContentMark(rows: before, fingerprint: "a"),
                to: ContentMark(rows: after, fingerprint: "b"))
        }
        #expect(words(3, 15) == "12 rows more than were certified")
        #expect(words(3, 2) == "1 row fewer than were certified")
        #expect(words(3, 3) == "rows changed after it was certified")
    }

    @Test func `what rests on a source is lost until it is made anew, though the source was certified anew`()
    {
        let before = withdrawn("2026-11-19", why: more)
        let others = Make.certificate("o2", orders(), Make.day("2026-11-19"), rows: 15)
        #expect(lost([orders(), mart], before + [others]) == ["mart.sales 2026-11-19"])
        let sales = Make.certificate("s2", mart, Make.day("2026-11-19"), inputs: ["o2"])
        #expect(lost([orders(), mart], before + [others, sales]) == [])
    }

    @Test func `rows that came and went take from nothing what nobody has taken`() {
        let before = withdrawn("2026-11-19", why: more)
        let same = Make.certificate("o2", orders(), Make.day("2026-11-19"))
        #expect(lost([orders(), mart], before + [same]) == ["mart.sales 2026-11-19"])
        let sales = Make.certificate("s1", mart, Make.day("2026-11-19"), inputs: ["o1"])
        #expect(lost([orders(), mart], [before[0], same, sales]) == [])
    }

    @Test func `what holds still but rests on lost rows is lost too, however far its interval is`() {
        let day = withdrawn("2026-11-14", why: more)[0]
        let later = Make.certificate("m", month, Make.day("2026-11-19"), inputs: [day.id])
        #expect(
            lost([orders(), month], [day, later]) == ["raw.orders 2026-11-14", "mart.month 2026-11-19"])
    }

    @Test func `what took the newest of a source keeps what it was made from`() {
        let latest = Make.built("mart.sales", from: [Need(Make.name("raw.orders"), .latest(within: nil))])
        let day = withdrawn("2026-11-19", why: more)[0]
        let sales = Make.certificate("s", latest, Make.day("2026-11-19"), inputs: [day.id])
        #expect(lost([orders(), latest], [day, sales]) == ["raw.orders 2026-11-19"])
    }

    @Test func `there is something new to make it from since rows came, or were certified`() {
        let before = withdrawn("2026-11-19", why: more)
        let key = StepKey(mart.name, Make.day("2026-11-19"))
        #expect(finder([orders(), mart], before).lost()[key] == noticed)
        let others = Make.certificate("n", orders(), Make.day("2026-11-19"), rows: 15, at: now)
        #expect(finder([orders(), mart], before + [others]).lost()[key] == now)
    }

    @Test func `a whole table has no interval for which rows could be late`() {
        var source = Make.source("raw.orders", days: nil)
        source.lateRows = .rebuild(within: Period(7, .day))
        let whole = Make.certificate("o", source, .whole).withdrawn(at: noticed, why: more)
        #expect(lost([source], [whole]) == [])
    }

    // MARK: - Who makes it

    private func catalog(_ promises: [(PromiseID, Tier, String)], _ assets: [Asset]) -> Catalog {
        var catalog = Catalog(
            project: ProjectSettings(
                name: "acme", zone: Make.zone("Europe/London"), state: Secret("s"), warehouses: [:]))
        for asset in assets { catalog.assets[asset.name] = asset }
        for (id, tier, asset) in promises {
            var promise = Promise(
                id: id, location: Make.location, sentence: "Sales by eight.", owner: "ana",
                deadline: .times(
                    [CivilTime(secondOfDay: 8 * 3600)], on: nil, zone: Make.zone("Europe/London")),
                through: .priorDay, needs: [Make.name(asset)])
            promise.tier = tier
            catalog.promises[id] = promise
        }
        return catalog
    }

    /// `sales-by-8: mart.sales 2026-11-19`.
    private func work(_ lost: [StepKey], _ catalog: Catalog) -> [String] {
        let finder = finder(catalog.assets.values.sorted { $0.name < $1.name }, [])
        return finder.work(for: Set(lost), in: catalog).map { work in
            let keys = work.slices.flatMap { asset, slices in slices.map { StepKey(asset, $0) } }.sorted()
            return "\(work.target.name): \(keys.map(\.description).joined(separator: ", "))"
        }
    }

    private func days(_ asset: Asset, _ days: String...) -> [StepKey] {
        days.map { StepKey(asset.name, Make.day($0)) }
    }

    @Test func `the promise that matters most makes what it needs, with the sources behind it`() {
        let lost = days(orders(), "2026-11-17", "2026-11-19") + days(mart, "2026-11-17", "2026-11-19")
        let catalog = catalog([("b", .one, "mart.sales"), ("a", .two, "mart.sales")], [orders(), mart])
        #expect(work(lost, catalog) == ["b: mart.sales 2026-11-17, mart.sales 2026-11-19"])
    }

    @Test func `what no promise needs is made by itself, the last asset with all that it is made from`() {
        let other = Make.built("mart.other", from: [Need(Make.name("raw.orders"))])
        let lost =
            days(orders(), "2026-11-18", "2026-11-19") + days(mart, "2026-11-19") + days(other, "2026-11-19")
        let catalog = catalog([("p", .two, "mart.sales")], [orders(), mart, other])
        #expect(
            work(lost, catalog) == [
                "p: mart.sales 2026-11-19", "mart.other: mart.other 2026-11-19",
                "raw.orders: raw.orders 2026-11-18",
            ])
        #expect(work([], catalog) == [])
    }
}
