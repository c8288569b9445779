import Engine
import SuretyCore

/// Which rows of a table belong to a slice, in the interval column's own type.
///
/// A `date` or `timestamp` column is compared with the wall time in the interval's zone: with local midnight for days,
/// weeks and months, so that a midnight that the clocks skip still begins its day.
struct SliceCondition {
    /// How the interval column holds time.
    enum Form: String {
        case date = "date"
        case wall = "timestamp"
        case instant = "timestamptz"
    }

    /// The interval column.
    let column: String
    /// How it holds time.
    let form: Form

    /// The condition of a table; throws when the column is missing or holds no time.
    init(_ rule: IntervalRule, in table: TableInfo) throws(PortFailure) {
        guard let column = table.column(rule.column) else {
            throw PortFailure(.refused, "\(table.name) has no column \(rule.column), its interval column")
        }
        guard let form = Form(column: column) else {
            throw PortFailure(
                .refused, "the interval column \(rule.column) of \(table.name) is \(column.type)",
                hint: "An interval column is a date, a timestamp or a timestamptz.")
        }
        guard form == .instant || !rule.isUnclearWithoutZone else {
            throw PortFailure(
                .refused,
                rule.unclearHours(of: rule.column, column.type),
                hint: IntervalRule.unclearHoursHint)
        }
        self.column = rule.column
        self.form = form
    }

    /// The condition for one interval, in SQL, about the column of a table with this alias, which is quoted already.
    func sql(_ interval: DataInterval, quotedAlias alias: String? = nil) -> String {
        let name = (alias.map { $0 + "." } ?? "") + quoted(column)
        return
            "(\(name) >= \(bound(interval.start, interval)) AND \(name) < \(bound(interval.end, interval)))"
    }

    /// An instant at which an interval begins or ends, as a literal of the column's type.
    func bound(_ instant: Instant, _ interval: DataInterval) -> String {
        "\(form.rawValue) '\(value(of: instant, interval))'"
    }

    /// The same without its type.
    func value(of instant: Instant, _ interval: DataInterval) -> String {
        let civil = interval.zone.civil(of: instant)
        switch form {
        case .instant: return instant.description
        case .date: return civil.date.description
        case .wall:
            switch interval.grain {
            case .hour: return civil.description
            case .day, .week, .month: return CivilDateTime(civil.date).description
            }
        }
    }
}

extension SliceCondition.Form {
    /// The form of a column; nil if it holds no time.
    init?(column: ColumnInfo) {
        let type = column.baseType
        if type == "date" {
            self = .date
        } else if type.hasPrefix("timestamp"), type.hasSuffix("with time zone") {
            self = .instant
        } else if type.hasPrefix("timestamp"), type.hasSuffix("without time zone") {
            self = .wall
        } else {
            return nil
        }
    }
}
