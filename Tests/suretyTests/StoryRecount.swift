import Foundation
import GRDB
import SuretyCore
import SuretyTestKit
import Testing

/// What a week came to, counted with plain SQL from the facts in a project's state.
///
/// It is written from what the figures mean; nothing of the program that made them counts here.
struct StoryRecount {
    /// The promises of the sample that no headline counts.
    private static let experiments: Set<PromiseID> = ["promotions-on-monday"]
    /// The promise that each consumer with a refresh is served by.
    private static let refreshed: [PromiseID: ConsumerID] = ["revenue-by-8": "leadership-revenue"]

    private let week: Range<Int64>
    private let counts: FactCounts

    /// Counts the week `2026-W14` of the sample's zone in the file of a state.
    init(of label: String, in file: String) throws {
        let week = try Self.week(label)
        self.week = week
        counts = try DatabaseQueue(path: file).read { try FactCounts(of: week, in: $0) }
    }

    /// Compares each figure of a report.
    func compare(with figures: Story.Figures) {
        for line in figures.promises {
            let own = counts.outcomes[line.id] ?? [:]
            #expect(line.kept == Self.kept(own), "kept of \(line.id)")
            #expect(line.total == own.values.reduce(0, +) - (own["waived"] ?? 0), "all of \(line.id)")
        }
        #expect(Set(figures.promises.map(\.id)) == Set(counts.outcomes.keys))
        let counted = counts.outcomes.filter { !Self.experiments.contains($0.key) }.values
        let all = counted.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: +) }
        for (word, number) in figures.summary where word != "occurrences" {
            #expect(number == all[word] ?? 0, "occurrences \(word)")
        }
        #expect(figures.summary["occurrences"] == all.values.reduce(0, +))
        #expect(figures.incidents == counts.incidents)
        #expect(figures.alerts?.incidents == counts.incidents.count { $0.notifications > 0 })
        #expect(figures.alerts?.delivered == counts.delivered)
        for (reason, number) in figures.alerts?.suppressed ?? [:] {
            #expect(number == counts.suppressed[reason] ?? 0, "not told: \(reason)")
        }
        for consumer in figures.consumers {
            #expect(consumer.gateHeldBack == counts.closings[consumer.id] ?? 0, "gate of \(consumer.id)")
        }
    }

    /// Compares when what was owed was shown, and which week it is.
    func compare(with report: Documents.Report) {
        #expect(report.from.milliseconds == week.lowerBound)
        #expect(report.to.milliseconds == week.upperBound)
        for promise in report.promises {
            guard let consumer = Self.refreshed[promise.id] else { continue }
            for occurrence in promise.occurrences where occurrence.outcome != .missed {
                let first = occurrence.interval.flatMap { counts.shown[consumer]?[$0] }
                #expect(occurrence.published?.milliseconds == first, "\(promise.id)")
            }
        }
    }

    private static func kept(_ outcomes: [String: Int]) -> Int {
        (outcomes["kept"] ?? 0) + (outcomes["kept_with_warnings"] ?? 0)
    }

    /// From Monday, 00:00 to the next, in milliseconds since 1970, as the calendar of Foundation has it.
    private static func week(_ label: String) throws -> Range<Int64> {
        let numbers = label.split(separator: "-W").compactMap { Int($0) }
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
        let monday = DateComponents(weekday: 2, weekOfYear: numbers.last, yearForWeekOfYear: numbers.first)
        let start = try #require(calendar.date(from: monday))
        let end = try #require(calendar.date(byAdding: .day, value: 7, to: start))
        return Int64(start.timeIntervalSince1970) * 1000..<Int64(end.timeIntervalSince1970) * 1000
    }
}
