import SuretyCore
import SuretyTestKit
import Testing

@Suite struct PlannerTests {
    let raw = Make.source("raw.billing")
    let rates = Make.source("raw.rates")
    let mart = Make.built(
        "mart.revenue",
        from: [
            Need(Make.name("raw.billing")), Need(Make.name("raw.rates"), .latest(within: Period(4, .day))),
        ])
    let now = Make.instant("2026-11-20T06:00:00Z")

    func planner(_ certificates: [Certificate], _ options: Planner.Options = .init()) -> Planner {
        let assets = Dictionary(uniqueKeysWithValues: [raw, rates, mart].map { ($0.name, $0) })
        return Planner(
            lineage: Lineage(assets: assets, certificates: CertificateIndex(certificates), now: now),
            options: options
        ) { _ in "definition" }
    }

    func actions(_ plan: Plan) -> [String] { plan.steps.map { "\($0.action.rawValue) \($0.key)" } }

    @Test func `inputs come before what is made from them`() {
        let plan = planner([]).plan(.asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])

        #expect(plan.steps.first?.key == StepKey(raw.name, Make.day("2026-11-19")))
        #expect(plan.steps.last?.key == StepKey(mart.name, Make.day("2026-11-19")))
        #expect(plan.intervals == ["2026-11-19"])
    }

    @Test func `a latest input is tried from the newest interval down to the bound, and not required`() {
        let plan = planner([]).plan(.asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])
        let tried = plan.steps.filter { $0.key.asset == rates.name }

        #expect(tried.map { $0.key.slice.label } == ["2026-11-19", "2026-11-18", "2026-11-17", "2026-11-16"])
        #expect(tried.allSatisfy { !$0.isRequired })
    }

    @Test func `an input that was certified anew with the same rows makes nothing stale`() {
        let old = Make.certificate("c1", raw, Make.day("2026-11-19")).withdrawn(at: now, why: "replaced")
        let same = Make.certificate("c3", raw, Make.day("2026-11-19"))
        let other = Make.certificate("c4", raw, Make.day("2026-11-19"), rows: 4)
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1"])
        let wish = [mart.name: [Make.day("2026-11-19")]]

        #expect(
            actions(planner([old, revenue, same]).plan(.asset(mart), slices: wish)) == [
                "keep mart.revenue 2026-11-19"
            ])
        #expect(
            actions(planner([old, revenue, other]).plan(.asset(mart), slices: wish)).last
                == "build mart.revenue 2026-11-19")
        #expect(
            actions(planner([old, revenue]).plan(.asset(mart), slices: wish)).last
                == "build mart.revenue 2026-11-19")
    }

    @Test func `a certified interval is kept as it is, and nothing upstream is looked at`() {
        let billing = Make.certificate("c1", raw, Make.day("2026-11-19"))
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1"])
        let plan = planner([billing, revenue]).plan(
            .asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])

        #expect(actions(plan) == ["keep mart.revenue 2026-11-19"])
        #expect(plan.isNothingToDo)
    }

    @Test func `what was withdrawn later held before, and what was given later was not there`() {
        let key = StepKey(mart.name, Make.day("2026-11-19"))
        let billing = Make.certificate("c1", raw, Make.day("2026-11-19")).withdrawn(
            at: now, why: "1 row more")
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1"])
        func standing(_ seconds: Int64) -> Planner.Standing {
            let past = planner([billing, revenue]).lineage.asOf(now.adding(seconds: seconds))
            return Planner(lineage: past) { _ in "definition" }.standing(of: key)
        }
        #expect(standing(-1) == .current(revenue))
        #expect(standing(0) == .stale(revenue, why: "raw.billing 2026-11-19 changed since"))
        #expect(standing(-365 * 86_400) == .none)
    }

    @Test func `a withdrawn input makes what rests on it stale, and both are made anew`() {
        let billing = Make.certificate("c1", raw, Make.day("2026-11-19")).withdrawn(
            at: now, why: "1 row more")
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1"])
        let plan = planner([billing, revenue]).plan(
            .asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])
        let step = plan.steps.last

        #expect(step?.action == .build)
        #expect(step?.rebuilds == true)
        #expect(step?.why == "raw.billing 2026-11-19 changed since")
        #expect(actions(plan).contains("check raw.billing 2026-11-19"))
    }

    @Test func `a plan says that late rows are why a slice is made anew`() {
        let why = Certificate.Withdrawal.rowsMoved(
            from: ContentMark(rows: 3, fingerprint: "a"), to: ContentMark(rows: 15, fingerprint: "b"))
        let billing = Make.certificate("c1", raw, Make.day("2026-11-19")).withdrawn(at: now, why: why)
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1"])
        let gone = revenue.withdrawn(at: now, why: "raw.billing 2026-11-19 changed since")
        func whys(_ revenue: Certificate) -> [String] {
            planner([billing, revenue]).plan(.asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])
                .steps.filter(\.rebuilds).map(\.why)
        }
        let source = "late rows: its certificate was withdrawn: 12 rows more than were certified"
        #expect(whys(revenue) == [source, "late rows: raw.billing 2026-11-19 changed since"])
        #expect(
            whys(gone) == [
                source, "late rows: its certificate was withdrawn: raw.billing 2026-11-19 changed since",
            ])
    }

    @Test func `a later change of a latest input leaves certified intervals alone`() {
        let billing = Make.certificate("c1", raw, Make.day("2026-11-19"))
        let rate = Make.certificate("c3", rates, Make.day("2026-11-18")).withdrawn(at: now, why: "corrected")
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1", "c3"])
        let plan = planner([billing, rate, revenue])
            .plan(.asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])

        #expect(actions(plan) == ["keep mart.revenue 2026-11-19"])
    }

    @Test func `an interval that has not ended is waited for`() {
        let plan = planner([]).plan(.asset(raw), slices: [raw.name: [Make.day("2026-11-20")]])

        #expect(actions(plan) == ["wait raw.billing 2026-11-20"])
    }

    @Test func `again makes only the wanted slices anew`() {
        let billing = Make.certificate("c1", raw, Make.day("2026-11-19"))
        let rate = Make.certificate("c3", rates, Make.day("2026-11-19"))
        let revenue = Make.certificate("c2", mart, Make.day("2026-11-19"), inputs: ["c1"])
        let plan = planner([billing, rate, revenue], .init(again: true))
            .plan(.asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])

        #expect(
            actions(plan) == [
                "keep raw.billing 2026-11-19", "keep raw.rates 2026-11-19", "build mart.revenue 2026-11-19",
            ])
    }

    @Test func `the fingerprint of a plan changes with what is certified`() {
        let slices = [mart.name: [Make.day("2026-11-19")]]
        let before = planner([]).plan(.asset(mart), slices: slices).fingerprintText
        let after = planner([Make.certificate("c1", raw, Make.day("2026-11-19"))])
            .plan(.asset(mart), slices: slices).fingerprintText

        #expect(before != after)
    }
}
