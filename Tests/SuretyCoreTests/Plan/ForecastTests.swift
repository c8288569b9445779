import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `how long what is left takes` {
    /// `raw.orders` and `raw.rates` become `mart.sales`, and that `mart.revenue`.
    private let assets: [AssetName: Asset] = {
        let orders = Make.source("raw.orders")
        let rates = Make.source("raw.rates")
        let sales = Make.built("mart.sales", from: [Need(orders.name), Need(rates.name)])
        let revenue = Make.built("mart.revenue", from: [Need(sales.name)])
        return Dictionary([orders, rates, sales, revenue].map { ($0.name, $0) }) { first, _ in first }
    }()

    private func key(_ asset: String, _ day: String = "2026-11-19") -> StepKey {
        StepKey(Make.name(asset), Make.day(day))
    }

    /// What is left, in words, where each asset took 1, 2, … times so many seconds ten times before.
    private func remaining(
        _ usual: [String: Double], _ open: [StepKey], elapsed: [StepKey: Double] = [:], runs: Int = 10
    ) -> String? {
        let durations = usual.map { asset, unit in
            (Make.name(asset), (1...runs).map { unit * Double($0) }.reversed())
        }
        return Forecast(Dictionary(durations) { first, _ in first }.mapValues(Array.init))
            .remaining(open, among: assets) { elapsed[$0] }
            .map { "\(Int($0.seconds)) \($0.slowest) \(Int($0.slowestSeconds))" }
    }

    @Test func `it is the longest chain of the 90th percentiles of what is open`() {
        let usual: [String: Double] = ["raw.orders": 1, "raw.rates": 2, "mart.sales": 10, "mart.revenue": 5]
        #expect(remaining(usual, [key("mart.revenue")]) == "45 mart.revenue 45")
        #expect(remaining(usual, [key("mart.revenue"), key("mart.sales")]) == "135 mart.sales 90")
        #expect(
            remaining(usual, [key("raw.orders"), key("raw.rates"), key("mart.sales"), key("mart.revenue")])
                == "153 mart.sales 90")
        // What lies between them is certified already.
        #expect(remaining(usual, [key("raw.rates"), key("mart.revenue")]) == "63 mart.revenue 45")
    }

    @Test func `the intervals of one asset are made one after another`() {
        let open = ["2026-11-17", "2026-11-18", "2026-11-19"].map { key("mart.sales", $0) }
        #expect(remaining(["mart.sales": 10], open) == "270 mart.sales 270")
    }

    @Test(arguments: [(30.0, "60 mart.sales 60"), (90, "0 mart.sales 0"), (500, "0 mart.sales 0")])
    func `what has been worked at is left shorter, and never less than nothing`(elapsed: Double, left: String)
    {
        let open = key("mart.sales")
        #expect(remaining(["mart.sales": 10], [open], elapsed: [open: elapsed]) == left)
    }

    @Test func `fewer than eight earlier steps are not enough to judge by`() {
        #expect(remaining(["mart.sales": 10], [key("mart.sales")], runs: 7) == nil)
        #expect(remaining(["mart.sales": 10], [key("mart.sales")], runs: 8) == "80 mart.sales 80")
        #expect(remaining(["mart.sales": 10], [key("mart.sales"), key("raw.orders")]) == nil)
        #expect(remaining(["mart.sales": 10], []) == nil)
    }

    @Test func `of equally slow ones the first by name is named`() {
        let usual: [String: Double] = ["raw.orders": 1, "raw.rates": 1]
        #expect(remaining(usual, [key("raw.rates"), key("raw.orders")]) == "9 raw.orders 9")
    }
}
