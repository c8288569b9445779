import Engine
import SuretyCore
import Testing

extension WarehouseContract {
    /// What building a slice means.
    static let steps: [WarehouseContract] = [
        WarehouseContract("a slice that passes is written, recorded and certified in one go") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(Orders.order(), to: fixture)
            guard case .committed(let rows, let results, let certificate?) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(rows == 1)
            #expect(results.map(\.verdict) == [.pass, .pass])
            #expect(results.map(\.check) == [CheckResult.insideInterval, "rows >= 1"])
            #expect(certificate.content.rows == 1)
            #expect(certificate.columns.map(\.name) == ["day", "orders", "amount"])
            #expect(!certificate.snapshot.system.isEmpty)
            #expect(try await Orders.dailyRows(fixture) == Orders.built)
            #expect(
                try await fixture.warehouse.certificates(of: [Orders.daily.name]) == [
                    certificate.withoutResults
                ])
            let ledger = try await fixture.warehouse.ledger(of: Orders.daily.name)
            #expect(
                ledger == [
                    LedgerEntry(
                        asset: Orders.daily.name, start: Orders.day.interval?.start,
                        end: Orders.day.interval?.end, generation: 1, run: "run000000001",
                        definition: "definition", appliedAt: Orders.now, rows: 1)
                ])
            let certified = try await fixture.rows(
                "SELECT asset, run_id, definition, certificate_id, withdrawn_at FROM surety.certified_assets")
            #expect(certified == [["mart.daily", "run000000001", "definition", "c1", nil]])
        },
        WarehouseContract("a slice whose stop check says no leaves nothing behind") { fixture in
            try await Orders.setUp(fixture)
            var asset = Orders.daily
            asset.stop = [
                Make.check(
                    "rows >= 5", of: asset.name,
                    body: .metric(.rows, .compare(.atLeast, .literal(.number("5")))))
            ]
            let end = try await Orders.apply(Orders.order(of: asset), to: fixture)
            guard case .refused(let cause, let rows, let results) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(cause.kind == .checkFailed)
            #expect(cause.check == "rows >= 5")
            #expect(rows == 1)
            #expect(results.last?.observed == "1")
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
            #expect(try await fixture.warehouse.ledger(of: asset.name).isEmpty)
            #expect(try await fixture.warehouse.certificates(of: [asset.name]).isEmpty)
        },
        WarehouseContract("a slice is certified by a proof once a row was seen that it is about") { fixture in
            try await Orders.setUp(fixture)
            try await fixture.run("DROP TABLE mart.daily")
            try await fixture.run(
                "CREATE TABLE mart.daily (day date, orders bigint NOT NULL, amount bigint, UNIQUE (day))")
            var asset = Orders.daily
            asset.stop = [Make.check("day unique", of: asset.name, body: .row(.unique(["day"])))]
            var rare = Make.check("orders not null", of: asset.name, body: .row(.notNull("orders")))
            rare.filter = "amount > 1000"
            let end = try await Orders.apply(Orders.order(of: asset), to: fixture)
            guard case .committed(_, let results, let certificate) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(certificate != nil)
            #expect(results.last?.proved == true)
            #expect(results.last?.rows == 1)
            asset.stop = [rare]
            let again = Orders.order(of: asset, run: "run000000002", certificate: "c2")
            guard case .refused(let cause, _, let refused) = try await Orders.apply(again, to: fixture) else {
                Issue.record("not refused")
                return
            }
            #expect(cause.kind == .noEvidence)
            #expect(refused.last?.proved == true)
            #expect(refused.last?.vacuous == true)
        },
        WarehouseContract("a generation that the ledger holds is adopted") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            try await fixture.run("DELETE FROM raw.orders")
            let end = try await Orders.apply(
                Orders.order(run: "run000000002", certificate: "c2"), to: fixture)
            guard case .adopted(let entry, let certificate) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(entry.run == "run000000001")
            #expect(certificate?.id == "c1")
            #expect(try await Orders.dailyRows(fixture) == Orders.built)
        },
        WarehouseContract("a next generation is made, and replaces the certificate") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            try await fixture.run("INSERT INTO raw.orders VALUES (5, '2026-11-19', 1, 'e')")
            var order = Orders.order(run: "run000000002", certificate: "c2")
            order.generation = 2
            let judged = Orders.now.adding(seconds: 9)
            let end = try await fixture.warehouse.apply(order) { [order] in
                order.certifier.judge($0, at: judged)
            }
            guard case .committed(1, _, let certificate?) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(certificate.id == "c2")
            #expect(try await Orders.dailyRows(fixture).last == ["2026-11-19", "3", "51"])
            #expect(try await fixture.warehouse.ledger(of: Orders.daily.name).map(\.generation) == [1, 2])
            let certificates = try await fixture.warehouse.certificates(of: [Orders.daily.name])
            #expect(certificates.map(\.id) == ["c1", "c2"])
            #expect(certificates.map(\.isValid) == [false, true])
            #expect(certificates.first?.withdrawal?.why.contains("run000000002") == true)
            // It held until the other was given, however long that took.
            #expect(certificates.first?.withdrawal?.at == judged)
            #expect(try await fixture.rows("SELECT certificate_id FROM surety.certified_assets") == [["c2"]])
        },
        WarehouseContract("a rehearsal tells what would happen and changes nothing") { fixture in
            try await Orders.setUp(fixture)
            var order = Orders.order()
            order.rehearse = true
            let end = try await Orders.apply(order, to: fixture)
            guard case .rehearsed(.certified, 1, let results) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(results.count == 2)
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
            #expect(try await fixture.warehouse.ledger(of: Orders.daily.name).isEmpty)
        },
        WarehouseContract("a row outside the interval refuses the step") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(
                Orders.order(.sql("SELECT day, 1 AS orders, amount FROM raw.orders")), to: fixture)
            guard case .refused(let cause, 4, let results) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(cause.check == CheckResult.insideInterval)
            #expect(results.first?.violations == 2)
            #expect(results.first?.rows == 4)
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
        WarehouseContract("an interval column that is NULL lies outside every interval") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(
                Orders.order(.sql("SELECT CAST(NULL AS date) AS day, 1 AS orders, 1 AS amount")), to: fixture)
            guard case .refused(let cause, 1, _) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(cause.check == CheckResult.insideInterval)
        },
        WarehouseContract("an empty slice is no evidence, unless it may be empty") { fixture in
            try await Orders.setUp(fixture)
            var asset = Orders.daily
            asset.stop = [
                Make.check("amount not null", of: asset.name, body: .row(.notNull("amount")))
            ]
            let nothing = StepOrder.Work.sql("SELECT day, 1 AS orders, amount FROM raw.orders WHERE id < 0")
            guard
                case .refused(let cause, 0, _) = try await Orders.apply(
                    Orders.order(nothing, of: asset), to: fixture)
            else {
                Issue.record("an empty slice got by")
                return
            }
            #expect(cause.kind == .noEvidence)
            asset.empty = .allowed
            guard
                case .committed(0, _, let certificate?) = try await Orders.apply(
                    Orders.order(nothing, of: asset), to: fixture)
            else {
                Issue.record("an empty slice that may be empty was refused")
                return
            }
            #expect(certificate.content.rows == 0)
        },
        WarehouseContract("an asset without stop checks is built, not certified") { fixture in
            try await Orders.setUp(fixture)
            var asset = Orders.daily
            asset.stop = []
            guard
                case .committed(1, _, nil) = try await Orders.apply(
                    Orders.order(of: asset), to: fixture)
            else {
                Issue.record("not built")
                return
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.built)
            #expect(try await fixture.warehouse.ledger(of: asset.name).count == 1)
        },
        WarehouseContract("a step that is audited afterwards is committed unjudged") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            var order = Orders.order(run: "run000000002", certificate: "c2")
            order.auditsBeforeCommit = false
            order.generation = 2
            let end = try await fixture.warehouse.apply(order) { _ in
                .refused(Cause(.checkFailed, asset: Orders.daily.name, interval: nil, message: "asked"))
            }
            #expect(end == .committed(rows: 1, results: [], certificate: nil))
            #expect(
                try await fixture.warehouse.certificates(of: [Orders.daily.name]).map(\.isValid) == [false])
        },
        WarehouseContract("two steps at once have one effect") { fixture in
            try await Orders.setUp(fixture)
            async let first = Orders.apply(
                Orders.order(run: "run000000001", certificate: "c1"), to: fixture)
            async let second = Orders.apply(
                Orders.order(run: "run000000002", certificate: "c2"), to: fixture)
            let ends = try await [first, second]
            let committed = ends.count { if case .committed = $0 { true } else { false } }
            let adopted = ends.count { if case .adopted = $0 { true } else { false } }
            #expect(committed == 1)
            #expect(adopted == 1)
            #expect(try await fixture.warehouse.ledger(of: Orders.daily.name).count == 1)
            #expect(try await Orders.dailyRows(fixture) == Orders.built)
        },
        WarehouseContract("an effect is undone once, and can be made again") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            let sql = "DELETE FROM mart.daily WHERE day >= :interval_start AND day < :interval_end"
            for _ in 1...2 {
                try await fixture.warehouse.undo(
                    sql, of: Orders.daily, slice: Orders.day, run: "run000000002", at: Orders.now)
            }
            #expect(try await Orders.dailyRows(fixture) == [["2026-11-18", "7", "7"]])
            #expect(
                try await fixture.warehouse.certificates(of: [Orders.daily.name]).map(\.isValid) == [false])
            let end = try await Orders.apply(
                Orders.order(run: "run000000003", certificate: "c3"), to: fixture)
            guard case .committed(1, _, .some) = end else {
                Issue.record("\(end)")
                return
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.built)
        },
        WarehouseContract("what the ledger does not hold is not undone") { fixture in
            try await Orders.setUp(fixture)
            await #expect(throws: PortFailure.self) {
                try await fixture.warehouse.undo(
                    "DELETE FROM mart.daily", of: Orders.daily, slice: Orders.day, run: "run000000002",
                    at: Orders.now)
            }
            #expect(try await Orders.dailyRows(fixture) == Orders.untouched)
        },
    ]
}
