import SuretyCore
import SuretyTestKit
import Testing

@Suite struct IncidentBookTests {
    private let now = Make.instant("2026-11-20T06:00:00Z")

    private func trouble(
        _ asset: String = "raw.billing", intervals: [String] = ["2026-11-19"], severity: Severity = .high,
        kind: Cause.Kind = .checkFailed
    ) -> Trouble {
        Trouble(
            cause: Cause(kind, asset: Make.name(asset), interval: intervals.last, message: "no"),
            intervals: intervals, affects: intervals.map { "\(asset) \($0)" }, promises: ["p"], consumers: [],
            severity: severity)
    }

    /// What the book tells, in words.
    private func observe(
        _ book: inout IncidentBook, _ troubles: [Trouble], recovering: Set<IncidentRoot> = [], at now: Instant
    ) -> [String] {
        book.observe(troubles, recovering: recovering, at: now) { "inc_1" }.map {
            "\($0.event?.rawValue ?? "-") \($0.incident.root) \($0.incident.status.rawValue)"
        }
    }

    @Test func `a trouble opens an incident, which is told once however often it is seen`() {
        var book = IncidentBook([])
        #expect(observe(&book, [trouble()], at: now) == ["opened raw.billing|check firing"])
        #expect(observe(&book, [trouble()], at: now.adding(seconds: 60)) == [])
    }

    @Test func `consecutive intervals of one root join, and are told at most every five minutes`() throws {
        var book = IncidentBook([])
        _ = observe(&book, [trouble()], at: now)
        let grown = trouble(intervals: ["2026-11-19", "2026-11-20"])
        #expect(observe(&book, [grown], at: now.adding(seconds: 10)) == ["- raw.billing|check firing"])
        let more = trouble(intervals: ["2026-11-21"])
        let changes = book.observe([more], at: now.adding(seconds: 400)) { "inc_2" }
        let incident = try #require(changes.first?.incident)
        #expect(changes.map(\.event) == [.updated])
        #expect(incident.intervals == ["2026-11-19", "2026-11-20", "2026-11-21"])
        #expect(incident.id == "inc_1")
    }

    @Test func `ten thousand failures of one root in a minute are one incident and one message`() {
        var book = IncidentBook([])
        var told = 0
        for number in 0..<10_000 {
            let day = "2026-11-\(10 + number % 20)"
            let changes = book.observe(
                [trouble(intervals: [day])], at: now.adding(milliseconds: Int64(number * 6))
            ) { "inc_1" }
            told += changes.count { $0.event != nil }
        }
        #expect(told == 1)
    }

