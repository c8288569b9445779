import Engine
import SuretyCore
import Testing

extension WarehouseContract {
    /// What a step works with.
    static let inputs: [WarehouseContract] = [
        WarehouseContract("parameters are values, whatever they hold") { fixture in
            try await Orders.setUp(fixture)
            var asset = Make.built("mart.params", from: [], days: nil)
            asset.params = [
                "word": .text("it's; DROP TABLE raw.orders --"), "number": .integer(-5),
                "share": .decimal("0.10"), "flag": .boolean(true), "nothing": .null,
            ]
            try await fixture.run("CREATE TABLE mart.params (word text, number bigint, none text)")
            _ = try await Orders.apply(
                Orders.order(
                    .sql("SELECT :word AS word, 10 + :number AS number, :nothing AS none"),
                    of: asset, .whole, write: .replaceTable),
                to: fixture)
            #expect(
                try await fixture.rows("SELECT word, number, none FROM mart.params")
                    == [["it's; DROP TABLE raw.orders --", "5", nil]])
        },
        WarehouseContract("a parameter that nobody gave refuses the step") { fixture in
            try await Orders.setUp(fixture)
            let failure = await Orders.failure(
                of: Orders.order(.sql("SELECT day, 1 AS orders, :treshold AS amount FROM raw.orders")),
                on: fixture)
            #expect(failure?.kind == .refused)
            #expect(failure?.message.contains("treshold") == true)
        },
        WarehouseContract("the date of a day is a parameter") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(
                Orders.order(
                    .sql(
                        "SELECT day, count(*) AS orders, sum(amount) AS amount FROM raw.orders WHERE day = :interval_date GROUP BY day"
                    )),
                to: fixture)
            guard case .committed(1, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
        },
        WarehouseContract("a file's columns are mapped by name, and empty is not NULL") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("raw.orders", from: [])
            let end = try await Orders.apply(
                Orders.order(
                    file(
                        ["customer", "id", "amount", "day"],
                        [["", "7", "70", "2026-11-19"], [nil, "8", nil, "2026-11-19"]]),
                    of: asset),
                to: fixture)
            guard case .committed(2, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
            let rows = try await fixture.rows("SELECT id, day, amount, customer FROM raw.orders ORDER BY id")
            #expect(
                rows == [
                    ["1", "2026-11-18", "10", "a"], ["4", "2026-11-20", "40", "d"],
                    ["7", "2026-11-19", "70", ""], ["8", "2026-11-19", nil, nil],
                ])
        },
        WarehouseContract("a file with other columns refuses the step") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("raw.orders", from: [])
            let failure = await Orders.failure(
                of: Orders.order(
                    file(["id", "day", "amount", "custmer"], [["7", "2026-11-19", "70", "x"]]), of: asset),
                on: fixture)
            #expect(failure?.kind == .refused)
            #expect(failure?.message.contains("customer") == true)
            #expect(failure?.message.contains("custmer") == true)
        },
        WarehouseContract("a file that is not there yet is not yet") { fixture in
            try await Orders.setUp(fixture)
            let failure = await Orders.failure(
                of: Orders.order(
                    .load(
                        columns: ["id", "day", "amount", "customer"],
                        rows: { throw PortFailure(.notYet, "no file") }),
                    of: Make.built("raw.orders", from: [])),
                on: fixture)
            #expect(failure?.kind == .notYet)
        },
        WarehouseContract("a file with a row outside the interval is refused") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(
                Orders.order(
                    file(["id", "day", "amount", "customer"], [["7", "2026-11-21", "70", "x"]]),
                    of: Make.built("raw.orders", from: [])),
                to: fixture)
            guard case .refused(let cause, 1, _) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(cause.check == CheckResult.insideInterval)
        },
        WarehouseContract("the first arm whose condition holds is chosen") { fixture in
            try await Orders.setUp(fixture)
            let many = Build.ChoiceCondition(
                text: "rows raw.orders > 100", metric: .rows, table: Orders.source.name,
                comparison: .compare(.greater, .literal(.number("100"))))
            let two = Build.ChoiceCondition(
                text: "rows raw.orders = 2", metric: .rows, table: Orders.source.name,
                comparison: .compare(.equal, .literal(.number("2"))))
            func arm(_ orders: Int) -> Build.SQLText {
                Build.SQLText("SELECT :interval_date AS day, \(orders) AS orders, 0 AS amount")
            }
            var order = Orders.order(
                .choose([
                    Build.Choice(when: many, sql: arm(1)), Build.Choice(when: two, sql: arm(2)),
                    Build.Choice(when: nil, sql: arm(3)),
                ]))
            order.context.intervals[Orders.source.name] = Orders.source.interval
            _ = try await Orders.apply(order, to: fixture)
            #expect(try await Orders.dailyRows(fixture).last?[1] == "2")
        },
        WarehouseContract("a source that moved is asked again, and refuses the step when it fails") {
            fixture in
            try await Orders.setUp(fixture)
            let round = QuestionRound(
                asset: Orders.source, slice: Orders.day, checks: Orders.source.stop,
                context: CheckContext(now: Orders.now), marksContent: true)
            let evidence = try await fixture.warehouse.ask(round)
            let certifier = Certifier(
                asset: Orders.source, slice: Orders.day, run: "run000000000", definition: "d", inputs: [],
                certificate: "c0")
            guard case .certified(let certificate) = certifier.judge(evidence, at: Orders.now) else {
                Issue.record("the source is not certified")
                return
            }
            var order = Orders.order()
            order.sources = [SourceRecheck(asset: Orders.source, slice: Orders.day, certificate: certificate)]
            order.rehearse = true
            guard case .rehearsed(.certified, _, _) = try await Orders.apply(order, to: fixture) else {
                Issue.record("an unmoved source refused")
                return
            }
            try await fixture.run("DELETE FROM raw.orders WHERE day = '2026-11-19'")
            order.rehearse = false
            guard case .refused(let cause, _, _) = try await Orders.apply(order, to: fixture) else {
                Issue.record("a source that is empty now got by")
                return
            }
            #expect(cause.asset == Orders.source.name)
            #expect(cause.check == "rows >= 1")
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
    ]

    private static func file(_ columns: [String], _ rows: [[String?]]) -> StepOrder.Work {
        .load(columns: columns, rows: { Rows(rest: rows[...]) })
    }

    private struct Rows: RowReader {
        var rest: ArraySlice<[String?]>
        mutating func next() -> [String?]? { rest.popFirst() }
    }
}
