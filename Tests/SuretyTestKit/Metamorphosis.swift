import Engine
import SuretyCore
import Testing

/// What must stay true of checks when the rows that they look at are changed in ways that mean little or nothing.
///
/// Rows are made up from a seed, so that a failure happens again.
public struct Metamorphosis<Fixture: WarehouseFixture> {
    private let fixture: Fixture
    private var random: SplitMix
    private let rows: [MadeUpRow]

    private static var day: CivilDate { CivilDate("2026-11-19") ?? CivilDate(dayNumber: 0) }

    /// Rows of three days, made up from a seed.
    public init(_ fixture: Fixture, seed: UInt64) async throws {
        self.fixture = fixture
        var random = SplitMix(state: seed)
        rows = (0..<90).map { number in MadeUpRow(number, before: Self.day.adding(days: 1), &random) }
        self.random = random
        try await fixture.schema("raw")
    }

    /// Rows in another order change nothing.
    public mutating func differencesOfPermuting() async throws -> [String] {
        let checks = Self.local + Self.values + Self.others
        let one = try await results(of: rows, checks)
        let other = try await results(of: rows.shuffled(using: &random), checks)
        return zip(one, other).filter { $0.0 != $0.1 }.map { "\($0.0) became \($0.1)" }
    }

    /// A row whose values are all NULL changes nothing that checks say of values.
    public func differencesOfNothing() async throws -> [String] {
        let checks = Self.local.filter { !Self.ofNulls.contains($0) } + Self.values
        var more = rows
        more.append(MadeUpRow(at: rows[0].at))
        let one = try await results(of: rows, checks)
        let other = try await results(of: more, checks)
        return zip(one, other).flatMap { one, other in
            one.differences(from: other, ["verdict", "observed", "violations", "rows", "vacuous"])
        }
    }

    /// The hours of a day tell together what the day tells.
    public func differencesOfSplitting() async throws -> [String] {
        let checks = Self.local + ["sum q > 0", "sum n > 0", "sum x > 0"]
        let day = try await results(of: rows, checks)
        var sums = checks.map { _ in Sums() }
        for hour in 0..<24 {
            let start = Zone.utc.startOfDay(Self.day).adding(seconds: Int64(hour) * 3600)
            let slice = Cadence(.hour, in: .utc).interval(containing: start).map(Slice.interval)
            let part = try await results(of: rows, checks, cadence: .hour, slice: slice, isFresh: false)
            for (index, result) in part.enumerated() { sums[index].add(result) }
        }
        return zip(day, sums).compactMap { result, sums in
            var whole = Sums()
            whole.add(result)
            return whole == sums ? nil : "\(result.check): \(whole) is not the sum of its hours, \(sums)"
        }
    }

    /// Every row twice doubles what is counted and leaves what is measured.
    public func differencesOfDoubling() async throws -> [String] {
        let measures = Self.values.filter { !$0.hasPrefix("sum") && !$0.hasPrefix("stddev") }
        let checks =
            Self.local + measures + ["duplicates q, t = 0 over interval", "q, t unique over interval"]
        let one = try await results(of: rows, checks)
        let other = try await results(of: rows + rows, checks)
        var found: [String] = []
        for (once, twice) in zip(one, other).prefix(Self.local.count) where !once.check.contains("unique") {
            if twice.violations != once.violations.map({ 2 * $0 }) || twice.rows != once.rows.map({ 2 * $0 })
                || twice.unknown != once.unknown.map({ 2 * $0 })
            {
                found.append("\(once) became \(twice)")
            }
            if once.check.contains("%"), once.verdict != twice.verdict {
                found.append("\(once) became \(twice)")
            }
        }
        for (once, twice) in zip(one, other).dropFirst(Self.local.count).dropLast(2) {
            found += once.differences(from: twice, ["verdict", "observed"])
        }
        let (surplus, unique) = (other[other.count - 2], other[other.count - 1])
        let before = one[one.count - 2]
        if surplus.violations != (before.rows ?? 0) + (before.violations ?? 0) {
            found.append("\(before) became \(surplus)")
        }
        if unique.violations != unique.rows { found.append("\(unique)") }
        return found
    }