    @Test func `what was withdrawn is told again when it was asked again and refused`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble(kind: .withdrawn)], at: now)
        #expect(
            observe(&book, [trouble()], at: now.adding(seconds: 9)) == ["updated raw.billing|check firing"])
        #expect(observe(&book, [trouble()], at: now.adding(seconds: 18)) == [])
    }

    @Test func `what was only recorded is told as new once it concerns somebody`() {
        var book = IncidentBook([])
        var recorded = trouble()
        recorded.isExperiment = true
        _ = observe(&book, [recorded], at: now)
        #expect(
            observe(&book, [trouble()], at: now.adding(seconds: 9)) == ["opened raw.billing|check firing"])
        #expect(observe(&book, [recorded], at: now.adding(seconds: 18)) == [])
    }

    @Test func `what gets worse is told at once`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble()], at: now)
        let worse = trouble(severity: .critical)
        #expect(observe(&book, [worse], at: now.adding(seconds: 1)) == ["updated raw.billing|check firing"])
        let better = trouble(severity: .info)
        #expect(observe(&book, [better], at: now.adding(seconds: 2)) == [])
    }

    @Test func `another class of cause is another incident, and the first is over`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble()], at: now)
        let changes = observe(&book, [trouble(kind: .permission)], at: now.adding(seconds: 60))
        #expect(changes == ["opened raw.billing|permission firing", "resolved raw.billing|check resolved"])
    }

    @Test func `it recovers while its root is run again, and is over when nothing is wrong`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble()], at: now)
        #expect(
            observe(&book, [trouble()], recovering: [trouble().root], at: now.adding(seconds: 5)) == [
                "- raw.billing|check recovering"
            ])
        #expect(observe(&book, [], at: now.adding(seconds: 9)) == ["resolved raw.billing|check resolved"])
        #expect(observe(&book, [], at: now.adding(seconds: 10)) == [])
    }

    @Test func `what is being made again is not over, though nothing is seen of it meanwhile`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble()], at: now)
        let root = trouble().root
        #expect(
            observe(&book, [], recovering: [root], at: now.adding(seconds: 5)) == [
                "- raw.billing|check recovering"
            ])
        #expect(observe(&book, [], recovering: [root], at: now.adding(seconds: 6)) == [])
        #expect(observe(&book, [trouble()], at: now.adding(seconds: 9)) == ["- raw.billing|check firing"])
    }

    @Test func `an incident does not go over to what holds up another interval`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble("mart.b", intervals: ["2026-11-18"])], at: now)
        var other = trouble("raw.a", intervals: ["2026-11-19"])
        other.affects = ["mart.b 2026-11-19", "raw.a 2026-11-19"]
        #expect(
            observe(&book, [other], at: now.adding(seconds: 60)) == [
                "opened raw.a|check firing", "resolved mart.b|check resolved",
            ])
    }

    @Test func `every deadline that passes because of it is told`() {
        var book = IncidentBook([])
        var trouble = trouble(severity: .critical)
        trouble.overdue = ["p 07:00"]
        _ = observe(&book, [trouble], at: now)
        #expect(observe(&book, [trouble], at: now.adding(seconds: 60)) == [])
        trouble.overdue = ["p 07:00", "q 08:00"]
        #expect(
            observe(&book, [trouble], at: now.adding(seconds: 120)) == ["updated raw.billing|check firing"])
        #expect(observe(&book, [trouble], at: now.adding(seconds: 180)) == [])
    }

    @Test func `what it grew by soon after it was told is told when the time has come`() {
        var book = IncidentBook([])
        _ = observe(&book, [trouble()], at: now)
        let grown = trouble(intervals: ["2026-11-19", "2026-11-20"])
        #expect(observe(&book, [grown], at: now.adding(seconds: 10)) == ["- raw.billing|check firing"])
        #expect(observe(&book, [grown], at: now.adding(seconds: 20)) == [])
        #expect(observe(&book, [grown], at: now.adding(seconds: 300)) == ["updated raw.billing|check firing"])
        #expect(observe(&book, [grown], at: now.adding(seconds: 900)) == [])
    }

    @Test func `within an hour it opens again as the same, later as a new one`() throws {
        var book = IncidentBook([])
        // What it held up in its first time is in order when it opens again.
        _ = observe(&book, [trouble(intervals: ["2026-11-01", "2026-11-19"])], at: now)
        _ = observe(&book, [], at: now.adding(seconds: 60))
        let again = book.observe([trouble()], at: now.adding(seconds: 3000)) { "inc_2" }
        #expect(again.map(\.event) == [.reopened])
        #expect(again.first?.incident.id == "inc_1")
        #expect(again.first?.incident.intervals == trouble().intervals)
        _ = observe(&book, [], at: now.adding(seconds: 3060))
        let later = book.observe([trouble()], at: now.adding(seconds: 9000)) { "inc_2" }
        #expect(later.map(\.event) == [.opened])
        #expect(later.first?.incident.id == "inc_2")
    }

    @Test func `what flaps is not told every time`() {
        var book = IncidentBook([])
        var told: [String] = []
        for number in 0..<8 {
            let start = now.adding(seconds: Int64(number * 600))
            told += observe(&book, [trouble()], at: start)
            _ = observe(&book, [], at: start.adding(seconds: 300))
        }
        #expect(told.filter { $0.hasPrefix("opened") }.count == 1)
        #expect(told.filter { $0.hasPrefix("reopened") }.count == 3)
        #expect(told.filter { $0.hasPrefix("-") }.count == 4)
    }

    @Test(arguments: [
        (Tier.one, -60.0, Severity.critical), (.one, 1800, .critical), (.one, 36_000, .high),
        (.two, -60, .high), (.two, 36_000, .warning), (.three, 60, .warning), (.three, 36_000, .info),
    ])
    func `severity follows from the tier and the time left`(tier: Tier, left: Double, severity: Severity) {
        #expect(Severity(tier: tier, secondsLeft: left, recovery: 1800) == severity)
    }

    @Test func `a message that fails is tried again after ever longer waits, for about six hours`() {
        let waits = (1...41).map { DeliveryPolicy.wait(after: $0, jitter: 0.5) }
        #expect(waits.prefix(6) == [5, 30, 120, 300, 600, 600])
        #expect(waits.last == .some(nil))
        #expect(DeliveryPolicy.wait(after: 1, jitter: 0, asked: 77) == 77)
    }
}
