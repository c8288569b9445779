import SuretyCore

extension Terms {
    /// The condition that a row's value compares so: NULL where the value is, or the column it is compared with.
    func condition(_ column: CheckedColumn, _ comparison: Comparison) throws(Misfit) -> Fragment {
        switch comparison {
        case .compare(let comparator, let value): try compare(column, comparator, value)
        case .between(let low, let high):
            "(\(try compare(column, .atLeast, low)) AND \(try compare(column, .atMost, high)))"
        case .notBetween(let low, let high):
            "(\(try compare(column, .less, low)) OR \(try compare(column, .greater, high)))"
        }
    }

    /// The condition that the value is one of a list.
    func condition(_ column: CheckedColumn, in list: [Literal]) throws(Misfit) -> Fragment {
        guard !column.kind.isTemporal else {
            var equal: [Fragment] = []
            for literal in list { equal.append(try compare(column, .equal, .literal(literal))) }
            return "(\(.joined(equal, by: " OR ")))"
        }
        var values: [Fragment] = []
        for literal in list { values.append(try operand(.literal(literal), for: column)) }
        return finite("\(expression(column)) IN (\(.joined(values, by: ", ")))", column, ordered: false)
    }

    func compare(
        _ column: CheckedColumn, _ comparator: Comparator, _ value: CheckValue
    ) throws(Misfit) -> Fragment {
        if case .column(let name) = value, !isTruth(name, for: column) {
            return try compare(column, comparator, try self.column(name))
        }
        if column.kind.isTemporal || column.kind == .untyped {
            switch try point(value) {
            case .date(let date) where column.kind == .untyped:
                return "\(identifier: column.name) \(unchecked: comparator.rawValue) \(.date(date))"
            case .date(let date): return try compare(column, comparator, date: date)
            case .instant(let instant): return try compare(column, comparator, instant: instant)
            case nil: break
            }
        }
        let operand = try operand(value, for: column)
        let isOrdered =
            switch comparator {
            case .greater, .atLeast, .less, .atMost: true
            case .equal, .notEqual: false
            }
        return finite(
            "\(expression(column)) \(unchecked: comparator.rawValue) \(operand)", column, ordered: isOrdered)
    }

