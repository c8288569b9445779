import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `the report's sources, owners and work` {
    // MARK: - Sources

    private static let before = [
        ColumnInfo(name: "id", type: "bigint", nullable: false),
        ColumnInfo(name: "amount", type: "integer", nullable: true),
        ColumnInfo(name: "note", type: "text", nullable: true),
    ]
    private static let after = [
        ColumnInfo(name: "id", type: "int8", nullable: false),
        ColumnInfo(name: "amount", type: "numeric(12,2)", nullable: true),
        ColumnInfo(name: "coupon", type: "text", nullable: true),
    ]

    private func certificate(
        _ day: String, at time: String, _ columns: [ColumnInfo], definition: DefinitionHash = "d",
        relation: String = "", system: String = "test"
    ) -> Certificate {
        Certificate(
            id: CertificateID(rawValue: "c\(day)"), asset: Make.name("raw.orders"),
            slice: Make.day("2026-11-\(day)"), certifiedAt: moment(time), run: "run", definition: definition,
            inputs: [], results: [],
            snapshot: SnapshotMark(snapshot: "1", system: system, relation: relation),
            content: ContentMark(rows: 1, fingerprint: "f"), columns: columns)
    }

    private func changes(_ fill: (inout ReportWeek) -> Void) -> [String] {
        var week = ReportWeek()
        fill(&week)
        return week.report.sourceChanges.map {
            "\($0.kind.rawValue) \($0.detail): \($0.handledBy ?? "unhandled")"
        }
    }

    @Test func `columns that came, went or changed between two certificates of a source are told`() {
        let found = changes { week in
            week.facts.sources = [
                certificate("16", at: "17T05:00", Self.before), certificate("17", at: "18T05:00", Self.after),
                certificate("18", at: "19T05:00", Self.after),
            ]
        }
        #expect(
            found == [
                "column_type_changed amount was integer and is numeric(12,2): unhandled",
                "column_added coupon text was added: unhandled",
                "column_dropped note was dropped: unhandled",
            ])
    }

    @Test(
        arguments: [
            ("15T23:59", true, 0), ("16T00:00", true, 3), ("22T23:59", true, 3), ("23T00:00", true, 0),
            ("15T23:59", false, 3), ("2026-10-26T00:00:00Z", false, 3),
            ("2026-10-25T23:59:59Z", false, 0),
            ("23T00:00", false, 0),
        ])
    func `a change is told in the week in which it was seen, and later until it is handled`(
        seen: String, isHandled: Bool, count: Int
    ) {
        let found = changes { week in
            week.facts.sources = [
                certificate("14", at: "2026-10-20T05:00:00Z", Self.before),
                certificate("15", at: seen, Self.after),
            ]
            if isHandled { week.acceptance("raw.orders", accepted: seen, baseline: Self.after) }
        }
        #expect(found.count == count)
    }

    @Test func `a change is told with the promises that it can break`() {
        var catalog = ReportWeek.catalog
        catalog.add(ReportWeek.promise("a-trial", tier: .one))
        catalog.promises["a-trial"]?.experiment = true
        catalog.add(ReportWeek.promise("audit", tier: .two))
        var week = ReportWeek(catalog)
        week.facts.sources = [
            certificate("16", at: "17T05:00", Self.before), certificate("17", at: "18T05:00", Self.after),
        ]
        let report = week.report
        #expect(Set(report.sourceChanges.map(\.promises)) == [["revenue-by-8", "audit"]])
        #expect(
            report.actions.map(\.text).contains(
                "Handle the change of raw.orders: note was dropped; it can break revenue-by-8, audit"))
    }

    @Test func `a table that was made again is told with what else became different`() {
        func found(_ columns: [ColumnInfo], system: String = "test") -> [String] {
            changes { week in
                week.facts.sources = [
                    certificate("16", at: "17T05:00", Self.before, relation: "7/1"),
                    certificate("17", at: "18T05:00", columns, relation: "8/2", system: system),
                ]
            }
        }
        #expect(found(Self.before) == [])
        let dropped = "column_dropped note was dropped: unhandled"
        #expect(
            found(Self.before.dropLast())
                == [dropped, "table_recreated the table was dropped and made again: unhandled"])
        // Another warehouse gives other numbers.
        #expect(found(Self.before.dropLast(), system: "other") == [dropped])
    }

    @Test func `columns that were not looked at did not change`() {
        #expect(
            changes { week in
                week.facts.sources = [
                    certificate("16", at: "17T05:00", Self.before), certificate("17", at: "18T05:00", []),
                ]
            }.isEmpty)
    }

    @Test(
        arguments: [
            (nil, "d", "unhandled"), ("18T04:30", "d", "accepted by ben"),
            ("18T09:00", "d", "accepted by ben"),
            (nil, "e", "its declaration was changed"),
            // This was about another change.
            ("02T09:00", "d", "unhandled"), ("17T04:59", "d", "unhandled"),
        ] as [(String?, DefinitionHash, String)])
    func `a change is handled by a new declaration, or by a person who took it since it was last otherwise`(
        accepted: String?, definition: DefinitionHash, handler: String
    ) {
        let found = changes { week in
            week.facts.sources = [
                certificate("16", at: "17T05:00", Self.before),
                certificate("17", at: "18T05:00", Self.before.dropLast(), definition: definition),
            ]
            if let accepted { week.acceptance("raw.orders", accepted: accepted, baseline: Self.before) }
        }
        #expect(found == ["column_dropped note was dropped: \(handler)"])
    }

    @Test(
        arguments: [
            (nil, nil, "unhandled"), ("18T09:00", nil, "it passes its checks again"),
            (nil, "18T06:00", "accepted by ben"), (nil, "18T04:59", "unhandled"),
        ] as [(String?, String?, String)])
    func `columns that kept a source from being certified are a change too`(
        resolved: String?, accepted: String?, handler: String
    ) {
        let found = changes { week in
            week.incident(opened: "18T05:00", resolved: resolved, check: "columns unchanged")
            week.facts.incidents[0].cause.message = "coupon was added"
            week.incident("mart.revenue", opened: "18T05:00", check: "columns unchanged")
            week.incident(opened: "10T05:00", resolved: "10T06:00", check: "columns unchanged")
            if let accepted { week.acceptance("raw.orders", accepted: accepted, baseline: Self.after) }
        }
        #expect(found == ["column_added coupon was added: \(handler)"])
    }

    @Test(arguments: ["`columns unchanged`: fail", "`columns unchanged`: fail, observed id bigint, e text"])
    func `each change that kept a source from being certified is one of its own kind`(opening: String) {
        let words = [
            "a was renamed to b", "c was text and is numeric(12,2)", "d was dropped",
            "e was dropped and added again, its values are others", "f text was added", "g became nullable",
        ]
        let found = changes { week in
            week.incident(opened: "18T05:00", check: "columns unchanged")
            week.facts.incidents[0].cause.message = "\(opening) (\(words.joined(separator: "; ")))"
        }
        let kinds = [
            "column_renamed", "column_type_changed", "column_dropped", "column_recreated", "column_added",
            "nullability_changed",
        ]
        #expect(Set(found) == Set(zip(kinds, words).map { "\($0) \($1): unhandled" }))
    }

    @Test func `what nobody handled comes first, and only sources that are watched are counted`() {
        var week = ReportWeek()
        week.facts.sources = [
            certificate("16", at: "17T05:00", Self.before),
            certificate("17", at: "18T05:00", Self.after, definition: "e"),
        ]
        week.incident(opened: "20T05:00", check: "columns unchanged")
        let report = week.report
        #expect(report.sourceChanges.map { $0.handledBy == nil } == [true, false, false, false])
        #expect(report.watchedSources == 1)
        #expect(report.verdict(.q3) == .yes(4))
    }

    // MARK: - Owners

    private func flags(_ change: (inout Catalog) -> Void, _ fill: (inout ReportWeek) -> Void = { _ in })
        -> [String]
    {
        var catalog = ReportWeek.catalog
        change(&catalog)
        var week = ReportWeek(catalog)
        fill(&week)
        return week.report.ownership.map { line in
            "\(line.subject) \(line.tier.rawValue) \(line.flags.map(\.rawValue).joined(separator: " "))"
        }
    }

    @Test func `what is owned well is not listed`() { #expect(flags { _ in }.isEmpty) }

    @Test func `who cannot do what owners do is listed`() {
        #expect(flags { $0.owners["ana"]?.to = [] } == ["revenue-by-8 1 owner_unreachable"])
        #expect(flags { $0.routes = [] } == ["revenue-by-8 1 no_route"])
        #expect(
            flags { $0.promises["revenue-by-8"]?.recovery = [] } == ["revenue-by-8 1 no_recovery_steps"])
        #expect(
            flags {
                $0.promises["revenue-by-8"]?.recovery = []
                $0.assets[Make.name("raw.orders")]?.recovery = ["Ask sales."]
            } == [])
        #expect(flags { $0.assets[Make.name("raw.orders")]?.owner = nil } == ["raw.orders 1 no_owner"])
    }

    @Test func `experiments and assets of no great matter need no owner`() {
        #expect(
            flags {
                $0.promises["revenue-by-8"]?.experiment = true
                $0.routes = []
                $0.assets[Make.name("raw.orders")]?.owner = nil
            } == [])
        #expect(
            flags {
                $0.promises["revenue-by-8"]?.tier = .three
                $0.assets[Make.name("raw.orders")]?.owner = nil
            } == [])
    }

    @Test(
        arguments: [
            ([("18T07:00", .high, nil), ("19T07:00", .critical, nil)], true),
            ([("18T07:00", .high, nil)], false),
            ([("18T07:00", .high, nil), ("19T07:00", .warning, nil)], false),
            ([("18T07:00", .high, nil), ("19T07:00", .high, "19T07:10")], false),
            ([("18T07:00", .high, nil), ("2026-09-23T23:59:00Z", .high, nil)], false),
            ([("18T07:00", .high, nil), ("2026-09-24T00:00:00Z", .high, nil)], true),
        ] as [([(String, Severity, String?)], Bool)])
    func `who let several grave incidents in 60 days pass without a word never acknowledges`(
        incidents: [(String, Severity, String?)], isFlagged: Bool
    ) {
        let found = flags { _ in
        } _: { week in
            for (opened, severity, acknowledged) in incidents {
                week.incident(opened: opened, severity: severity, acknowledged: acknowledged)
            }
        }
        #expect(found == (isFlagged ? ["revenue-by-8 1 never_acknowledges"] : []))
    }

    // MARK: - Backfills

    @Test func `what is owed and not certified is listed with the command that makes it, the oldest first`() {
        var catalog = ReportWeek.catalog
        catalog.add(ReportWeek.promise("z-daily", tier: .two))
        var week = ReportWeek(catalog)
        func days(_ labels: [String]) -> [DataInterval] {
            labels.compactMap { Make.day($0).interval }
        }
        week.facts.missing = [
            Make.name("mart.revenue"): days(["2026-11-14", "2026-11-12", "2026-11-13"]),
            Make.name("raw.orders"): days(["2026-11-09"]),
        ]
        week.run("mart.revenue", "backfill", began: "18T10:00")
        week.run("mart.revenue", "backfill", began: "19T10:00", state: .rehearsed)
        week.run("mart.revenue", "backfill", began: "15T10:00")
        week.run("mart.revenue", "person", began: "18T10:00")
        let report = week.report
        #expect(
            report.backfills.map(\.command) == [
                "surety backfill raw.orders --for 2026-11-09",
                "surety backfill mart.revenue --for 2026-11-12..2026-11-14",
            ])
        #expect(report.backfills.map(\.oldestDays) == [13, 10])
        #expect(report.backfills[1].missing == ["2026-11-12", "2026-11-13", "2026-11-14"])
        #expect(report.backfills[1].affects == ["revenue-by-8", "z-daily"])
        #expect(report.backfills[0].owner == "ana")
        #expect(report.backfillsDone == 1)
        #expect(report.verdict(.q6) == .yes(4))
    }

    // MARK: - By hand

    private func manual(_ catalog: Catalog = ReportWeek.catalog, _ fill: (inout ReportWeek) -> Void)
        -> [String]
    {
        var week = ReportWeek(catalog)
        fill(&week)
        return week.report.manualSteps.map {
            "\($0.subject) \($0.kind.rawValue) \($0.count): \($0.suggestion ?? "-")"
        }
    }

    @Test func `what people do by hand three times in four weeks should be automated`() {
        let found = manual { week in
            for day in ["2026-10-25T23:59:59Z", "2026-10-26T00:00:00Z", "18T10:00", "22T23:59", "23T00:00"] {
                week.run("revenue-by-8", "person", began: day)
            }
            for day in ["17", "18"] { week.run("mart.revenue", "backfill", began: "\(day)T10:00") }
            for day in ["17", "18", "19"] { week.run("revenue-by-8", "schedule", began: "\(day)T10:00") }
            week.run("revenue-by-8", "person", began: "19T10:00", state: .rehearsed)
        }
        #expect(
            found == [
                "revenue-by-8 manual_run 3: declare a start, so that the service runs it",
                "mart.revenue backfill 2: -",
            ])
    }

    @Test func `each kind of handwork is counted by what it was done to`() {
        let name = Make.name("mart.revenue")
        let found = manual { week in
            for day in ["17", "18", "19"] {
                let interval = "2026-11-\(day)"
                let time = "\(day)T10:00"
                let waiver = Fact.occurrenceWaived("revenue-by-8", interval: interval, by: "ana", reason: "x")
                week.fact(waiver, at: moment(time))
                week.fact(.manualDone(name, interval: interval, by: "ana"), at: moment(time))
                let undo = Fact.effectUndone("run000000001", asset: name, interval: interval, failure: nil)
                week.fact(undo, at: moment(time))
                week.acceptance("raw.orders", accepted: time, interval: interval)
                week.approval("a\(day)", of: "mart.revenue", asked: "\(day)T09:00", answered: time)
            }
        }
        #expect(
            found == [
                "mart.revenue approval 3: find out whether the approval still catches anything",
                "mart.revenue manual_step 3: automate it",
                "mart.revenue undo 3: find out what has to be taken back",
                "raw.orders accepted_check 3: change the check, or what it checks",
                "revenue-by-8 waiver 3: declare the days on which nothing is owed",
            ])
    }

    @Test(
        arguments: [
            ("Put the rates in, see https://wiki.acme.example/rates", [], 0),
            ("Put the rates in", ["Ask Ben."], 0),
            ("Put the rates in", [], 1),
        ] as [(String, [String], Int)])
    func `a declared manual step must say where its instructions are`(
        ask: String, recovery: [String], count: Int
    ) {
        var catalog = ReportWeek.catalog
        var rates = Make.built("raw.rates", from: [])
        rates.origin = .built(
            Build(.manual(ManualWork(ask: ask, by: "ana", within: nil)), write: .replaceInterval))
        rates.recovery = recovery
        catalog.add(rates)
        catalog.assets[Make.name("mart.revenue")]?.needs.append(Need(rates.name))
        let report = ReportWeek(catalog).report
        #expect(report.manualSteps.map(\.kind) == Array(repeating: .undocumentedStep, count: count))
        #expect(report.verdict(.q7) == (count == 0 ? .no : .yes(1)))
    }

    // MARK: - Coverage

    @Test(arguments: [
        (["rows", "fresh", "missing"], true), (["rows", "fresh", "unique"], true),
        (["rows", "fresh", "duplicates"], true), (["rows", "fresh", "not null"], true),
        (["fresh", "missing"], false), (["rows", "missing"], false), (["rows", "fresh"], false), ([], false),
    ])
    func `an asset is checked well where rows, freshness and keys are asked for, in whichever list`(
        checks: [String], isChecked: Bool
    ) {
        let bodies: [String: CheckBody] = [
            "rows": .metric(.rows, .compare(.atLeast, .literal(.number("1")))),
            "fresh": .fresh(column: "day", within: Period(6, .hour)),
            "missing": .metric(
                .missing(column: "id", sentinels: []), .compare(.equal, .literal(.number("0")))),
            "duplicates": .metric(.duplicates(["id"]), .compare(.equal, .literal(.number("0")))),
            "unique": .row(.unique(["id"])), "not null": .row(.notNull("id")),
        ]
        for list in [CheckList.ready, .stop, .warn] {
            var catalog = ReportWeek.catalog
            var orders = Make.source("raw.orders")
            let all = checks.compactMap { bodies[$0] }.enumerated().map {
                Make.check("c\($0.offset)", of: orders.name, in: list, body: $0.element)
            }
            orders.stop = list == .stop ? all : []
            orders.ready = list == .ready ? all : []
            orders.warn = list == .warn ? all : []
            catalog.add(orders)
            catalog.add(Make.source("raw.elsewhere"))
            let coverage = ReportWeek(catalog).report.coverage
            #expect(coverage == WeeklyReport.Coverage(assets: 2, checked: isChecked ? 1 : 0))
        }
    }
}
