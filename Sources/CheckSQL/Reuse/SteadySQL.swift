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
    private static let times: Set = ["date", "timestamp", "timestamptz"]
    /// What the server reads as a value of the session or the moment, even where a column has the name.
    private static let values: Set = [
        "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user",
        "user",
        "session_user", "system_user", "current_role", "current_catalog", "current_schema",
    ]
    /// Words that mean another moment each time where they are read as one.
    private static let moments = ["now", "today", "tomorrow", "yesterday"]

    private mutating func isSteady() -> Bool {
        var (isCast, castsToTime, readsText) = (false, false, false)
        while let token = tokens.take() {
            switch token {
            case .sign(let sign): isCast = sign == "::"
            case .number: continue
            case .text(let text):
                let lower = text.lowercased()
                guard !Self.moments.contains(where: lower.contains) else { return false }
            case .name(let name):
                guard isColumn(name), tokens.next != .sign("(") else { return false }
                readsText = readsText || isText(name)
            case .word(let word):
                let lower = word.lowercased()
                let isCall = tokens.next == .sign("(")
                if Self.values.contains(lower) { return false }
                if Self.keywords.contains(lower) { continue }
                if Self.types.contains(lower), !isCall, !hasColumn(lower) {
                    // A text may say `now`.
                    if Self.times.contains(lower) { castsToTime = castsToTime || isCast }
                    isCast = false
                    continue
                }
                guard
                    isCall
                        ? Self.forms.contains(lower) || SteadyNames.functions.contains(lower)
                        : isColumn(lower)
                else { return false }
                readsText = readsText || !isCall && isText(lower)
            }
        }
        return !(castsToTime && readsText)
    }

    private func hasColumn(_ name: String) -> Bool { columns.contains { $0.name.isExactly(name) } }

    private func isText(_ name: String) -> Bool {
        columns.first { $0.name.isExactly(name) }.map { ColumnKind($0, dialect).isText } ?? false
    }

    private func isColumn(_ name: String) -> Bool {
        columns.first { $0.name.isExactly(name) }.map { ColumnKind($0, dialect).standsInItsRow } ?? false
    }
}
