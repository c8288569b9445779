import SuretyCore

/// Whether a user's condition tells the same of the same row whenever it is asked: made of nothing but the row's own
/// columns, literals, comparisons and functions of the server that know nothing else.
///
/// What it does not understand counts as unsteady.
struct SteadySQL {
    private var tokens: ConstraintTokens
    private let columns: [ColumnInfo]
    private let dialect: Dialect

    static func holds(of text: String, in terms: Terms) -> Bool {
        guard let tokens = ConstraintTokens(text) else { return false }
        var reader = SteadySQL(tokens: tokens, columns: terms.table.columns, dialect: terms.dialect)
        return reader.isSteady()
    }

    private static let keywords: Set = [
        "and", "or", "not", "is", "null", "in", "between", "true", "false", "like", "ilike", "case", "when",
        "then", "else", "end", "distinct", "from", "symmetric", "unknown",
    ]
    /// What the grammar itself knows, written like functions.
    private static let forms: Set = ["coalesce", "nullif", "greatest", "least"]
    private static let types: Set = [
        "date", "timestamp", "timestamptz", "numeric", "integer", "int", "bigint", "smallint", "text",
        "boolean",
        "interval", "uuid",
    ]
    /// What the server reads as a value of the session or the moment, even where a column has the name.
    private static let values: Set = [
        "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user",
        "user",
        "session_user", "system_user", "current_role", "current_catalog", "current_schema",
    ]
    /// Words that mean another moment each time where they are read as one.
    private static let moments = ["now", "today", "tomorrow", "yesterday"]

    private mutating func isSteady() -> Bool {
        while let token = tokens.take() {
            switch token {
            case .number, .sign: continue
            case .text(let text):
                let lower = text.lowercased()
                guard !Self.moments.contains(where: lower.contains) else { return false }
            case .name(let name):
                guard isColumn(name), tokens.next != .sign("(") else { return false }
            case .word(let word):
                let lower = word.lowercased()
                let isCall = tokens.next == .sign("(")
                if Self.values.contains(lower) { return false }
                if Self.keywords.contains(lower) { continue }
                if Self.types.contains(lower), !isCall { continue }
                guard
                    isCall
                        ? Self.forms.contains(lower) || SteadyNames.functions.contains(lower)
                        : isColumn(lower)
                else { return false }
            }
        }
        return true
    }

    private func isColumn(_ name: String) -> Bool {
        columns.first { $0.name.isExactly(name) }.map { ColumnKind($0, dialect).standsInItsRow } ?? false
    }
}
