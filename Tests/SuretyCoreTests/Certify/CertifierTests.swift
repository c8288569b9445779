import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CertifierTests {
    let now = Make.instant("2026-11-20T06:00:00Z")
    let day = Make.day("2026-11-19")

    func judge(_ asset: Asset, _ verdicts: [(CheckList, Verdict, vacuous: Bool)], rows: Int64) -> Judgement {
        let results = verdicts.map { list, verdict, vacuous in
            var result = CheckResult(
                Make.check("check", of: asset.name, in: list), of: asset.name, slice: day, verdict)
            result.vacuous = vacuous
            return result
        }
        return Certifier(
            asset: asset, slice: day, run: "run", definition: "d", inputs: [], certificate: "c"
        ).judge(Make.evidence(results, rows: rows), at: now)
    }

    @Test(arguments: [Verdict.fail, .noEvidence, .error])
    func `a stop check that is not a pass refuses`(_ verdict: Verdict) {
        guard case .refused(let cause) = judge(Make.source("raw.a"), [(.stop, verdict, false)], rows: 3)
        else {
            Issue.record("not refused")
            return
        }
        #expect(cause.check == "check")
        #expect(cause.owner == "ana")
    }

    @Test func `a warning never refuses`() {
        let judgement = judge(Make.source("raw.a"), [(.stop, .pass, false), (.warn, .fail, false)], rows: 3)
        guard case .certified(let certificate) = judgement else {
            Issue.record("not certified")
            return
        }
        #expect(certificate.interval == "2026-11-19")
    }

    @Test func `only vacuous passes are no evidence`() {
        guard case .refused(let cause) = judge(Make.source("raw.a"), [(.stop, .pass, true)], rows: 3) else {
            Issue.record("not refused")
            return
        }
        #expect(cause.kind == .noEvidence)
    }

    @Test func `a proof is evidence only of a row that was seen`() {
        var asset = Make.source("raw.a")
        asset.stop = [Make.check("a not null", of: asset.name, body: .row(.notNull("a")))]
        func judgement(rows: Int64?) -> Judgement {
            let judge = Judge(asset.stop[0], of: asset.name, slice: day, zone: .utc)
            var result = judge.provedForRows("NOT NULL of a")
            #expect(result.why == "proved by NOT NULL of a")
            #expect(result.proved && !result.vacuous && result.violations == 0)
            result.rows = rows
            return Certifier(
                asset: asset, slice: day, run: "run", definition: "d", inputs: [], certificate: "c"
            ).judge(Make.evidence([result], rows: 3), at: now)
        }
        for rows: Int64? in [nil, 0] {
            guard case .refused(let cause) = judgement(rows: rows) else {
                Issue.record("not refused")
                continue
            }
            #expect(cause.message == "no stop check has looked at any row of 2026-11-19")
        }
        guard case .certified = judgement(rows: 1) else {
            Issue.record("not certified")
            return
        }
    }

    @Test func `an empty interval certifies only where that is allowed`() {
        var asset = Make.source("raw.a")
        guard case .refused = judge(asset, [(.stop, .pass, true)], rows: 0) else {
            Issue.record("not refused")
            return
        }
        asset.empty = .allowedExceptOn(.weekdays([.mon]))
        guard case .certified = judge(asset, [(.stop, .pass, true)], rows: 0) else {
            Issue.record("not certified")
            return
        }
    }

    @Test func `an empty interval does not certify because a check looked at other rows`() {
        guard case .refused(let cause) = judge(Make.source("raw.a"), [(.stop, .pass, false)], rows: 0) else {
            Issue.record("not refused")
            return
        }
        #expect(cause.kind == .noEvidence)
        #expect(cause.message == "there are no rows for 2026-11-19")
    }

    @Test func `an asset without stop checks is built, never certified`() {
        var asset = Make.source("raw.a")
        asset.stop = []
        #expect(judge(asset, [(.warn, .pass, false)], rows: 3) == .built)
    }
}
