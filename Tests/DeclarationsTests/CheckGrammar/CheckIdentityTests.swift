import Declarations
import SuretyCore
import Testing

@Suite struct CheckIdentityTests {
    private let asset = AssetName(schema: "raw", table: "orders")
    private let place = SourceLocation(file: "orders.yaml", line: 3, column: 5)

    private func checks(_ text: String, name: String? = nil, list: CheckList = .stop) throws -> [Check] {
        let parser = CheckParserTests.parser
        return parser.build(
            asset: asset, list: list, name: name, parsed: try parser.parse(text), location: place)
    }

    @Test(arguments: [
        ("rows >= 1", "raw.orders/rows-at-least-1"), ("rows <= 1", "raw.orders/rows-at-most-1"),
        ("customer_id not null", "raw.orders/customer_id-not-null"),
        ("missing promo_code < 40%", "raw.orders/missing-promo_code-below-40-percent"),
        ("duplicates invoice_id = 0", "raw.orders/duplicates-invoice_id-equals-0"),
    ])
    func `a plain text has a readable id`(text: String, id: CheckID) throws {
        #expect(try checks(text).map(\.id) == [id])
    }

    @Test func `distinct texts have distinct ids`() throws {
        let texts = [
            "a > 5", "a > -5", "a > 0.5", "a >= 5", "a < 5", "a = 5", "a != 5", "A > 5",
            "a_strictly increasing by b",
            "a strictly increasing by b", "a, b unique", "a,b unique", "a in [x, y]", "a in ['x', y]",
            "a in [x,  'y z']",
            "a matches 'x+'", "a matches 'x*'", "a like 'ß'", "a > above", "above > a", "a > 5 where \"b\"",
            "a > 5 where \"B\"", "column \"a b\" unique", "row \"a\"", "row 'a'",
        ]
        #expect(Set(try texts.flatMap { try checks($0) }.map(\.id)).count == texts.count)
        let plain = try CheckParserTests.parser.parse("rows >= 1")
        let narrowed = [try plain.narrowed(by: "a"), try plain.narrowed(by: "b"), plain].flatMap {
            CheckParserTests.parser.build(asset: asset, list: .stop, name: nil, parsed: $0, location: place)
        }
        #expect(Set(narrowed.map(\.id)).count == 3)
    }

    @Test func `white space does not change an id`() throws {
        #expect(try checks("a  in  [x, y]").map(\.id) == checks("a in [x, y]").map(\.id))
    }

    @Test func `a name is the id`() throws {
        #expect(try checks("rows >= 1", name: "some-rows").map(\.id) == ["raw.orders/some-rows"])
        #expect(
            try checks("missing a, b = 0", name: "complete").map(\.id) == [
                "raw.orders/complete-a", "raw.orders/complete-b",
            ])
    }

    @Test func `what the line says ends up in the check`() throws {
        let check = try #require(try checks("a > 0 where 'b' over table except 1% on mon", list: .warn).first)
        #expect(check.filter == "b")
        #expect(check.scope == .table)
        #expect(check.tolerance == Tolerance(.atMost, "1", isPercent: true))
        #expect(check.days == .weekdays([.mon]))
        #expect(check.list == .warn)
        #expect(check.location == place)
        #expect(check.text == "a > 0 where 'b' over table except 1% on mon")
    }

    @Test(arguments: [
        ("a <= today", false), ("a between yesterday and now", false), ("max a >= yesterday", false),
        ("sql \"select 1\" > now", false), ("a < interval end", true), ("a not in future", true),
        ("fresh a within 6h", true), ("a = 'today'", true), ("a <= column \"now\"", true),
    ])
    func `what asks for the present is not repeatable`(text: String, isRepeatable: Bool) throws {
        let check = try #require(try checks(text).first)
        #expect(check.isRepeatable == isRepeatable)
        #expect((check.misfit(hasInterval: true) == nil) == isRepeatable)
    }

    @Test func `an asset without intervals has no part of one`() throws {
        #expect(try #require(try checks("rows >= 1 over last 7d").first).misfit(hasInterval: false) != nil)
        #expect(try #require(try checks("a < interval end").first).misfit(hasInterval: false) != nil)
        #expect(try #require(try checks("a <= today").first).misfit(hasInterval: false) == nil)
        #expect(try #require(try checks("a <= today", list: .warn).first).misfit(hasInterval: true) == nil)
    }

    @Test(arguments: [(Grain.hour, true), (.day, true), (.week, false), (.month, false)])
    func `only days and hours have a weekday`(grain: Grain, isFit: Bool) throws {
        let same = try #require(try checks("rows within 5% of median of last 4 same weekday").first)
        #expect((same.misfit(hasInterval: true, grain: grain) == nil) == isFit)
        let any = try #require(try checks("rows within 5% of median of last 4").first)
        #expect(any.misfit(hasInterval: true, grain: grain) == nil)
        #expect(same.misfit(hasInterval: false) == nil)
    }
}
