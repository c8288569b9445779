import CheckSQL
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@Suite struct `A round of checks` {
    private let checks = [
        Make.check("rows >= 1", of: Make.name("raw.t")),
        Make.check("a not null", of: Make.name("raw.t"), body: .row(.notNull("a"))),
        Make.check("row 'bad > 1'", of: Make.name("raw.t"), body: .row(.condition("bad > 1"))),
    ]

    private func round(_ checks: [Check], context: CheckContext) -> CheckRound {
        CheckRound(
            asset: Make.source("raw.t", days: nil), slice: .whole, checks: checks, context: context,
            snapshot: "7:7:")
    }

    private let context = CheckContext(now: Make.instant("2026-11-20T09:00:00Z"))

    @Test func `lets one check that cannot be asked spoil no other`() throws {
        let results = try round(checks, context: context).run(on: FailingSession(isFatal: false))
        #expect(results.map(\.verdict) == [.pass, .pass, .error])
        #expect(results.map(\.snapshot) == ["7:7:", "7:7:", "7:7:"])
        #expect(results[2].sqlState == "42703")
        #expect(results[2].why == "no column bad")
    }

    private func eight(with bad: [Int: String]) -> [Check] {
        (0..<8).map { number in
            Make.check(
                "row \(number)", of: Make.name("raw.t"),
                body: .row(.condition("\(bad[number] ?? "a\(number)") > 1")))
        }
    }

    @Test func `reads nothing to find out what the database refuses, and asks the rest together`() throws {
        let session = CountingSession()
        let results = try round(eight(with: [2: "bad", 5: "2 * bad"]), context: context).run(on: session)
        #expect(results.map(\.verdict) == (0..<8).map { [2, 5].contains($0) ? .error : .pass })
        #expect(results[5].sqlState == "42703")
        #expect(results[5].why == "no column bad")
        // All eight, then the six good ones; each was shown to the database once.
        #expect(session.queries.withLock { $0.count } == 2)
        #expect(session.shown.withLock { $0 } == 8)
    }

    @Test func `asks the good halves of a scan that fails when it runs`() throws {
        let session = CountingSession()
        let results = try round(eight(with: [1: "bad", 5: "odd"]), context: context).run(on: session)
        #expect(results.map(\.verdict) == (0..<8).map { [1, 5].contains($0) ? .error : .pass })
        #expect(results[5].sqlState == "22012")
        // All eight, the seven that are accepted, a three and a four, two twos and two single ones.
        #expect(session.queries.withLock { $0.count } == 8)
        #expect(session.queries.withLock { $0.count { $0.contains("odd") } } == 5)
        #expect(session.shown.withLock { $0 } == 8)
    }

    @Test func `hands over together what needs nothing of each other`() throws {
        let checks = [
            "a > 1", "bad > 1", "(SELECT 1) > 0",
        ].map { Make.check("row \($0)", of: Make.name("raw.t"), body: .row(.condition($0))) }
        let others = ["a", "bad"].map {
            Make.check(
                "sql \($0)", of: Make.name("raw.t"),
                body: .sql("SELECT \($0) FROM raw.t", .value(.compare(.equal, .literal(.number("0"))))))
        }
        let session = CountingSession()
        let results = try round(checks + others, context: context).run(on: session)
        #expect(results.map(\.check) == (checks + others).map(\.text))
        #expect(results.prefix(3).map(\.verdict) == [.pass, .error, .pass])
        // The scan with the queries of their own, then the scan of what the database accepts.
        #expect(session.batches.withLock { $0 } == [3, 1])
    }

    @Test(arguments: [("7", 1), ("NaN", 2), ("Infinity", 2)])
    func `asks for the finite values alone only where one is not`(sum: String, queries: Int) throws {
        let check = Make.check(
            "sum n = 7", of: Make.name("raw.t"),
            body: .metric(.sum("n"), .compare(.equal, .literal(.number("7")))))
        let session = SummingSession(sum: sum)
        let result = try round([check], context: context).run(on: session)[0]
        let asked = session.queries.withLock { $0.map { $0.contains("NOT IN ('NaN'") } }
        #expect(asked == Array([false, true].prefix(queries)))
        #expect(result.verdict == (queries == 1 ? .pass : .fail))
        #expect(result.observed == "7")
    }

    @Test func `throws when the warehouse is lost`() {
        #expect(throws: QueryFailure(sqlState: "42703", message: "no column bad", isFatal: true)) {
            try round(checks, context: context).run(on: FailingSession(isFatal: true))
        }
    }

    @Test func `takes an accepted failure as it is, and says why`() throws {
        var context = context
        context.accepted = [checks[2].id: "ana looks into it"]
        let result = try round([checks[2]], context: context).run(on: FailingSession(isFatal: false))[0]
        #expect(result.accepted)
        #expect(!result.blocks)
        #expect(result.why == "no column bad; accepted: ana looks into it")
    }

    @Test func `about a source has a check that its interval column is never NULL`() {
        let source = Make.source("raw.t", days: "day").builtInChecks
        #expect(source.map(\.text) == [CheckResult.intervalColumnNotNull])
        #expect(source.map(\.list) == [.builtIn])
        #expect(Make.built("mart.t", from: []).builtInChecks.isEmpty)
        #expect(Make.source("raw.t", days: nil).builtInChecks.isEmpty)
    }

    @Test(arguments: [(Int64(3), Int64(0), Verdict.pass), (3, 1, .fail), (0, 0, .pass)])
    func `about a step tells of rows outside the interval`(inside: Int64, outside: Int64, verdict: Verdict)
        throws
    {
        let result = try #require(
            CheckRound.insideInterval(
                Make.built("mart.t", from: []), slice: Make.day("2026-11-19"), inside: inside,
                outside: outside,
                snapshot: "1"))
        #expect(result.verdict == verdict)
        #expect(result.blocks == (outside > 0))
        #expect(result.vacuous == (inside + outside == 0))
        #expect(result.violations == outside)
    }
}

