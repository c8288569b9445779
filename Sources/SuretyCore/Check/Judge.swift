/// Turns what was measured for one check into its result. Pure: the same measurement gives the same verdict.
public struct Judge: Sendable {
    /// The check.
    public let check: Check
    /// The asset.
    public let asset: AssetName
    /// The slice.
    public let slice: Slice
    /// The zone in which times are shown and dates begin.
    public let zone: Zone

    /// A judge of one check.
    public init(_ check: Check, of asset: AssetName, slice: Slice, zone: Zone) {
        self.check = check
        self.asset = asset
        self.slice = slice
        self.zone = zone
    }

    /// A verdict and nothing more.
    public func verdict(_ verdict: Verdict, why: String = "") -> CheckResult {
        CheckResult(check, of: asset, slice: slice, verdict, why: why)
    }

    /// It could not be found out.
    public func error(_ why: String, sqlState: String?) -> CheckResult {
        var result = verdict(.error, why: why)
        result.sqlState = sqlState
        return result
    }

    /// A metric against what it is compared with.
    public func metric(_ measured: MetricMeasurement, _ comparison: BoundComparison) -> CheckResult {
        var result = verdict(.pass, why: measured.why)
        result.expected = comparison.text(in: zone)
        result.rows = measured.looked
        result.violations = measured.violations
        result.unit = comparison.isPercent ? "%" : measured.unit
        let holds: Bool?
        if comparison.isPercent {
            guard let base = measured.base, let part = measured.part else {
                return misfit(result, "a percentage of this metric means nothing")
            }
            guard base > 0 else {
                result.verdict = .noEvidence
                result.why = "there are no rows to take a percentage of"
                return result
            }
            result.observed = Share(part, of: base).text
            result.observedNumber = Share(part, of: base).percent
            holds = comparison.holds(forShare: part, of: base)
        } else if let value = measured.value {
            result.observed = value.text(in: zone)
            result.observedNumber = value.double
            holds = comparison.holds(for: value, in: zone)
        } else if measured.odd > 0 {
            holds = false
        } else {
            result.verdict = .noEvidence
            result.why = "there are no values"
            return result
        }
        guard let holds else { return misfit(result, "it cannot be compared with that") }
        if measured.odd > 0 {
            result.verdict = .fail
            result.violations = measured.odd
            result.why = "\(measured.odd.counted("value")) not finite (NaN or infinity)"
            return result
        }
        result.verdict = holds ? .pass : .fail
        result.vacuous = holds && measured.isVacuousWithoutRows && measured.base == 0
        return result
    }

    /// A rule that each row obeys.
    public func rows(_ measured: RowMeasurement) -> CheckResult {
        var result = verdict(.pass, why: measured.why)
        result.rows = measured.looked
        result.violations = measured.violations
        result.unknown = measured.unknown
        result.unit = measured.unit
        result.expected = check.tolerance.map(\.expectation) ?? "no violations"
        if check.tolerance?.isPercent == true, measured.looked > 0 {
            let share = Share(measured.violations, of: measured.looked)
            result.observed = share.text
            result.observedNumber = share.percent
            result.unit = "%"
        }
        guard tolerates(measured.violations, of: measured.looked) else {
            result.verdict = .fail
            return result
        }
        result.vacuous = measured.looked == 0
        return result
    }

    /// Whether so many violations among so many rows are tolerated; none always are.
    func tolerates(_ violations: Int64, of looked: Int64) -> Bool {
        guard violations > 0 else { return true }
        guard let tolerance = check.tolerance, let amount = ExactNumber(tolerance.amount) else {
            return false
        }
        let one = ExactNumber(violations) * ExactNumber(tolerance.isPercent ? 100 : 1)
        let other = tolerance.isPercent ? amount * ExactNumber(looked) : amount
        return tolerance.comparator.holds(one < other ? -1 : one == other ? 0 : 1)
    }

    /// What columns there are, told from the catalogue.
    public func schema(
        _ rule: SchemaRule, of table: TableShape, baseline: TableShape?
    ) -> CheckResult {
        guard let problems = rule.problems(in: table, baseline: baseline) else {
            return verdict(.notRun, why: "first sight recorded")
        }
        var result = verdict(problems.isEmpty ? .pass : .fail, why: problems.joined(separator: "; "))
        result.proved = problems.isEmpty
        result.violations = Int64(problems.count)
        result.unit = CheckResult.columns
        result.rows = 0
        result.observed = table.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
        return result
    }