    /// The same wall times in another zone tell the same.
    public func differencesOfZones() async throws -> [String] {
        let checks = Self.local + Self.values + Self.others
        let here = try await results(of: rows, checks)
        var found: [String] = []
        for name in ["Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "Africa/Lagos"] {
            let there = try await results(of: rows, checks, zone: Make.zone(name))
            for (one, other) in zip(here, there) {
                found += one.differences(
                    from: other, ["verdict", "violations", "rows", "unknown", "vacuous", "wall"]
                ).map { "\(name): \($0)" }
            }
        }
        return found
    }
}

extension Metamorphosis {
    /// Rules that each row obeys or breaks by itself, or compared with the whole table.
    private static var local: [String] {
        [
            "q not null", "missing t <= 20%", "missing q < 3", "q in [1, 2, 3]", "q not in [4]", "n >= 0",
            "n between 0 and 20", "n not between 5 and 6", "x < 4 except 10%", "t = 'b'", "t length > 0",
            "t matches '^[a-c]'", "t like 'a%'", "q = id", "n >= x", "row 'q > 2 or t is null'",
            "q references raw.made_up.id", "id unique", "q, n unique", "x >= 1 where 'q > 1'",
        ]
    }

    /// Those of them that count NULLs, or rows of which a rule cannot tell.
    private static var ofNulls: Set<String> {
        ["q not null", "missing t <= 20%", "missing q < 3", "row 'q > 2 or t is null'"]
    }

    /// What is measured of values.
    private static var values: [String] {
        [
            "distinct q > 2", "distinct t, q > 3", "min q > 0", "max n < 50", "avg n > 3", "avg q > 2",
            "sum n > 10", "sum x > 1", "avg x > 1", "stddev n > 1", "median n > 2", "median x > 2",
            "min t > 'a'", "max t = 'é'",
        ]
    }

    private static var others: [String] {
        [
            "rows >= 1", "duplicates q, t = 0", "duplicates id = 0 over interval", "distinct t, q <= 50%",
            "max at < interval end", "min wall >= interval start", "at not in future", "wall not in future",
            "d not in future", "wall <= now", "d <= at", "at = wall", "d = 2026-11-19",
            "wall < 2026-11-19T12:00", "at < 2026-11-19T12:00", "q increasing by at",
            "n strictly decreasing by id", "t increasing by wall", "p90 x > 1", "p1 n > 1",
            "fresh at within 30m", "fresh wall within 2h", "fresh d within 12h", "no gaps in at by hour",
            "no gaps in wall by hour", "no gaps in d by day", "no gaps in at by day",
            "rows within 50% of previous", "sum n within 20% of median of last 2", "rows like usual",
            "sum n equals sum raw.made_up.n", "rows = 30 over last 1d", "rows = 30 over last 36h",
        ]
    }

    /// What checks say of rows; the wall times in a zone, and the instants that they mean there.
    private func results(
        of rows: [MadeUpRow], _ texts: [String], cadence: Grain = .day, slice: Slice? = nil,
        zone: Zone = .utc, isFresh: Bool = true
    ) async throws -> [CheckResult] {
        if isFresh {
            for statement in MadeUpRow.setup(rows, zone) { try await fixture.run(statement) }
        }
        var asset = Make.source("raw.made_up", days: "at")
        asset.interval = IntervalRule(cadence: Cadence(cadence, in: zone), column: "at")
        asset.key = ["id"]
        let wall = CivilDateTime(Self.day, CivilTime(secondOfDay: 82_800))
        let made = CheckFixture(
            name: "made up", setup: [], asset: asset,
            slice: slice ?? Make.day(Self.day.description, in: zone),
            context: CheckContext(now: zone.instant(of: wall)), cases: texts.map { CheckCase($0, .pass) })
        let evidence = try await fixture.warehouse.ask(
            QuestionRound(
                asset: asset, slice: made.slice, checks: try made.checks(on: .postgres).map(\.check),
                context: made.context))
        let failed = evidence.results.filter { $0.verdict == .error }.map { "\($0.check): \($0.why)" }
        #expect(failed == [])
        return evidence.results.map { result in
            var result = result
            result.snapshot = nil
            result.durationMilliseconds = nil
            return result
        }
    }
}

