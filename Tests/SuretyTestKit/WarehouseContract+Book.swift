import Engine
import SuretyCore
import Testing

extension WarehouseContract {
    /// Certificates, ledger, and what SQL users see.
    static let book: [WarehouseContract] = [
        WarehouseContract("preparing again changes nothing") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            try await fixture.warehouse.prepare(clockOffset: 0)
            #expect(try await fixture.warehouse.certificates(of: [Orders.daily.name]).count == 1)
        },
        WarehouseContract("facts of the real clock and of a simulated one do not mix") { fixture in
            try await fixture.warehouse.prepare(clockOffset: 5_000_000)
            try await fixture.warehouse.prepare(clockOffset: 0)
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            let failure = await #expect(throws: PortFailure.self) {
                try await fixture.warehouse.prepare(clockOffset: 5_000_000)
            }
            #expect(failure?.kind == .conflict)
        },
        WarehouseContract("a certificate recorded from outside replaces the valid one") { fixture in
            try await Orders.setUp(fixture)
            let certificates: [CertificateID] = ["c1", "c2"]
            for (id, rows) in zip(certificates, [3, 4] as [Int64]) {
                _ = try await fixture.warehouse.record(
                    Make.certificate(id, Orders.source, Orders.day, rows: rows), ledger: nil)
            }
            let found = try await fixture.warehouse.certificates(of: [Orders.source.name, Orders.daily.name])
            #expect(found.map(\.id) == certificates)
            #expect(found.map(\.isValid) == [false, true])
            #expect(found.last == Make.certificate("c2", Orders.source, Orders.day, rows: 4).withoutResults)
        },
        WarehouseContract("a certificate stands when another says the same of the same rows of an interval") {
            fixture in
            try await Orders.setUp(fixture)
            let first = Make.certificate("c1", Orders.source, Orders.day)
            #expect(try await fixture.warehouse.record(first, ledger: nil).id == "c1")
            let second = Make.certificate("c2", Orders.source, Orders.day, at: Orders.now.adding(seconds: 9))
            #expect(try await fixture.warehouse.record(second, ledger: nil).id == "c1")
            let found = try await fixture.warehouse.certificates(of: [Orders.source.name])
            #expect(found.map(\.isValid) == [true])
            let whole = Make.source("raw.orders", days: nil)
            for id in ["w1", "w2"] as [CertificateID] {
                #expect(
                    try await fixture.warehouse.record(Make.certificate(id, whole, .whole), ledger: nil).id
                        == id)
            }
        },
        WarehouseContract("what checks observed when slices were certified can be read, the newest first") {
            fixture in
            try await Orders.setUp(fixture)
            let asset = Orders.source
            let check = asset.stop[0]
            let history = CheckBody.relative(.max("a"), .likeUsual)
            let seen: [(CertificateID, Slice, String, Double)] = [
                ("c1", Make.day("2026-11-18"), "41", 41), ("c2", Orders.day, "12.50", 12.5),
                ("c3", Orders.day, "P1D", 86_400), ("c4", .whole, "not a number", .nan),
            ]
            for (index, (id, slice, observed, number)) in seen.enumerated() {
                var result = CheckResult(check, of: asset.name, slice: slice, .pass)
                (result.observed, result.observedNumber) = (observed, number)
                // What may not be shown is remembered all the same.
                if id == "c2" { result = result.concealing("a", of: history) }
                let certifier = Certifier(
                    asset: asset, slice: slice, run: "run000000001", definition: "definition", inputs: [],
                    certificate: id)
                let evidence = Make.evidence([result], rows: Int64(index + 1))
                let judgement = certifier.judge(evidence, at: Orders.now)
                guard case .certified(let certificate) = judgement else {
                    Issue.record("not certified: \(judgement)")
                    return
                }
                _ = try await fixture.warehouse.record(certificate, ledger: nil)
            }
            func value(_ text: String, _ slice: Slice) -> RecordedObservation? {
                ExactNumber(text).map {
                    RecordedObservation(
                        check: check.id, text: check.text, start: slice.interval?.start,
                        certifiedAt: Orders.now, value: $0)
                }
            }
            let found = try await fixture.warehouse.observations(
                of: [check.id, "raw.orders/other"], on: asset.name)
            #expect(
                found == [
                    value("86400", Orders.day), value("12.50", Orders.day),
                    value("41", Make.day("2026-11-18")),
                ])
            #expect(try await fixture.warehouse.observations(of: [], on: asset.name) == [])
            #expect(try await fixture.warehouse.observations(of: [check.id], on: Orders.daily.name) == [])
            #expect(try await fixture.warehouse.observations(of: ["raw.orders/other"], on: asset.name) == [])
        },
        WarehouseContract("an effect that is elsewhere can be noted without a certificate") { fixture in
            try await Orders.setUp(fixture)
            let entry = LedgerEntry(
                asset: Orders.daily.name, start: Orders.day.interval?.start, end: Orders.day.interval?.end,
                generation: 1, run: "run000000001", definition: "definition", appliedAt: Orders.now, rows: 0)
            try await fixture.warehouse.record(entry)
            #expect(try await fixture.warehouse.ledger(of: Orders.daily.name) == [entry])
        },
        WarehouseContract("a certificate comes with its ledger entry or not at all") { fixture in
            try await Orders.setUp(fixture)
            let certificate = Make.certificate("c1", Orders.daily, Orders.day)
            let entry = LedgerEntry(
                asset: Orders.daily.name, start: certificate.start, end: certificate.end, generation: 1,
                run: certificate.run, definition: certificate.definition, appliedAt: Orders.now, rows: 3)
            _ = try await fixture.warehouse.record(certificate, ledger: entry)
            #expect(try await fixture.warehouse.ledger(of: Orders.daily.name) == [entry])
            await #expect(throws: PortFailure.self) {
                _ = try await fixture.warehouse.record(
                    Make.certificate("c2", Orders.daily, Orders.day), ledger: entry)
            }
            let found = try await fixture.warehouse.certificates(of: [Orders.daily.name])
            #expect(found == [certificate.withoutResults])
        },
        WarehouseContract("a withdrawn certificate says when and why, and stays withdrawn") { fixture in
            try await Orders.setUp(fixture)
            _ = try await Orders.apply(Orders.order(), to: fixture)
            let later = Orders.now.adding(milliseconds: 1)
            try await fixture.warehouse.withdraw(["c1", "c9"], why: "it's changed", at: later)
            try await fixture.warehouse.withdraw(["c1"], why: "again", at: Orders.now)
            let found = try await fixture.warehouse.certificates(of: [Orders.daily.name])
            #expect(found.first?.withdrawal?.at == later)
            #expect(found.first?.withdrawal?.why == "it's changed")
            let certified = try await fixture.rows(
                "SELECT certificate_id FROM surety.certified_assets WHERE withdrawn_at IS NOT NULL")
            #expect(certified == [["c1"]])
        },
        WarehouseContract("the same rows look the same, whatever their order; any change shows") { fixture in
            try await Orders.setUp(fixture)
            let days = [Orders.day, Make.day("2026-11-18"), Make.day("2026-11-21")]
            let before = try await fixture.warehouse.look(at: Orders.source, slices: days)
            #expect(before.content.count == 3)
            #expect(before.content[Orders.day]?.rows == 2)
            #expect(before.content[days[2]]?.rows == 0)
            let alone = try await fixture.warehouse.look(at: Orders.source, slices: [Orders.day])
            #expect(alone.content[Orders.day] == before.content[Orders.day])
            try await fixture.run("DELETE FROM raw.orders WHERE id = 2")
            try await fixture.run("INSERT INTO raw.orders VALUES (2, '2026-11-19', 20, 'b')")
            let same = try await fixture.warehouse.look(at: Orders.source, slices: days)
            #expect(same.content == before.content)
            try await fixture.run("UPDATE raw.orders SET customer = '' WHERE id = 3")
            let after = try await fixture.warehouse.look(at: Orders.source, slices: days)
            #expect(after.content[Orders.day]?.rows == 2)
            #expect(after.content[Orders.day] != before.content[Orders.day])
            #expect(after.content[days[1]] == before.content[days[1]])
        },
        WarehouseContract("a certificate's content is what a look finds") { fixture in
            try await Orders.setUp(fixture)
            let end = try await Orders.apply(Orders.order(), to: fixture)
            guard case .committed(_, _, let certificate?) = end else {
                Issue.record("\(end)")
                return
            }
            let look = try await fixture.warehouse.look(at: Orders.daily, slices: [Orders.day])
            #expect(look.content[Orders.day] == certificate.content)
            #expect(look.snapshot.relation == certificate.snapshot.relation)
            #expect(look.snapshot.system == certificate.snapshot.system)
        },
        WarehouseContract("a table that is gone has no content") { fixture in
            let look = try await fixture.warehouse.look(at: Orders.source, slices: [Orders.day, .whole])
            #expect(look.content.isEmpty)
        },
        WarehouseContract("what a promise owes is replaced, other promises are left alone") { fixture in
            let interval = Orders.day.interval
            func row(_ promise: PromiseID, _ deadline: String, _ asset: String = "mart.daily") -> OwedRow {
                OwedRow(
                    promise: promise, asset: Make.name(asset), start: interval?.start, end: interval?.end,
                    closesAt: Orders.now, deadline: Make.instant(deadline))
            }
            func status(_ promise: PromiseID, _ state: String) -> PromiseStatusRow {
                PromiseStatusRow(
                    promise: promise, owner: "ana", deadline: Orders.now, through: nil, state: state,
                    reason: "it's so")
            }
            let (first, second) = ("2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z")
            try await fixture.warehouse.publish(status("q", "kept"), owed: [row("q", first)])
            try await fixture.warehouse.publish(status("p", "late"), owed: [row("p", first)])
            try await fixture.warehouse.publish(
                status("p", "kept"), owed: [row("p", second), row("p", second, "mart.other")])
            let owed = try await fixture.rows(
                "SELECT promise, asset FROM surety.owed ORDER BY promise, asset")
            #expect(owed == [["p", "mart.daily"], ["p", "mart.other"], ["q", "mart.daily"]])
            let states = try await fixture.rows(
                "SELECT promise, owner, through, state, reason FROM surety.promise_status ORDER BY promise")
            #expect(
                states == [["p", "ana", nil, "kept", "it's so"], ["q", "ana", nil, "kept", "it's so"]])
            try await fixture.warehouse.forget(["p", "nosuchpromise"])
            let left = try await fixture.rows(
                "SELECT promise FROM surety.owed UNION ALL SELECT promise FROM surety.promise_status")
            #expect(left == [["q"], ["q"]])
        },
    ]
}
