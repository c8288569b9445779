import Declarations
import SuretyCore
import Testing

@testable import surety

/// What `init` writes is what our own reader accepts.
@Suite struct ProposalTests {
    private func read(_ files: [NewFile]) -> ReadProject {
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, Array($0.text.utf8)) })
        let source = ProjectSource(
            folder: "/project", files: texts.keys.filter { $0.hasSuffix(".yaml") }.sorted(),
            read: { texts[$0] },
            environment: { $0 == "SURETY_WAREHOUSE" ? "postgres://localhost/db" : nil },
            secretFile: { _ in nil })
        return ProjectReader(source: source).read()
    }

    private func table(
        _ schema: String, _ name: String, _ columns: [(String, String, Bool)], key: [String] = []
    ) -> TableInfo {
        TableInfo(
            name: AssetName(schema: schema, table: name),
            columns: columns.map { ColumnInfo(name: $0.0, type: $0.1, nullable: $0.2) }, primaryKey: key)
    }

    @Test(arguments: ["my-project", "a: b # c", "${HOME}", "\"quoted\"", "no", "- dash"])
    func `the scaffold is valid and keeps the project's name`(name: String) {
        let project = read(Scaffold.files(project: name))
        #expect(project.findings.isEmpty)
        #expect(project.catalog?.project.name == name)
        #expect(project.catalog?.promises.count == 1)
        #expect(project.catalog?.assets.count == 2)
    }

    @Test func `a table is proposed with its key, its columns, its days and its freshness`() throws {
        let orders = table(
            "shop", "orders",
            [
                ("order_id", "bigint", false), ("order_date", "date", false),
                ("amount", "numeric(12,2)", true),
                ("created_at", "timestamp with time zone", true),
                ("updated_at", "timestamp with time zone", true),
            ], key: ["order_id"])
        let files = try #require(Proposal([orders]).files(project: "shop"))
        let project = read(files)
        #expect(project.findings.isEmpty)
        let asset = try #require(project.catalog?.assets[orders.name])
        #expect(asset.interval?.column == "order_date")
        #expect(asset.key == ["order_id"])
        #expect(asset.ready.map(\.text) == ["rows >= 1"])
        #expect(
            asset.stop.map(\.text) == [
                "columns include (order_id bigint, order_date date, amount numeric(12,2), created_at timestamp "
                    + "with time zone, updated_at timestamp with time zone)",
                "order_id unique", "order_id not null", "order_date not null",
            ])
        #expect(asset.warn.map(\.text) == ["fresh updated_at within 1d"])
    }

    @Test func `odd names are quoted, and names that no asset can have are left out`() throws {
        let odd = table(
            "public", "Orders#1",
            [
                ("rows", "bigint", false), ("column", "text", false), ("a \"b\"", "text", false),
                ("x: y #z", "text", false), ("${HOME}", "integer", false),
                ("grün", "character varying(20)", true),
                ("kind", "\"My Schema\".\"My Kind\"", true), ("back\\slash", "text", false),
            ], key: ["rows", "a \"b\""])
        let unnameable = table("public", "two words", [("a", "text", false)])
        let proposal = Proposal([odd, unnameable])
        #expect(proposal.leftOut == [unnameable.name])
        let project = read(try #require(proposal.files(project: "x")))
        #expect(project.errors.isEmpty, "\(project.errors)")
        let asset = try #require(project.catalog?.assets[odd.name])
        #expect(asset.key == ["rows", "a \"b\""])
        #expect(asset.stop.count == 8)
    }

    @Test func `a table without a key is still judged by its rows`() throws {
        let log = table("app", "log", [("said", "text", true)])
        let asset = try #require(read(Proposal([log]).files(project: "x") ?? []).catalog?.assets[log.name])
        #expect(asset.ready.map(\.text) == ["rows >= 1"])
        #expect(asset.stop.map(\.text) == ["columns include (said text)", "rows >= 1"])
    }

    @Test(arguments: [
        (["day", "valid_from"], "day"), (["ordered_on", "shipped_on"], nil), ([], nil),
    ])
    func `a table has days only where one column can be meant`(dates: [String], expected: String?) throws {
        let name = AssetName(schema: "a", table: "b")
        let table = table(
            "a", "b", [("id", "bigint", false)] + dates.map { ($0, "date", true) }, key: ["id"])
        let asset = read(Proposal([table]).files(project: "x") ?? []).catalog?.assets[name]
        #expect(asset?.interval?.column == expected)
    }

    @Test func `nothing is proposed about nothing`() {
        #expect(Proposal([]).files(project: "x") == nil)
    }
}
