import SuretyCore

/// A metric that is a value of a column.
enum ValueFunction: Hashable {
    case min
    case max
    case avg
    case sum
    case stddev
    case percentile(Int)

    var name: String {
        switch self {
        case .min: "min"
        case .max: "max"
        case .avg: "avg"
        case .sum: "sum"
        case .stddev: "stddev"
        case .percentile(50): "median"
        case .percentile(let percent): "p\(percent)"
        }
    }
}

/// How a value of a column is computed in SQL, and how its text is read.
struct ValueExpression {
    let terms: Terms
    let column: CheckedColumn
    let function: ValueFunction

    private var name: Fragment { "\(identifier: column.name)" }

    /// Whether the function means something for the column's type.
    private var isSensible: Bool {
        switch function {
        case .min, .max:
            switch column.kind {
            case .integer, .numeric, .real, .double, .text, .date, .timestamp, .timestamptz, .time, .length,
                .untyped:
                true
            case .boolean, .uuid, .other, .opaque: false
            }
        case .avg, .sum, .stddev, .percentile:
            column.kind.isNumber || column.kind == .length || column.kind == .untyped
        }
    }

    /// The condition that a value that is not NULL is finite.
    func finite() throws(Misfit) -> Fragment {
        guard isSensible else {
            throw Misfit("\(function.name) of \(column.name), a \(column.type), means nothing")
        }
        switch (terms.dialect, column.kind) {
        case (.postgres, .numeric), (.postgres, .real), (.postgres, .double):
            return "(\(name) NOT IN ('NaN', 'Infinity', '-Infinity'))"
        case (.postgres, .date), (.postgres, .timestamp), (.postgres, .timestamptz):
            return "isfinite(\(name))"
        case (.sqlite, .date): return "(\(name) GLOB '\(unchecked: Self.datePattern)')"
        case (.sqlite, .timestamp), (.sqlite, .timestamptz):
            return "(\(name) GLOB '\(unchecked: Self.datePattern)*')"
        case (.sqlite, .integer), (.sqlite, .numeric), (.sqlite, .real), (.sqlite, .double):
            return "(typeof(\(name)) IN ('integer', 'real') AND \(name) NOT IN (9e999, -9e999))"
        case (.postgres, _), (.sqlite, _): return "(true)"
        }
    }

    private static let datePattern = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"

    /// The value of one row, for percentiles.
    var single: Fragment { column.kind == .length ? "extract(epoch FROM \(name))" : name }

    /// The values nearest to percentiles, where none is NaN or infinite. Whole numbers are sorted in less than half the time
    /// of decimal ones.
    func nearest(in rows: Fragment?) -> NearestValues {
        guard let (_, scale) = column.precision else {
            return NearestValues(table: terms.table.name, rows: rows, value: single)
        }
        let factor = "1" + String(repeating: "0", count: scale)
        let value: Fragment = scale == 0 ? "\(name)::bigint" : "(\(name) * \(unchecked: factor))::bigint"
        return NearestValues(table: terms.table.name, rows: rows, value: value, scale: scale)
    }

    /// The least and the greatest `v` among chosen values of single rows, in full.
    var chosen: Fragment {
        terms.dialect == .sqlite && isFloating
            ? "surety_double(min(v)), surety_double(max(v))" : "min(v), max(v)"
    }

    /// The aggregates of rows that meet a condition, or of all; the first two columns of the question are counts.
    func select(rows: Fragment?) throws(Misfit) -> [Aggregate] {
        let filter: Fragment = rows.map { " FILTER (WHERE \($0))" } ?? ""
        switch function {
        case .min, .max:
            let extreme = shown(extreme: filter)
            return [Aggregate(extreme, merge: mergeOfExtreme(extreme))]
        case .sum, .avg, .stddev, .percentile:
            guard terms.dialect == .postgres else {
                return [
                    Aggregate("surety_moments(\(name), \(unchecked: isExactDecimal ? "15" : "17"))\(filter)")
                ]
            }
            if column.kind == .length {
                return [Aggregate("\(unchecked: function.name)(\(single))\(filter)")]
            }
            let value = Aggregate(
                "\(unchecked: function.name)(\(name))\(filter)", merge: mergeOfMoments(rows: rows))
            guard function == .avg else { return [value] }
            let sum = ValueExpression(terms: terms, column: column, function: .sum)
            return [value] + (try sum.select(rows: rows))
        }
    }

    private var isExactDecimal: Bool {
        switch column.kind {
        case .integer, .numeric, .untyped: true
        case .real, .double, .text, .boolean, .date, .timestamp, .timestamptz, .time, .length, .uuid, .other,
            .opaque:
            false
        }
    }