/// A warehouse of four rows of one column that refuses every query with the word `bad`.
private struct FailingSession: CheckSession {
    let isFatal: Bool

    var dialect: Dialect { .postgres }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? {
        TableInfo(name: name, columns: [ColumnInfo(name: "a", type: "integer", nullable: true)])
    }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        if query.sql.contains("bad") {
            throw QueryFailure(sqlState: "42703", message: "no column bad", isFatal: isFatal)
        }
        return query.sql.contains("count(\"a\")") ? [["4", "4"]] : [["4"]]
    }

    func refusal(of query: CheckQuery) -> QueryFailure? {
        query.sql.contains("bad") ? QueryFailure(sqlState: "42703", message: "no column bad") : nil
    }
}

/// A warehouse without rows that refuses every query with the word `bad`, fails while it runs one with the word `odd`, and
/// remembers what it was asked.
private final class CountingSession: CheckSession {
    let queries = Mutex<[String]>([])
    /// How many were shown to it without being run.
    let shown = Mutex(0)
    /// How many were asked together each time.
    let batches = Mutex<[Int]>([])

    var dialect: Dialect { .postgres }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? {
        TableInfo(name: name, columns: [ColumnInfo(name: "a", type: "integer", nullable: true)])
    }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        queries.withLock { $0.append(query.sql) }
        if let refusal = refusal(query) { throw refusal }
        if query.sql.contains("odd") { throw QueryFailure(sqlState: "22012", message: "division by zero") }
        return [Array(repeating: "0", count: 40)]
    }

    func refusal(of query: CheckQuery) -> QueryFailure? {
        shown.withLock { $0 += 1 }
        return refusal(query)
    }

    private func refusal(_ query: CheckQuery) -> QueryFailure? {
        query.sql.contains("bad") ? QueryFailure(sqlState: "42703", message: "no column bad") : nil
    }

    func replies(to queries: [CheckQuery]) throws(QueryFailure) -> [Reply] {
        batches.withLock { $0.append(queries.count) }
        return try queries.map { query throws(QueryFailure) in try reply(to: query) }
    }
}

/// A warehouse of one column of numbers, one of which may not be finite.
private final class SummingSession: CheckSession {
    let queries = Mutex<[String]>([])
    private let sum: String

    init(sum: String) { self.sum = sum }

    var dialect: Dialect { .postgres }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? {
        TableInfo(name: name, columns: [ColumnInfo(name: "n", type: "numeric", nullable: true)])
    }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        queries.withLock { $0.append(query.sql) }
        return query.sql.contains("NOT IN ('NaN'") ? [["2", "1", "7"]] : [["3", sum]]
    }

    func refusal(of query: CheckQuery) -> QueryFailure? { nil }
}
