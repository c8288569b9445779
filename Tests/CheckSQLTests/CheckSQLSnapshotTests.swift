import CheckSQL
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@Suite struct `The SQL of checks` {
    @Test(arguments: written, CheckFixture.Warehouse.allCases)
    func `stays as it was written down`(fixture: CheckFixture, warehouse: CheckFixture.Warehouse) throws {
        let checks = try fixture.checks(on: warehouse).map(\.check)
        let session = RecordingSession(warehouse, Self.tables)
        _ = try CheckRound(
            asset: fixture.asset, slice: fixture.slice, checks: checks, context: fixture.context,
            snapshot: "1"
        ).run(on: session)
        let name = fixture.name.replacing(" ", with: "-")
        expectSnapshot(session.text, named: "\(name).\(warehouse)")
    }

    @Test func `asks everything about the same rows in one query`() throws {
        let checks = try CheckFixture.orders.checks(on: .postgres).map(\.check).filter {
            $0.scope == nil && $0.filter == nil
        }.filter { [.row(.notNull("id")), .row(.notNull("amount"))].contains($0.body) }
        let session = RecordingSession(.postgres, Self.tables)
        _ = try CheckRound(
            asset: CheckFixture.orders.asset, slice: CheckFixture.orders.slice, checks: checks,
            context: CheckFixture.orders.context, snapshot: "1"
        ).run(on: session)
        #expect(checks.count > 2)
        #expect(session.count == 1)
    }

    /// The fixtures whose tables are known without a warehouse.
    private static let written = CheckFixture.all.filter { fixture in
        tables.contains { $0.name == fixture.asset.name }
    }

    private static let tables: [TableInfo] = [
        table(
            "raw.orders", "id bigint", "day date", "amount numeric(12,2)", "qty integer", "code text",
            "email text",
            "customer bigint", "paid boolean", "ratio double precision"),
        table("raw.customers", "id bigint", "name text"),
        table("raw.payments", "paid_on date", "amount numeric(12,2)"),
        table("raw.empty", "day date", "a integer", "t text", "at timestamptz"),
        table("raw.times", "id integer", "at timestamptz", "wall timestamp", "day date"),
        table("raw.odd", "id integer", "x double precision", "n numeric", "at timestamptz", "d date"),
        table("raw.shapes", "format text", "value text"),
        table(
            "raw.whole", "id bigint", "name varchar(20)", "price numeric(12,2)", "at timestamptz",
            "ok boolean",
            "f float8"),
        table("raw.gaps", "day date", "at timestamptz"),
        table(
            "raw.history", "id integer", "day date", "amount numeric(12,2)", "code text", "at timestamptz",
            "ratio double precision"),
        table("raw.history_hours", "at timestamptz"),
        table("raw.history_walls", "wall timestamp", "n integer"),
        table("raw.rewritten", "day date", "n integer"), table("raw.recorded", "n integer"),
        table("raw.numbers", "id integer", "x double precision", "n numeric", "q integer"),
        table("raw.texts", "id integer", "t text", "v varchar(10)", "c char(4)"),
        table("raw.repeated", "id integer", "at timestamptz", "wall timestamp", "d date"),
        table("raw.swallowed", "id integer", "at timestamptz", "wall timestamp", "d date"),
    ]

    private static func table(_ name: String, _ columns: String...) -> TableInfo {
        TableInfo(
            name: Make.name(name),
            columns: columns.map { column in
                let parts = column.split(separator: " ", maxSplits: 1)
                return ColumnInfo(name: String(parts[0]), type: String(parts[1]), nullable: true)
            })
    }
}

/// A warehouse that writes down what it is asked and gives rows of zeros.
private final class RecordingSession: CheckSession {
    let dialect: Dialect
    private let tables: [TableInfo]
    private let queries = Mutex<[CheckQuery]>([])

    init(_ warehouse: CheckFixture.Warehouse, _ tables: [TableInfo]) {
        self.dialect = warehouse == .postgres ? .postgres : .sqlite
        self.tables = tables
    }

    var count: Int { queries.withLock { $0.count } }

    var text: String {
        queries.withLock { queries in
            queries.map { query in
                let values = query.parameters.enumerated().map { "  \($0.offset + 1): \($0.element)" }
                return ([query.sql] + values).joined(separator: "\n")
            }.joined(separator: "\n\n")
        }
    }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? { tables.first { $0.name == name } }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        queries.withLock { $0.append(query) }
        return [Array(repeating: "0", count: 500)]
    }

    func refusal(of query: CheckQuery) -> QueryFailure? { nil }
}
