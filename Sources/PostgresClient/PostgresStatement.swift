/// One SQL statement with its parameters.
///
/// Written as a literal, `"… WHERE id = \(id)"` binds values, `\(identifier: name)` quotes names, `\(literal: text)`
/// quotes texts where PostgreSQL takes no parameters, and `\(unchecked: sql)` is the one raw door.
/// A name or value that cannot be sent is refused when the statement is run.
public struct PostgresStatement: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The text, with placeholders `$1`, `$2`…
    public private(set) var sql: String
    /// The values of the placeholders, the first for `$1`.
    public private(set) var values: [PostgresValue]
    /// Why it must not be run.
    private(set) var defect: String?

    /// A statement whose text already holds numbered placeholders.
    public init(unchecked sql: String, values: [PostgresValue] = []) {
        self.sql = sql
        self.values = values
        defect = Self.defect(of: sql, values)
    }

    /// A statement without parameters.
    public init(stringLiteral sql: String) {
        self.init(unchecked: sql)
    }

    /// A statement with what was interpolated.
    public init(stringInterpolation interpolation: Interpolation) {
        sql = interpolation.sql
        values = interpolation.values
        defect = interpolation.defect ?? Self.defect(of: sql, values)
    }

    /// Whether it only ends or winds back a transaction, which is let through even when the task is cancelled.
    var isRollback: Bool { ["rollback", "abort"].contains(firstWord) }

    /// Whether it ends a transaction with effect.
    var isCommit: Bool { ["commit", "end"].contains(firstWord) }

    private var firstWord: String {
        sql.drop(while: \.isWhitespace).prefix(while: \.isLetter).lowercased()
    }

    private static func defect(of sql: String, _ values: [PostgresValue]) -> String? {
        if sql.holdsNUL { return "the statement holds a NUL character" }
        if values.count > 65_535 { return "the statement has more than 65535 parameters" }
        let refused = values.firstIndex { $0.text?.holdsNUL == true }
        return refused.map { "the value of $\($0 + 1) holds a NUL character, which PostgreSQL cannot store" }
    }
}

extension PostgresStatement {
    /// What a statement's literal is put together from.
    public struct Interpolation: StringInterpolationProtocol {
        var sql = ""
        var values: [PostgresValue] = []
        var defect: String?

        /// An empty one.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity)
            values.reserveCapacity(interpolationCount)
        }

        /// Adds SQL text.
        public mutating func appendLiteral(_ literal: String) {
            sql += literal
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some PostgresBindable) {
            values.append(value.postgresValue)
            sql += "$\(values.count)"
        }

        /// Binds a value, nil as NULL of its type.
        public mutating func appendInterpolation<Value: PostgresBindable>(_ value: Value?) {
            appendInterpolation(value.postgresValue)
        }

        /// Binds a value, for `\(.date(text))`.
        public mutating func appendInterpolation(_ value: PostgresValue) {
            values.append(value)
            sql += "$\(values.count)"
        }

        /// Binds texts as `text[]`.
        public mutating func appendInterpolation(_ elements: [String]) {
            appendInterpolation(PostgresValue.textArray(elements))
        }

        /// Quotes a name of one part.
        public mutating func appendInterpolation(identifier name: String) {
            appendInterpolation(identifier: [name])
        }

        /// Quotes a name of several parts: `schema`, `table`.
        public mutating func appendInterpolation(identifier parts: [String]) {
            if let refused = parts.lazy.compactMap(PostgresStatement.refusal(ofIdentifier:)).first {
                defect = defect ?? refused
            }
            sql += parts.map(PostgresStatement.quoted(identifier:)).joined(separator: ".")
        }

        /// Quotes a text for statements that take no parameters (`COMMENT ON`, `ALTER ROLE`).
        public mutating func appendInterpolation(literal text: String) {
            sql += PostgresStatement.quoted(literal: text)
        }

        /// Adds SQL text that nobody has looked at.
        public mutating func appendInterpolation(unchecked text: String) {
            sql += text
        }
    }

    /// A name in double quotes, inner ones doubled.
    public static func quoted(identifier name: String) -> String {
        "\"\(name.replacing("\"", with: "\"\""))\""
    }

    /// A text in single quotes, inner ones doubled; with backslashes, in the escape syntax.
    public static func quoted(literal text: String) -> String {
        let quoted = "'\(text.replacing("'", with: "''"))'"
        return text.contains("\\") ? " E\(quoted.replacing("\\", with: "\\\\"))" : quoted
    }

    /// Why PostgreSQL would not take a name, or would silently take another; nil if it takes it.
    static func refusal(ofIdentifier name: String) -> String? {
        if name.isEmpty { return "a name is empty" }
        if name.holdsNUL { return "a name holds a NUL character" }
        guard name.utf8.count <= 63 else { return "the name \"\(name)\" is longer than 63 bytes" }
        return nil
    }
}