    /// Freshness as of an instant.
    public func fresh(
        _ measured: FreshnessMeasurement, within period: Period, now: Instant
    ) -> CheckResult {
        var result = verdict(.noEvidence, why: "there are no values")
        result.rows = measured.looked
        result.expected = "<= \(ExactNumber(period.seconds).isoDuration)"
        result.unit = "s"
        guard measured.looked != 0 else { return result }
        var reasons: [String] = []
        if let text = measured.newestText { reasons.append("the newest is \(text)") }
        if measured.future > 0 { reasons.append("\(measured.future.counted("value")) in the future") }
        result.why = reasons.joined(separator: "; ")
        guard let newest = measured.newest else {
            result.verdict = measured.future > 0 ? .fail : .noEvidence
            if measured.future == 0 { result.why = "there are no values" }
            return result
        }
        let age = max(0, now.milliseconds * 1000 - newest)
        let seconds = ExactNumber(isNegative: false, digits: ExactNumber(age).digits, scale: 6)
        result.observed = seconds.isoDuration
        result.observedNumber = seconds.double
        result.verdict = age <= period.seconds * 1_000_000 ? .pass : .fail
        return result
    }

    /// Calendar slots that each need a row.
    public func gaps(_ measured: GapMeasurement) -> CheckResult {
        guard let slots = measured.slots else {
            var result = verdict(.noEvidence, why: "there are no rows")
            result.rows = 0
            return result
        }
        var result = verdict(.pass)
        result.rows = measured.looked
        result.violations = Int64(measured.missing.count)
        result.unit = measured.unit
        result.expected = check.tolerance.map(\.expectation) ?? "no gaps"
        result.vacuous = slots == 0
        guard !measured.missing.isEmpty else { return result }
        let shown = measured.missing.prefix(5).joined(separator: ", ")
        let more = measured.missing.count - min(5, measured.missing.count)
        result.why = "no rows for \(shown)" + (more > 0 ? " and \(more) more" : "")
        result.verdict = tolerates(Int64(measured.missing.count), of: slots) ? .pass : .fail
        return result
    }

    /// A metric against one of another table.
    public func cross(
        _ mine: MetricMeasurement, _ comparison: CrossComparison, _ other: MetricMeasurement,
        named name: String
    ) -> CheckResult {
        var result = verdict(.noEvidence)
        result.rows = mine.looked
        result.unit = mine.unit
        result.observed = mine.value?.text(in: zone)
        result.observedNumber = mine.value?.double
        let text = other.value?.text(in: zone)
        switch comparison {
        case .equals: result.expected = text.map { "= \($0)" }
        case .within(let percent): result.expected = text.map { "within \(percent)% of \($0)" }
        }
        let odd = mine.odd + other.odd
        if odd > 0 {
            result.verdict = .fail
            result.why = "\(odd.counted("value")) not finite (NaN or infinity)"
            return result
        }
        guard let one = mine.value else {
            result.why = "there are no values here"
            return result
        }
        guard let two = other.value else {
            result.why = "there are no values in \(name)"
            return result
        }
        guard let holds = one.satisfies(comparison, two, in: zone) else {
            return misfit(result, "the two cannot be compared")
        }
        result.verdict = holds ? .pass : .fail
        return result
    }

    /// The one value of a query.
    public func value(_ value: Measured?, _ comparison: BoundComparison) -> CheckResult {
        var result = verdict(.noEvidence, why: "the query gave NULL")
        result.expected = comparison.text(in: zone)
        guard let value else { return result }
        result.observed = value.text(in: zone)
        result.observedNumber = value.double
        guard let holds = comparison.holds(for: value, in: zone) else {
            return misfit(result, "the query's value cannot be compared with that")
        }
        result.why = ""
        result.verdict = holds ? .pass : .fail
        return result
    }

    /// The number of rows of a query that must give none.
    public func queryRows(_ count: Int64) -> CheckResult {
        var result = verdict(tolerates(count, of: count) ? .pass : .fail)
        result.expected = check.tolerance.map(\.expectation) ?? "no rows"
        result.violations = count
        result.unit = "rows"
        return result
    }

    /// A query's value that is NaN or infinite where a number is wanted.
    public func oddValue(_ text: String, _ comparison: BoundComparison) -> CheckResult {
        var result = verdict(.fail, why: "the value is not finite")
        result.expected = comparison.text(in: zone)
        result.observed = text
        return result
    }

    func misfit(_ result: CheckResult, _ why: String) -> CheckResult {
        var result = result
        result.verdict = .error
        result.why = why
        result.sqlState = "42804"
        return result
    }
}

extension MetricMeasurement {
    /// The number that a percentage is taken of.
    fileprivate var part: Int64? {
        switch value {
        case .number(let number, _): Int64(number.description)
        case .quotient, .root, .instant, .date, .length, .timeOfDay, .text, nil: nil
        }
    }

    /// Whether a pass without complete rows judged nothing: surplus rows among none.
    fileprivate var isVacuousWithoutRows: Bool { unit == MetricMeasurement.surplusRows }

    /// The unit of `duplicates`.
    public static let surplusRows = "surplus rows"
}

extension Tolerance {
    /// What it expects, for people.
    var expectation: String {
        let words =
            switch comparator {
            case .atMost: "at most "
            case .less: "fewer than "
            case .equal, .notEqual, .greater, .atLeast: comparator.rawValue + " "
            }
        return words + amount + (isPercent ? "% violations" : " violations")
    }
}

extension Int64 {
    /// `1 value is`, `3 values are`.
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? " is" : "s are")" }
}