/// A row of a made-up table.
private struct MadeUpRow {
    let at: CivilDateTime
    var id: String?
    var q: String?
    var n: String?
    var x: String?
    var t: String?
    var hasTimes = true

    /// A row without values.
    init(at: CivilDateTime) {
        self.at = at
        hasTimes = false
    }

    init(_ number: Int, before end: CivilDate, _ random: inout SplitMix) {
        let date = end.adding(days: -1 - number / 30)
        at = CivilDateTime(date, CivilTime(secondOfDay: Int.random(in: 0..<86_400, using: &random)))
        func maybe(_ value: String) -> String? { Int.random(in: 0..<6, using: &random) == 0 ? nil : value }
        id = "\(Int.random(in: 0..<200, using: &random))"
        q = maybe("\(Int.random(in: -1..<6, using: &random))")
        n = maybe("\(Int.random(in: -3..<30, using: &random)).\(Int.random(in: 10..<100, using: &random))")
        // Quarters, so that sums do not depend on the order of the rows.
        x = maybe("\(Double(Int.random(in: -4..<40, using: &random)) / 4)")
        t = maybe(["'a'", "'ab'", "'b'", "''", "'A'", "'é'", "'c d'"].randomElement(using: &random) ?? "''")
    }

    static func setup(_ rows: [MadeUpRow], _ zone: Zone) -> [String] {
        [
            "DROP TABLE IF EXISTS raw.made_up",
            """
            CREATE TABLE raw.made_up (at timestamptz, wall timestamp, d date, id integer, q integer, n numeric(12,2),
              x double precision, t text)
            """,
            "INSERT INTO raw.made_up VALUES " + rows.map { $0.values(zone) }.joined(separator: ", "),
        ]
    }

    private func values(_ zone: Zone) -> String {
        let wall = "\(at)".replacing("T", with: " ")
        let instant = zone.instant(of: at).description.replacing("T", with: " ").replacing("Z", with: "")
        let times = hasTimes ? "'\(instant)', '\(wall)', '\(at.date)'" : "'\(instant)', NULL, NULL"
        return "(\(times), \([id, q, n, x, t].map { $0 ?? "NULL" }.joined(separator: ", ")))"
    }
}

/// What can be added up of the results of parts.
private struct Sums: Equatable {
    private var rows: Int64 = 0
    private var violations: Int64 = 0
    private var unknown: Int64 = 0
    private var sum = ExactNumber(0)

    mutating func add(_ result: CheckResult) {
        rows += result.rows ?? 0
        violations += result.violations ?? 0
        unknown += result.unknown ?? 0
        if result.check.hasPrefix("sum"), let number = result.observed.flatMap({ ExactNumber($0) }) {
            sum = sum + number
        }
    }
}

extension CheckResult {
    /// How some of the fields differ from those of another; `wall`: what was observed, without the offset of a time.
    fileprivate func differences(from other: CheckResult, _ fields: Set<String>) -> [String] {
        func wall(_ text: String?) -> String? { text.map { $0.contains(":") ? String($0.prefix(19)) : $0 } }
        let pairs: [(String, String, String)] = [
            ("verdict", verdict.rawValue, other.verdict.rawValue),
            ("observed", observed ?? "nil", other.observed ?? "nil"),
            ("wall", wall(observed) ?? "nil", wall(other.observed) ?? "nil"),
            ("violations", "\(violations ?? -1)", "\(other.violations ?? -1)"),
            ("rows", "\(rows ?? -1)", "\(other.rows ?? -1)"),
            ("unknown", "\(unknown ?? -1)", "\(other.unknown ?? -1)"),
            ("vacuous", "\(vacuous)", "\(other.vacuous)"),
        ]
        return pairs.filter { fields.contains($0.0) && $0.1 != $0.2 }.map {
            "\(check): \($0.0) \($0.1) became \($0.2) (\(other.why))"
        }
    }
}

/// Numbers that only look random, the same for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
