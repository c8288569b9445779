import Engine
import SuretyCore
import Testing

extension WarehouseContract {
    /// How results get into tables.
    static let writes: [WarehouseContract] = [
        WarehouseContract("a table that is missing is made from the SELECT's columns") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("fresh.daily", from: [], days: "day")
            try await fixture.schema("fresh")
            let end = try await Orders.apply(Orders.order(of: asset), to: fixture)
            guard case .committed(1, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
            let table = try #require(try await fixture.warehouse.table(asset.name))
            #expect(table.columns.map(\.name) == ["amount", "day", "orders"])
        },
        WarehouseContract("a refused step leaves no table that it made") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("mart.fresh", from: [], days: "day")
            _ = try await Orders.apply(
                Orders.order(.sql("SELECT day, amount FROM raw.orders WHERE id < 0"), of: asset), to: fixture)
            #expect(try await fixture.warehouse.table(asset.name) == nil)
        },
        WarehouseContract("columns that are missing or surplus refuse the step by name") { fixture in
            try await Orders.setUp(fixture)
            let failure = await Orders.failure(
                of: Orders.order(.sql("SELECT day, 1 AS ordres, amount FROM raw.orders")), on: fixture)
            #expect(failure?.kind == .refused)
            #expect(failure?.message.contains("orders") == true)
            #expect(failure?.message.contains("ordres") == true)
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
        WarehouseContract("replacing the table replaces all of it") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("mart.daily", from: [], days: nil)
            let end = try await Orders.apply(
                Orders.order(
                    .sql(
                        "SELECT day, count(*) AS orders, sum(amount) AS amount FROM raw.orders GROUP BY day;"),
                    of: asset, .whole, write: .replaceTable),
                to: fixture)
            guard case .committed(3, _, let certificate?) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(certificate.start == nil)
            #expect(try await Orders.dailyRows(fixture).map { $0[2] } == ["10", "50", "40"])
        },
        WarehouseContract("appending keeps what is there") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(write: .append), to: fixture)
            #expect(
                try await Orders.dailyRows(fixture)
                    == [["2026-11-18", "7", "7"], ["2026-11-19", "2", "50"], ["2026-11-19", "8", "8"]])
        },
        WarehouseContract(
            "appending again takes the earlier rows back in the same transaction, or keeps them"
        ) {
            fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(write: .append), to: fixture)
            let before = try await Orders.dailyRows(fixture)
            var bad = Orders.order(
                .sql(
                    "SELECT day, 0 AS orders, -1 AS amount FROM raw.orders WHERE day = :interval_date LIMIT 1"
                ),
                run: "run000000002", certificate: "c2", write: .append)
            bad.generation = 2
            bad.undo = "DELETE FROM mart.daily WHERE day = :interval_date AND orders = 2"
            let refusing = try await fixture.warehouse.apply(bad) { _ in
                .refused(Cause(.checkFailed, asset: Orders.daily.name, interval: nil, message: "no"))
            }
            guard case .refused = refusing else {
                Issue.record("\(refusing)")
                return
            }
            #expect(try await Orders.dailyRows(fixture) == before)

            var good = Orders.order(run: "run000000003", certificate: "c3", write: .append)
            good.generation = 2
            good.undo = bad.undo
            _ = try await Orders.apply(good, to: fixture)
            #expect(try await Orders.dailyRows(fixture) == before)
            #expect(try await fixture.warehouse.ledger(of: Orders.daily.name).map(\.generation) == [1, 2])
        },
        WarehouseContract("merging updates the rows whose key is there and inserts the others") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("mart.daily", from: [], days: nil)
            let end = try await Orders.apply(
                Orders.order(
                    .sql(
                        "SELECT day, count(*) AS orders, sum(amount) AS amount FROM raw.orders WHERE id > 1 GROUP BY day"
                    ),
                    of: asset, .whole, write: .merge(on: ["day"])),
                to: fixture)
            guard case .committed(2, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(
                try await Orders.dailyRows(fixture)
                    == [["2026-11-18", "7", "7"], ["2026-11-19", "2", "50"], ["2026-11-20", "1", "40"]])
        },
        WarehouseContract("merging refuses a key that comes twice or is NULL") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("mart.daily", from: [], days: nil)
            for query in [
                "SELECT day, 1 AS orders, amount FROM raw.orders",
                "SELECT CAST(NULL AS date) AS day, 1 AS orders, 1 AS amount",
            ] {
                let failure = await Orders.failure(
                    of: Orders.order(.sql(query), of: asset, .whole, write: .merge(on: ["day"])), on: fixture)
                #expect(failure?.kind == .refused)
                #expect(failure?.message.contains("day") == true)
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
        WarehouseContract("a view is made of the SELECT") { fixture in
            try await Orders.setUp(fixture)
            let asset = Make.built("mart.big", from: [], days: nil)
            let end = try await Orders.apply(
                Orders.order(
                    .sql("SELECT id, amount FROM raw.orders WHERE amount > 15"), of: asset, .whole,
                    write: .view),
                to: fixture)
            guard case .committed(_, _, let certificate?) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(certificate.content.rows == 3)
            #expect(try await fixture.warehouse.table(asset.name)?.isView == true)
        },
        WarehouseContract("a script runs statement by statement") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(
                Orders.order(
                    .sql(
                        """
                        DELETE FROM mart.daily WHERE day >= :interval_start AND day < :interval_end;
                        INSERT INTO mart.daily SELECT day, count(*), sum(amount) FROM raw.orders
                        WHERE day >= :interval_start AND day < :interval_end GROUP BY day;
                        """),
                    write: .script),
                to: fixture)
            guard case .committed(_, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.built)
        },
        WarehouseContract("a script cannot end its transaction") { fixture in
            try await Orders.setUp(fixture)
            for ending in ["COMMIT", "ROLLBACK", "END", "BEGIN"] {
                let failure = await Orders.failure(
                    of: Orders.order(.sql("DELETE FROM mart.daily; \(ending)"), write: .script), on: fixture)
                #expect(failure?.kind == .refused)
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
        WarehouseContract("only a script runs anything but one SELECT") { fixture in
            try await Orders.setUp(fixture)
            for sql in ["DELETE FROM mart.daily", "SELECT 1; SELECT 2", "", "-- nothing"] {
                #expect(await Orders.failure(of: Orders.order(.sql(sql)), on: fixture)?.kind == .refused)
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
        WarehouseContract("SQL that cannot run refuses the step") { fixture in
            try await Orders.setUp(fixture)
            for sql in ["SELECT FROM WHERE", "SELECT * FROM raw.nowhere", "SELECT nothing FROM raw.orders"] {
                let failure = await Orders.failure(of: Orders.order(.sql(sql)), on: fixture)
                #expect(failure?.kind == .refused)
                #expect(failure?.isRetryable == false)
            }
        },
        WarehouseContract("odd names are names") { fixture in
            try await fixture.schema("größe \"x\"")
            try await fixture.run(
                #"CREATE TABLE "größe ""x""" ."Été; DROP" ("der Tag" date, "ström""" text)"#)
            let name = AssetName(schema: "größe \"x\"", table: "Été; DROP")
            var asset = Make.built("a.b", from: [], days: "der Tag")
            asset.name = name
            let end = try await Orders.apply(
                Orders.order(
                    .sql(#"SELECT 'å' AS "ström""", CAST('2026-11-19' AS date) AS "der Tag""#), of: asset),
                to: fixture)
            guard case .committed(1, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(try await fixture.warehouse.table(name)?.columns.map(\.name) == ["der Tag", "ström\""])
        },
    ]
}
