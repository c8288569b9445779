import Engine
import SuretyCore
import Testing

extension WarehouseContract {
    /// Questions and the catalogue.
    static let questions: [WarehouseContract] = [
        WarehouseContract("checks are answered in their order, and the slice is counted when asked") {
            fixture in
            try await Orders.setUp(fixture)
            let checks = [
                Make.check("customer not null", of: Orders.source.name, body: .row(.notNull("customer"))),
                Make.check("rows >= 1", of: Orders.source.name),
            ]
            let evidence = try await fixture.warehouse.ask(
                QuestionRound(
                    asset: Orders.source, slice: Orders.day, checks: checks,
                    context: CheckContext(now: Orders.now), marksContent: true))
            #expect(evidence.results.map(\.check) == ["customer not null", "rows >= 1"])
            #expect(evidence.results.map(\.verdict) == [.fail, .pass])
            #expect(evidence.content.rows == 2)
            #expect(evidence.columns.map(\.name) == ["id", "day", "amount", "customer"])
        },
        WarehouseContract("a check that cannot run is an error alone") { fixture in
            try await Orders.setUp(fixture)
            let checks = [
                Make.check("nothing not null", of: Orders.source.name, body: .row(.notNull("nothing"))),
                Make.check("row 1/0 = 1", of: Orders.source.name, body: .row(.condition("no_function(id)"))),
                Make.check("rows >= 1", of: Orders.source.name),
            ]
            let evidence = try await fixture.warehouse.ask(
                QuestionRound(
                    asset: Orders.source, slice: Orders.day, checks: checks,
                    context: CheckContext(now: Orders.now)))
            #expect(evidence.results.map(\.verdict) == [.error, .error, .pass])
        },
        WarehouseContract("every check on a table that is missing is an error") { fixture in
            let evidence = try await fixture.warehouse.ask(
                QuestionRound(
                    asset: Orders.source, slice: Orders.day, checks: Orders.source.stop,
                    context: CheckContext(now: Orders.now), marksContent: true))
            #expect(evidence.results.map(\.verdict) == [.error])
            #expect(evidence.content.rows == 0)
            #expect(evidence.columns.isEmpty)
        },
        WarehouseContract("the catalogue tells tables and columns, and none of Surety's own") { fixture in
            try await Orders.setUp(fixture)
            try await fixture.run("CREATE TABLE mart.keyed (b bigint NOT NULL, a text, PRIMARY KEY (b))")
            let keyed = try #require(try await fixture.warehouse.table(Make.name("mart.keyed")))
            #expect(keyed.primaryKey == ["b"])
            #expect(keyed.columns.map(\.name) == ["b", "a"])
            #expect(keyed.columns.map(\.nullable) == [false, true])
            #expect(keyed.columns.map(\.type) == ["bigint", "text"])
            #expect(!keyed.isView)
            #expect(try await fixture.warehouse.table(Make.name("mart.nothing")) == nil)
            #expect(
                try await fixture.warehouse.tables().map(\.name.description).sorted()
                    == ["mart.daily", "mart.keyed", "raw.orders"])
        },
        WarehouseContract("what became different of a table is told from two looks at it") { fixture in
            try await Orders.setUp(fixture)
            let name = Make.name("mart.shape")
            try await fixture.run("CREATE TABLE mart.shape (a integer DEFAULT 7, b text)")
            let before = try #require(try await fixture.warehouse.table(name)).shape
            #expect(before.columns.map(\.filling) == ["7", ""])
            try await fixture.run("ALTER TABLE mart.shape DROP COLUMN b")
            try await fixture.run("ALTER TABLE mart.shape ADD COLUMN c text")
            let after = try #require(try await fixture.warehouse.table(name)).shape
            #expect(before.differences(to: after).map(\.words) == ["b was dropped", "c text was added"])
            #expect(after.differences(to: after) == [])
        },
        WarehouseContract("an examination tells what the warehouse is") { fixture in
            try await Orders.setUp(fixture)
            let report = try await fixture.warehouse.examine([Orders.source, Orders.daily])
            #expect(!report.product.isEmpty)
            #expect(report.missingGrants.isEmpty)
        },
    ]
}
