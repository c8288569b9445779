import Declarations
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct ReadingTests {
    @Test func `scalars mean what a person sees`() throws {
        let project = SampleProject.small(
            asset: """
                params: {no: no, on: on, code: 0123, number: 12, price: 1.50, day: 2026-11-01, quoted: "12", flag: true, big: 99999999999999999999, at: 2026-11-01T08:00:00+01:00}
                """)
        let asset = try #require(project.read().catalog?.assets[AssetName(schema: "raw", table: "orders")])
        #expect(
            asset.params == [
                "no": .text("no"), "on": .text("on"), "code": .text("0123"), "number": .integer(12),
                "price": .decimal("1.50"), "day": .date(CivilDate(dayNumber: 20_758)), "quoted": .text("12"),
                "flag": .boolean(true), "big": .decimal("99999999999999999999"),
                "at": .instant(Instant(seconds: 1_793_516_400)),
            ])
    }

    @Test func `variables are filled in and never shown`() throws {
        var project = SampleProject.small(
            rest: """
                targets:
                  t: {at: ["https://${HOST}/x"], auth: {bearer: "${TOKEN:-none}"}}
                  u: {at: ["https://a.example"], auth: {bearer: "${file:/run/token}-$${TOKEN}"}}
                  v: {at: ["https://a.example"], auth: {bearer: "a${LACKING}b"}}
                """)
        project.environment = ["HOST": "h.example", "TOKEN": ""]
        project.secrets = ["/run/token": "hidden\n"]
        let read = project.read()
        let targets = try #require(read.catalog?.targets)
        #expect(targets["t"]?.at == .list([Secret("https://h.example/x", isSecret: true)]))
        #expect(targets["t"]?.bearer == Secret("none", isSecret: false))
        #expect(targets["u"]?.bearer?.reveal() == "hidden-${TOKEN}")
        #expect(targets["v"]?.bearer == Secret("ab", isSecret: true, unset: ["LACKING"]))
        #expect(read.findings.map(\.message) == ["the environment variable `LACKING` of `bearer` is not set"])
        #expect(!"\(targets)".contains("hidden") && !read.text.contains("hidden"))
    }

    @Test func `no finding shows a variable's value`() {
        let secret = "s3cr3t-value"
        let fields = [
            "deadline: ${S}", "tier: ${S}", "expected: ${S}", "since: ${S}", "overlap: ${S}", "deputy: ${S}",
            "serves: [\"${S}\"]",
            "starts: [{at: \"${S}\"}, {cron: \"${S}\"}, {every: \"${S}\"}, {bucket: \"${S}\"}]",
        ]
        let asset = [
            "interval: ${S}", "empty: ${S}", "late_rows: ${S}", "needs: [\"${S}\"]", "warn: [\"${S} <\"]",
            "build: {sql: \"${S}.sql\"}", "publish: ${S}", "audit: ${S}", "pool: ${S}",
        ]
        for (promise, asset) in fields.map({ ($0, "") }) + asset.map({ ("", $0) }) {
            var project = SampleProject.small(promise: promise, asset: asset)
            let text = project.files["surety.yaml", default: ""]
            // A key of the sample is replaced, not repeated.
            if promise.hasPrefix("deadline") {
                project.files["surety.yaml"] = text.replacing("    deadline: 08:00\n", with: "")
            }
            if asset.hasPrefix("interval") {
                project.files["surety.yaml"] = text.replacing("    interval: day of ordered_on\n", with: "")
            }
            project.environment = ["S": secret]
            let found = project.findings()
            #expect(!found.isEmpty, "\(promise)\(asset)")
            #expect(!found.contains { $0.contains(secret) }, "\(found)")
        }
    }

    @Test func `an overlay replaces what it may, id by id`() throws {
        var project = SampleProject.small()
        project.files["surety.prod.yaml"] = """
            state: postgres://state.example/s
            warehouses: {main: {url: "postgres://prod.example/acme", connections: 9}}
            channels: {hook: {webhook: {url: "https://prod.example"}}}
            pools: {heavy: 3}
            routes: [{to: [hook]}]
            """
        #expect(project.read().catalog?.project.mainWarehouse.url.reveal() == "postgres://db.example/acme")
        let catalog = try #require(project.read(env: "prod").catalog)
        #expect(catalog.project.state.reveal() == "postgres://state.example/s")
        #expect(catalog.project.mainWarehouse.connections == 9)
        #expect(Set(catalog.channels.keys) == ["inbox", "hook"])
        #expect(catalog.project.pools == ["heavy": 3])
        #expect(catalog.routes == [Route(when: [:], to: ["hook"], continues: false)])
    }

    @Test
    func `paths of databases are absolute, from the file or, when from the environment, from the project`()
        throws
    {
        var project = SampleProject.small()
        let text = project.files["surety.yaml", default: ""]
            .replacing("\"postgres://db.example/acme\"", with: "\"${WAREHOUSE}\"")
        project.files["surety.yaml"] = text + "\nstate: sqlite:data/state.db\n"
        project.environment = ["WAREHOUSE": "sqlite:../wh"]
        let catalog = try #require(project.read().catalog)
        #expect(catalog.project.state.reveal() == "sqlite:/srv/acme/data/state.db")
        #expect(catalog.project.mainWarehouse.url.reveal() == "sqlite:/srv/wh")
        project.environment = ["WAREHOUSE": "sqlite:/tmp/wh"]
        #expect(project.read().catalog?.project.mainWarehouse.url.reveal() == "sqlite:/tmp/wh")
    }

    @Test func `an asset for_each value binds it in SQL and replaces it in every text`() throws {
        let project = SampleProject.small(
            rest: """
                  mart.sales_{{region}}:
                    for_each: {region: [uk, de]}
                    needs: [raw.orders]
                    interval: day of sold_on
                    build: {sql: "select * from raw.orders where region = :region"}
                    stop: ["region in [{{region}}]"]
                """)
        let assets = try #require(project.read().catalog?.assets)
        let german = try #require(assets[AssetName(schema: "mart", table: "sales_de")])
        #expect(german.params == ["region": .text("de")])
        #expect(german.stop.map(\.text) == ["region in [de]"])
        #expect(assets[AssetName(schema: "mart", table: "sales_uk")] != nil)
    }

    @Test func `the forms of a check mean the same`() throws {
        let project = SampleProject.small(
            asset: """
                warn:
                  - code matches '^[A-Z]{3}$'
                  - {check: "code matches '^[A-Z]{3}$'", name: long, note: Why., samples: [code]}
                  - {column: code, matches: '^[A-Z]{3}$', name: block}
                  - row: |
                      a > 0
                      and b > 0
                  - {sql: q.sql, expect: returns no rows}
                  - {check: rows >= 1, where: "a > 0"}
                """, files: ["q.sql": "select 1 where false"])
        let read = project.read()
        #expect(read.findings.map(\.description) == [])
        let warn = try #require(read.catalog?.assets.values.first?.warn)
        #expect(warn.count == 6)
        #expect(warn[1].body == warn[0].body && warn[2].body == warn[0].body)
        #expect(warn[1].id == "raw.orders/long" && warn[1].note == "Why." && warn[1].samples == ["code"])
        #expect(warn[3].text == "row \"a > 0 and b > 0\"")
        #expect(warn[4].body == .sql("select 1 where false", .noRows))
        #expect(warn[5].filter == "a > 0")
    }

    @Test func `one text in two lists gives two checks`() throws {
        let project = SampleProject.small(asset: "ready: [rows >= 1]\nwarn: [rows >= 1]")
        let asset = try #require(project.read().catalog?.assets.values.first)
        #expect(asset.ready.map(\.id) == ["raw.orders/rows-at-least-1"])
        #expect(asset.warn.map(\.id) == ["raw.orders/rows-at-least-1-warn"])
    }

    @Test func `the text to pin holds what was read, and a change of SQL changes it`() {
        var project = SampleProject.small(asset: "build: {sql: q.sql}", files: ["q.sql": "select 1 as x"])
        let first = project.read().text
        project.files["q.sql"] = "select 2 as x"
        #expect(project.read().text != first)
        #expect(first.contains("select 1 as x"))
    }

    @Test func `only what affects the data is in an asset's definition`() throws {
        func definition(_ asset: String) throws -> String {
            let catalog = try #require(SampleProject.small(asset: asset).read().catalog)
            return try #require(catalog.assets.values.first?.definitionText)
        }
        let base = "build: {sql: select 1 as x}\nparams: {a: 1, b: 2}"
        let same =
            "build: {sql: select 1 as x, timeout: 3m, retries: {times: 3}}\nparams: {b: 2, a: 1}\nowner: ana"
        let kept = try definition(base)
        #expect(try definition(same + "\nwarn: [rows > 3]\nrecovery: [x]\ntags: [y]") == kept)
        for other in [
            "build: {sql: select 2 as x}\nparams: {a: 1, b: 2}",
            "build: {sql: select 1 as x}\nparams: {a: 1, b: \"2\"}",
            base + "\nready: [rows > 0]", "build: {sql: select 1 as x, write: append, undo: {sql: select 1}}",
        ] {
            #expect(try definition(other) != kept)
        }
    }

    @Test func `a thousand assets and two hundred promises are read soon`() {
        var text = SampleProject.head + "assets:\n"
        for number in 0..<1000 {
            text += """
                  a.t\(number):
                    interval: day of d
                    stop: [id not null, rows >= 1, "amount between 0 and 10"]
                    \(number == 0 ? "" : "needs: [a.t\(number - 1)]")
                    \(number == 0 ? "" : "build: {sql: \"select * from a.t\(number - 1) where d = :interval_date\"}")

                """
        }
        text += "promises:\n"
        for number in 0..<200 {
            text += """
                  p\(number):
                    promise: It is there.
                    owner: ana
                    deadline: 08:00 on business
                    through: prior day
                    needs: [a.t\(number * 5)]
                    recovery: [Look.]

                """
        }
        let project = SampleProject(files: ["surety.yaml": text])
        var read = project.read()
        let took = processorTime { read = project.read() }
        #expect(read.catalog?.assets.count == 1000)
        // Without optimisation it is some twenty times slower than it is delivered.
        #expect(took < .seconds(120))
    }

    @Test(arguments: [
        ("late_rows: rebuild within 7d", "interval: day of ordered_on", nil),
        ("late_rows: rebuild within 7d", "key: [id]", "`late_rows: rebuild` needs an `interval`"),
        ("late_rows: ignore", "key: [id]", nil),
        (
            "late_rows: tell\nbuild: {sql: SELECT 1}", "interval: day of ordered_on",
            "`late_rows` has no meaning for what is built"
        ),
    ])
    func `late rows are those of sources, and rebuilding wants intervals`(
        lines: String, interval: String, finding: String?
    ) {
        var project = SampleProject.small(asset: lines)
        project.files["surety.yaml"] = project.files["surety.yaml", default: ""]
            .replacing("interval: day of ordered_on", with: interval)
        let found = project.findings().filter { $0.contains("late_rows") }
        #expect(found.count == (finding == nil ? 0 : 1))
        #expect(found.allSatisfy { $0.contains("warning: \(finding ?? "")") })
    }

    @Test(arguments: [
        (
            "day of ordered_on", "[rows like usual]",
            "every `stop` check of the asset `raw.orders` compares with"
        ),
        ("day of ordered_on", "[rows like usual, rows >= 1]", nil),
        (
            "month of ordered_on", "[rows >= 1, rows within 9% of median of last 4 same weekday]",
            "compares days or"
        ),
        ("month of ordered_on", "[rows >= 1, rows within 9% of median of last 4]", nil),
    ])
    func `comparisons with history that can never tell are found`(
        interval: String, stop: String, finding: String?
    ) {
        var project = SampleProject.small()
        project.files["surety.yaml"] = project.files["surety.yaml", default: ""]
            .replacing("stop: [order_id not null]", with: "stop: \(stop)")
            .replacing("interval: day of ordered_on", with: "interval: \(interval)")
        let found = project.findings().filter { $0.contains("compares") }
        #expect(found.count == (finding == nil ? 0 : 1))
        #expect(found.allSatisfy { $0.contains(finding ?? "") })
    }
}