    /// NaN is neither above nor below a number, and text in a column of numbers compares with none.
    private func finite(_ condition: Fragment, _ column: CheckedColumn, ordered: Bool) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        switch (dialect, column.kind) {
        case (.postgres, .numeric), (.postgres, .real), (.postgres, .double):
            return ordered ? "(\(condition) AND \(name) <> 'NaN')" : condition
        case (.sqlite, .integer), (.sqlite, .numeric), (.sqlite, .real), (.sqlite, .double):
            // The condition comes first: it is NULL where the value is.
            return "(\(condition) AND typeof(\(name)) <> 'text')"
        case (.postgres, _), (.sqlite, _): return condition
        }
    }

    /// A column as it is compared: text by its bytes.
    func expression(_ column: CheckedColumn) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        switch (dialect, column.kind) {
        case (.postgres, .text): return "\(name)::text COLLATE \"C\""
        // PostgreSQL compares no domain of an enumeration, only the enumeration.
        case (.postgres, .other) where column.type != column.baseType:
            return "\(name)::\(unchecked: column.baseType)"
        case (.sqlite, .text), (.sqlite, .other), (.sqlite, .uuid), (.sqlite, .time):
            return "\(name) COLLATE BINARY"
        case (.postgres, _), (.sqlite, _): return name
        }
    }

    /// A column as it is told apart from other values: texts as their own type does.
    func key(_ column: CheckedColumn) -> Fragment {
        guard dialect == .postgres, column.kind == .other else { return "\(identifier: column.name)" }
        return expression(column)
    }

    /// A value in the form in which a column is compared with it; refuses one that does not fit the column's type.
    private func operand(_ value: CheckValue, for column: CheckedColumn) throws(Misfit) -> Fragment {
        switch (column.kind, value) {
        case (.integer, .literal(.number(let text))) where Int64(text) != nil:
            return "\(.integer(Int64(text) ?? 0))"
        case (.integer, .literal(.number(let text))), (.numeric, .literal(.number(let text))),
            (.double, .literal(.number(let text))), (.untyped, .literal(.number(let text))):
            return "\(.decimal(try number(text).description))"
        case (.real, .literal(.number(let text))): return "\(.decimal(try number(text).description))::real"
        case (.text, .literal(.text(let text))), (.text, .literal(.word(let text))),
            (.untyped, .literal(.text(let text))), (.untyped, .literal(.word(let text))):
            return "\(.text(text))"
        case (.other, .literal(.text(let text))), (.other, .literal(.word(let text))):
            // The server's own name of the type; what is no value of it is the server's error.
            return dialect == .postgres
                ? "\(.text(text))::\(unchecked: column.baseType)" : "\(.text(text))"
        case (.uuid, .literal(.text(let text))), (.uuid, .literal(.word(let text))):
            return dialect == .postgres ? "\(.text(text))::uuid" : "\(.text(text))"
        case (.time, .literal(.text(let text))):
            return dialect == .postgres ? "\(.text(text))::time" : "\(.text(text))"
        case (.boolean, .literal(.text(let word))), (.boolean, .literal(.word(let word))),
            (.boolean, .column(let word)):
            guard let truth = Self.truths[word.lowercased()] else { break }
            return "\(.boolean(truth))"
        case (.length, .period(let period)): return "\(.text("\(period.seconds) seconds"))::interval"
        default: break
        }
        throw Misfit("\(column.name) is \(column.type), which \(value.description) does not fit")
    }

    private static let truths = ["true": true, "false": false]

    /// Whether a bare word that is no column means true or false.
    private func isTruth(_ name: String, for column: CheckedColumn) -> Bool {
        column.kind == .boolean && table.column(name) == nil && Self.truths[name.lowercased()] != nil
    }

    /// Two columns of one row.
    private func compare(
        _ column: CheckedColumn, _ comparator: Comparator, _ other: CheckedColumn
    ) throws(Misfit) -> Fragment {
        let sign: Fragment = " \(unchecked: comparator.rawValue) "
        if column.kind.isTemporal, other.kind.isTemporal, column.kind != other.kind {
            return "\(instant(column))\(sign)\(instant(other))"
        }
        let fits =
            column.kind.isNumber && other.kind.isNumber || column.kind == other.kind
            || column.kind == .untyped || other.kind == .untyped
        guard fits, column.kind != .opaque, column.kind != .other || column.type == other.type else {
            throw Misfit("\(column.name) is \(column.type) and \(other.name) is \(other.type)")
        }
        return "\(expression(column))\(sign)\(expression(other))"
    }

    /// A column of dates or instants as instants that compare with each other; PostgreSQL's `timestamptz`, or text.
    func instant(_ column: CheckedColumn) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        let zone: Fragment = "\(.text(zone.identifier))"
        switch (dialect, column.kind) {
        case (.postgres, .date): return "(\(name)::timestamp AT TIME ZONE \(zone))"
        case (.postgres, .timestamp):
            let read: Fragment = "(\(name) AT TIME ZONE \(zone))"
            guard self.zone.changesClocks else { return read }
            // The server reads an hour that passes twice as the second; by the offset of the day before it is the first.
            let first: Fragment = "((\(name) - interval '1 day') AT TIME ZONE \(zone) + interval '24 hours')"
            return "(CASE WHEN \(first) AT TIME ZONE \(zone) = \(name) THEN \(first) ELSE \(read) END)"
        case (.sqlite, .date), (.sqlite, .timestamp): return "surety_instant(\(name), \(zone))"
        case (.sqlite, .timestamptz): return "surety_instant(\(name), 'UTC')"
        case (.postgres, _), (.sqlite, _): return name
        }
    }
}

extension CheckValue {
    /// As people read it in a message.
    fileprivate var description: String {
        switch self {
        case .literal(.number(let text)): "the number \(text)"
        case .literal(.text(let text)), .literal(.word(let text)): "the text '\(text)'"
        case .literal(.date(let date)): "the date \(date)"
        case .literal(.dateTime(let civil, _, _)): "the time \(civil)"
        case .percent(let text): "\(text)%"
        case .period(let period): "the length \(period)"
        case .column(let name): "the column \(name)"
        case .intervalStart: "interval start"
        case .intervalEnd: "interval end"
        case .today: "today"
        case .yesterday: "yesterday"
        case .now: "now"
        }
    }
}