    /// `min` and `max` in a form that does not depend on settings of the connection.
    private func shown(extreme filter: Fragment) -> Fragment {
        let aggregate: Fragment = "\(unchecked: function.name)"
        let value: Fragment = "\(aggregate)(\(name))\(filter)"
        switch (terms.dialect, column.kind) {
        case (.postgres, .date): return "(\(value) - DATE '1970-01-01')"
        // Without a zone it is the wall time; the server would read a repeated hour as the second one.
        case (.postgres, .timestamp), (.postgres, .timestamptz):
            return "(extract(epoch FROM \(value)) * 1000000)::bigint"
        // SQLite itself writes 15 digits, which may be another number.
        case (.sqlite, .real), (.sqlite, .double): return "surety_double(\(value))"
        case (.postgres, .length): return "extract(epoch FROM \(value))"
        case (_, .text): return "\(aggregate)(\(terms.expression(column)))\(filter)"
        case (.postgres, _), (.sqlite, _): return value
        }
    }

    /// The value that the aggregates gave after two counts; nil if there was nothing.
    func read(_ reader: AnswerReader) throws(Misfit) -> Measured? {
        guard let text = try reader.text(0, 2) else { return nil }
        switch function {
        case .min, .max: return try extreme(text)
        case .sum, .avg, .stddev, .percentile: break
        }
        guard terms.dialect == .postgres else { return try Moments(text).measured(function, column.kind) }
        if column.kind == .length { return .length(try terms.number(text)) }
        let exact = try terms.number(text)
        if function == .avg, let sum = try reader.text(0, 3), !isFloating {
            return .quotient(
                try terms.number(sum), of: ExactNumber(try reader.count(0, 0)), text: text)
        }
        return .number(exact, text: text)
    }

    private var isFloating: Bool { column.kind == .real || column.kind == .double }

    private func extreme(_ text: String) throws(Misfit) -> Measured {
        switch column.kind {
        case .integer, .numeric, .real, .double: return try number(text)
        case .untyped: return ExactNumber(text).map { .number($0, text: text) } ?? .text(text)
        case .length: return .length(try terms.number(text))
        case .date:
            if terms.dialect == .sqlite, let date = CivilDate(text) { return .date(date) }
            if terms.dialect == .postgres, let day = Int(text) { return .date(CivilDate(dayNumber: day)) }
        case .timestamp, .timestamptz:
            if terms.dialect == .postgres, let microseconds = Int64(text) {
                return .instant(
                    microseconds: column.kind == .timestamp ? instant(ofWall: microseconds) : microseconds)
            }
            let zone = column.kind == .timestamp ? terms.zone : .utc
            if terms.dialect == .sqlite, let instant = StoredTime.instant(text, in: zone) {
                return .instant(microseconds: instant.milliseconds * 1000)
            }
        case .time:
            if let microseconds = CivilTime.microseconds(of: text) {
                return .timeOfDay(microseconds: microseconds, text: text)
            }
        case .text, .boolean, .uuid, .other, .opaque: return .text(text)
        }
        throw Misfit("\(column.name) holds a value that is no \(column.type)", "22007")
    }

    /// The instant of a wall time in the asset's zone, both in microseconds.
    private func instant(ofWall wall: Int64) -> Int64 {
        let rest = (wall % 1_000_000 + 1_000_000) % 1_000_000
        let civil = CivilDateTime(milliseconds: (wall - rest) / 1000)
        return terms.zone.instant(of: civil).milliseconds * 1000 + rest
    }

    /// A number as PostgreSQL would print it.
    private func number(_ text: String) throws(Misfit) -> Measured {
        let exact = try terms.number(text)
        guard terms.dialect == .sqlite else { return .number(exact, text: text) }
        if case .numeric(let scale?) = column.kind {
            return .number(exact, text: exact.rounded(to: scale).description)
        }
        return .number(exact, text: text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// The percentile between the two values nearest to its place; the answer is how many values there are, and those.
    func interpolated(_ answer: Answer, _ percent: Int) throws(Misfit) -> Measured? {
        guard let row = answer.first, row.count == 3, let low = row[1], let high = row[2],
            let count = row[0].flatMap({ Int64($0) })
        else { return nil }
        let rest = ExactNumber(Int64(percent) * (count - 1) % 100)
        let (one, other) = (try terms.number(low), try terms.number(high))
        let value = one + (other - one) * rest.divided(by: ExactNumber(100), places: 2)
        if column.kind == .length { return .length(value) }
        if terms.dialect == .sqlite, case .numeric(let scale?) = column.kind {
            return .number(value, text: value.rounded(to: scale).description)
        }
        return .number(value, text: value.withoutTrailingZeros.description)
    }
}
