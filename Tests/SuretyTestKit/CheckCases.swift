import Declarations
public import SuretyCore
public import Testing

/// The contract of checks, for every warehouse: tables, checks about them, and what they must find out.
///
/// A warehouse runs `fixture.setup`, asks every case's check in one round, and compares with `expected`. Statements
/// that insert instants are run with the session's zone set to UTC.
public struct CheckFixture: Sendable, CustomTestStringConvertible {
    /// What it is about.
    public var name: String
    /// Statements that make the tables of schema `raw` anew, the same for every warehouse.
    public var setup: [String]
    /// Statements that only one kind of warehouse runs, after the others.
    public var more: [Warehouse: [String]] = [:]
    /// The asset.
    public var asset: Asset
    /// The slice.
    public var slice: Slice
    /// What the round knows.
    public var context: CheckContext
    /// The checks, and what they must find out.
    public var cases: [CheckCase]

    /// Tables, and checks about one of them.
    public init(
        name: String, setup: [String], more: [Warehouse: [String]] = [:], asset: Asset, slice: Slice,
        context: CheckContext, cases: [CheckCase]
    ) {
        self.name = name
        self.setup = setup
        self.more = more
        self.asset = asset
        self.slice = slice
        self.context = context
        self.cases = cases
    }

    /// A kind of warehouse.
    public enum Warehouse: Hashable, Sendable, CaseIterable {
        case postgres
        case sqlite
    }

    /// The name, as tests show it.
    public var testDescription: String { name }

    /// The statements for one kind of warehouse.
    public func setup(on warehouse: Warehouse) -> [String] { setup + (more[warehouse] ?? []) }

    /// The cases for one kind of warehouse with their checks, read from their text.
    public func checks(on warehouse: Warehouse) throws -> [(case: CheckCase, check: Check)] {
        let parser = CheckParser(
            calendars: ["business": BusinessCalendar(weekdays: [.mon, .tue, .wed, .thu, .fri])],
            zone: asset.interval?.cadence.zone ?? context.zone)
        return try cases.filter { $0.on.contains(warehouse) }.enumerated().map { index, wanted in
            let parsed = try parser.parse(wanted.check)
            var check = Check(
                id: CheckID(rawValue: "\(asset.name)/\(index)"), text: parsed.text, list: .stop,
                location: Make.location, body: parsed.bodies[0].body)
            check.filter = parsed.filter
            check.scope = parsed.scope
            check.tolerance = parsed.tolerance
            check.days = parsed.days
            check.samples = wanted.samples
            return (wanted, check)
        }
    }
}

/// One check, and what it must find out.
public struct CheckCase: Sendable {
    /// The check's text.
    public var check: String
    /// The verdict.
    public var verdict: Verdict
    /// `observed`; nil: not compared.
    public var observed: String?
    /// `expected`; nil: not compared.
    public var expected: String?
    /// The rows that break the rule; nil: not compared.
    public var violations: Int64?
    /// Rows looked at; nil: not compared.
    public var rows: Int64?
    /// Rows of which the rule cannot tell; nil: not compared.
    public var unknown: Int64?
    /// Whether there was nothing to judge.
    public var vacuous = false
    /// Whether the catalogue proves it; nil: not compared.
    public var proved: Bool?
    /// What `why` contains.
    public var why = ""
    /// SQLSTATE; nil: not compared.
    public var sqlState: String?
    /// Columns shown beside the key.
    public var samples: [String] = []
    /// The sample rows; nil: not compared.
    public var sampled: [[String: String?]]?
    /// What all violating rows must have in common; `.some(nil)`: nothing that others do not have too; nil: not compared.
    public var slice: String??
    /// A text that stands nowhere in what is shown of the result; nil: not looked for.
    public var hidden: String?
    /// The warehouses that it is meant for.
    public var on: Set<CheckFixture.Warehouse> = Set(CheckFixture.Warehouse.allCases)

    /// What differs between a result and what was expected; empty if nothing does.
    public func differences(from result: CheckResult) -> [String] {
        var found: [String] = []
        func compare<T: Equatable>(_ name: String, _ wanted: T?, _ actual: T?) {
            guard let wanted, wanted != actual else { return }
            found.append(
                "\(check): \(name) is \(actual.map { "\($0)" } ?? "nil"), not \(wanted) (\(result.why))")
        }
        compare("verdict", verdict, result.verdict)
        compare("observed", observed, result.observed)
        compare("expected", expected, result.expected)
        compare("violations", violations, result.violations)
        compare("rows", rows, result.rows)
        compare("unknown", unknown, result.unknown)
        compare("vacuous", vacuous, result.vacuous)
        compare("proved", proved, result.proved)
        compare("sqlState", sqlState, result.sqlState)
        compare("samples", sampled, result.samples)
        if let slice, slice != result.slice {
            found.append("\(check): slice is '\(result.slice ?? "nil")', not '\(slice ?? "nil")'")
        }
        if let hidden {
            var shown = result.withoutConcealed
            (shown.durationMilliseconds, shown.snapshot) = (nil, nil)
            if "\(shown)".contains(hidden) { found.append("\(check): \(hidden) stands in \(shown)") }
            compare("shown", "", result.observed ?? "")
        }
        if !why.isEmpty, !result.why.contains(why) {
            found.append("\(check): why is '\(result.why)', not '\(why)'")
        }
        return found
    }

    /// A case.
    public init(
        _ check: String, _ verdict: Verdict, observed: String? = nil, violations: Int64? = nil,
        rows: Int64? = nil, unknown: Int64? = nil, vacuous: Bool = false, why: String = "",
        sqlState: String? = nil
    ) {
        self.check = check
        self.verdict = verdict
        self.observed = observed
        self.violations = violations
        self.rows = rows
        self.unknown = unknown
        self.vacuous = vacuous
        self.why = why
        self.sqlState = sqlState
    }

    /// A case that passes without reading rows, because of what the words name.
    public static func proved(_ check: String, by words: String) -> CheckCase {
        var wanted = CheckCase(check, .pass, violations: 0, why: "proved by \(words)")
        wanted.proved = true
        return wanted
    }

    /// A case that no guarantee proves, so that rows are read.
    public static func read(_ check: String, _ verdict: Verdict, violations: Int64? = nil) -> CheckCase {
        var wanted = CheckCase(check, verdict, violations: violations)
        wanted.proved = false
        return wanted
    }

    /// The same for one kind of warehouse.
    public func only(_ warehouse: CheckFixture.Warehouse) -> CheckCase {
        var copy = self
        copy.on = [warehouse]
        return copy
    }

    /// The same with what all violating rows must have in common; nil: nothing.
    public func common(_ slice: String?) -> CheckCase {
        var copy = self
        copy.slice = .some(slice)
        return copy
    }

    /// The same with a value that is observed and nowhere to be seen.
    public func hiding(_ value: String) -> CheckCase {
        var copy = self
        copy.hidden = value
        return copy
    }

    /// The same with what the result says that was expected.
    public func expecting(_ expected: String) -> CheckCase {
        var copy = self
        copy.expected = expected
        return copy
    }

    /// The same with columns to show, and the rows that must be shown.
    public func showing(_ columns: [String] = [], _ rows: [[String: String?]]) -> CheckCase {
        var copy = self
        copy.samples = columns
        copy.sampled = rows
        return copy
    }
}
