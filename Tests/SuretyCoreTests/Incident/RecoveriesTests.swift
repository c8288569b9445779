import SuretyCore
import SuretyTestKit
import Testing

@Suite struct RecoveriesTests {
    private let promise: Promise = {
        var promise = Promise(
            id: "p", location: Make.location, sentence: "By eight.", owner: "ana",
            deadline: .times([CivilTime(secondOfDay: 8 * 3600)], on: nil, zone: .utc), through: .priorDay,
            needs: [])
        promise.expected = Period(20, .minute)
        return promise
    }()

    /// Incidents of a promise, a day apart, that took so many minutes each; nil: it is still open.
    private func incidents(_ minutes: [Int64?], of promise: PromiseID = "p") -> [Incident] {
        minutes.enumerated().map { number, minutes in
            let opened = Make.instant("2026-11-01T06:00:00Z").adding(seconds: Int64(number) * 86_400)
            let trouble = Trouble(
                cause: Cause(.stepFailed, asset: Make.name("m.a"), interval: nil, message: "no"),
                intervals: [], affects: [], promises: [promise], consumers: [], severity: .high)
            var incident = Incident(id: IncidentID(rawValue: "inc_\(number)"), trouble: trouble, at: opened)
            incident.resolvedAt = minutes.map { opened.adding(seconds: $0 * 60) }
            return incident
        }
    }

    @Test func `recovery takes as long as the median of the last eight`() {
        let recoveries = Recoveries(incidents([900, 900, 1, 2, 3, 4, 5, 6, 7, 8, nil]))
        #expect(recoveries.seconds(for: promise) == 4.5 * 60)
    }

    @Test(arguments: [[], [5], [5, 7], [5, 7, nil]] as [[Int64?]])
    func `too few recoveries tell nothing, and what is expected counts`(minutes: [Int64?]) {
        #expect(Recoveries(incidents(minutes)).seconds(for: promise) == 20 * 60)
    }

    @Test func `recoveries of other promises tell nothing`() {
        #expect(Recoveries(incidents([1, 1, 1], of: "q")).seconds(for: promise) == 20 * 60)
    }

    @Test func `where nothing is known it takes half an hour`() {
        var promise = promise
        promise.expected = nil
        #expect(Recoveries([]).seconds(for: promise) == 30 * 60)
    }
}
