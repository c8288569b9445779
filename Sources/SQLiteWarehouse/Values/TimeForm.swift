import SuretyCore

/// How a column holds time.
enum TimeForm: String, Hashable, Sendable {
    /// `YYYY-MM-DD`.
    case date
    /// A wall time, `YYYY-MM-DD HH:MM:SS`.
    case wall = "timestamp"
    /// UTC, `YYYY-MM-DD HH:MM:SS`.
    case instant = "timestamptz"
    /// A text of which no more is known: a wall time, of which midnight is left out so that dates count too.
    case text

    /// The form of a declared type; nil if that is no type of time.
    init?(declared type: String) {
        let type = type.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let word = type.prefix { $0.isLetter }
        switch word {
        case "date": self = .date
        case "timestamptz": self = .instant
        case "timestamp", "datetime": self = type.hasSuffix("with time zone") ? .instant : .wall
        default: return nil
        }
    }

    /// The first or last instant of an interval as the column would hold it.
    ///
    /// Days, weeks and months begin at local midnight by the wall, even where the clocks skip it.
    func text(of instant: Instant, in cadence: Cadence) -> String {
        let civil = cadence.zone.civil(of: instant)
        switch self {
        case .date: return civil.date.description
        case .text: return civil.time == .midnight ? civil.date.description : civil.stored
        case .instant: return instant.stored
        case .wall:
            switch cadence.grain {
            case .hour: return civil.stored
            case .day, .week, .month: return CivilDateTime(civil.date).stored
            }
        }
    }
}

/// Which rows belong to an interval.
struct SliceCondition {
    /// The interval column.
    let column: String
    /// How it holds time.
    let form: TimeForm
    /// Which intervals there are.
    let cadence: Cadence

    /// The condition by a rule, on a column of a declared type; nil or empty: of none.
    init(_ rule: IntervalRule, type: String?) {
        self.column = rule.column
        self.cadence = rule.cadence
        self.form = type.flatMap { TimeForm(declared: $0) } ?? .text
    }

    /// The condition in SQL, from one instant to another.
    func sql(_ start: Instant, _ end: Instant) -> String {
        let name = quoted(column)
        return "(\(name) >= \(literal(form.text(of: start, in: cadence))) "
            + "AND \(name) < \(literal(form.text(of: end, in: cadence))))"
    }

    /// The condition in SQL for a slice; `1` for the whole table.
    func sql(_ slice: Slice) -> String {
        slice.interval.map { sql($0.start, $0.end) } ?? "1"
    }
}
