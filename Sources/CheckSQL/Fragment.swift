import SuretyCore

/// A piece of SQL: `\(value)` binds, `\(identifier:)` quotes, another piece is taken in as it is.
struct Fragment: Hashable, ExpressibleByStringInterpolation {
    /// Text, or a value to bind.
    enum Part: Hashable {
        case text(ExactText)
        case value(SQLValue)
    }

    let parts: [Part]

    init(stringLiteral value: String) { parts = [.text(ExactText(value))] }
    init(stringInterpolation: Interpolation) { self.init(parts: stringInterpolation.parts) }

    /// Pieces of text side by side become one, so that equal SQL is equal however it was put together.
    init(parts: [Part]) {
        self.parts = parts.reduce(into: []) { merged, part in
            if case .text(let text) = part, case .text(let before)? = merged.last {
                merged[merged.count - 1] = .text(ExactText(before.wrappedValue + text.wrappedValue))
            } else {
                merged.append(part)
            }
        }
    }

    struct Interpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { parts.append(.text(ExactText(literal))) }
        mutating func appendInterpolation(_ value: SQLValue) { parts.append(.value(value)) }
        mutating func appendInterpolation(_ fragment: Fragment) { parts += fragment.parts }
        mutating func appendInterpolation(identifier: String) {
            appendLiteral(identifier.quoted)
        }
        mutating func appendInterpolation(table: AssetName) { appendLiteral(table.quoted) }
        mutating func appendInterpolation(unchecked text: String) { appendLiteral(text) }
    }

    /// The query, equal values sharing one placeholder; every placeholder says its type.
    func query(for dialect: Dialect) -> CheckQuery {
        var sql = ""
        var parameters: [SQLValue] = []
        var places: [SQLValue: Int] = [:]
        for part in parts {
            switch part {
            case .text(let text): sql += text.wrappedValue
            case .value(let value):
                let stored = dialect == .sqlite ? value.inSQLite : value
                let index = places[stored] ?? parameters.endIndex
                if index == parameters.endIndex {
                    parameters.append(stored)
                    places[stored] = index
                }
                sql += dialect == .sqlite ? stored.sqlite(index + 1) : stored.postgres(index + 1)
            }
        }
        return CheckQuery(sql: sql, parameters: parameters)
    }

    /// The pieces with something between them.
    static func joined(_ fragments: [Fragment], by separator: String) -> Fragment {
        var parts: [Part] = []
        for (index, fragment) in fragments.enumerated() {
            if index > 0 { parts.append(.text(ExactText(separator))) }
            parts += fragment.parts
        }
        return Fragment(parts: parts)
    }

    /// All of the conditions; true if there are none.
    static func all(_ conditions: [Fragment?]) -> Fragment {
        let present = conditions.compactMap(\.self)
        return present.isEmpty ? "true" : joined(present, by: " AND ")
    }
}

extension SQLValue {
    fileprivate func postgres(_ index: Int) -> String {
        switch self {
        case .null, .text: "$\(index)::text"
        case .integer: "$\(index)::bigint"
        case .decimal: "$\(index)::numeric"
        case .boolean: "$\(index)::boolean"
        case .date: "$\(index)::date"
        case .instant: "$\(index)::timestamptz"
        case .civil: "$\(index)::timestamp"
        }
    }

    fileprivate func sqlite(_ index: Int) -> String {
        switch self {
        case .decimal: "CAST(?\(index) AS NUMERIC)"
        case .null, .text, .integer, .boolean, .date, .instant, .civil: "?\(index)"
        }
    }

    /// The same in the form in which the embedded warehouse stores it.
    var inSQLite: SQLValue {
        switch self {
        case .null, .text, .integer, .decimal: self
        case .boolean(let value): .integer(value ? 1 : 0)
        case .date(let date): .text(date.description)
        case .instant(let instant): .text(instant.storedText)
        case .civil(let civil): .text(civil.storedText)
        }
    }
}

extension Instant {
    /// UTC as the embedded warehouse stores it: `2026-11-19 08:00:00`, with three decimals when not a whole second.
    var storedText: String {
        description.replacing("T", with: " ").replacing("Z", with: "")
    }

    /// The wall time in a zone as the embedded warehouse stores it.
    func storedWallText(in zone: Zone) -> String {
        let wall = Instant(milliseconds: milliseconds + Int64(zone.offset(at: self)) * 1000)
        return wall.storedText
    }
}

extension CivilDateTime {
    fileprivate var storedText: String { description.replacing("T", with: " ") }
}

extension AssetName {
    /// Its name in SQL.
    var quoted: String { "\(schema.quoted).\(table.quoted)" }
}

extension String {
    /// A name in SQL.
    var quoted: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
