import SuretyCore

extension CheckReader {
    /// A rule that each row obeys, from its column on.
    mutating func rowRule() throws(CheckSyntaxError) -> RowRule {
        let start = scanner.position
        let first = scanner.found
        for what in ["`rows`", "`missing`", "`duplicates`", "`distinct`", "`columns`", "`fresh`"] {
            scanner.want(what)
        }
        let names = try columns().names
        if scanner.take("unique") { return .unique(names) }
        guard names.count == 1, let column = names.first else {
            throw scanner.unexpected(hint: "Other rules than `unique` take one column; write a line for each")
        }
        if let rule = try ruleOfOne(column) { return rule }
        let words = (MetricWord.names + ["row", "columns", "column", "fresh", "no", "sql"]).map { "`\($0)`" }
        if let near = scanner.nearest(to: first, among: words), !scanner.isAtEnd {
            throw scanner.error("unexpected `\(first)`", hint: "Did you mean \(near)?", at: start)
        }
        throw scanner.unexpected()
    }

    private mutating func ruleOfOne(_ column: String) throws(CheckSyntaxError) -> RowRule? {
        if let comparison = try comparison(.row) { return .compare(column, comparison) }
        if scanner.take("in") { return .inList(column, try list()) }
        if scanner.take("is") { return .format(column, try format()) }
        if scanner.take("like") { return .like(column, pattern: try text("a 'pattern'")) }
        if scanner.take("matches") { return .matches(column, pattern: try regex()) }
        if scanner.take("length") {
            guard let comparison = try comparison(.length) else { throw scanner.unexpected() }
            return .length(column, comparison)
        }
        if scanner.take("references") {
            let start = scanner.position
            let (table, other) = try dotted()
            guard let other else {
                throw scanner.error("`references` needs a column", hint: "Write \(table).column", at: start)
            }
            return .references(column, table: table, column: other)
        }
        scanner.want("`does not match`")
        if scanner.takeQuietly("does") {
            guard scanner.take("not"), scanner.take("match") else { throw scanner.unexpected() }
            return .doesNotMatch(column, pattern: try regex())
        }
        if scanner.take("strictly") {
            guard let rule = try ordered(column, strictly: true) else { throw scanner.unexpected() }
            return rule
        }
        if let rule = try ordered(column, strictly: false) { return rule }
        for what in ["`not null`", "`not in`", "`not like`", "`not in future`"] { scanner.want(what) }
        guard scanner.takeQuietly("not") else { return nil }
        return try negated(column)
    }

    /// After `not`, `between` excepted.
    private mutating func negated(_ column: String) throws(CheckSyntaxError) -> RowRule {
        scanner.want("`between`")
        if scanner.take("null") { return .notNull(column) }
        if scanner.take("like") { return .notLike(column, pattern: try text("a 'pattern'")) }
        guard scanner.take("in") else { throw scanner.unexpected() }
        if scanner.take("future") { return .notInFuture(column) }
        return .notInList(column, try list())
    }

    private mutating func ordered(_ column: String, strictly: Bool) throws(CheckSyntaxError) -> RowRule? {
        let rises = scanner.take("increasing")
        guard rises || scanner.take("decreasing") else { return nil }
        guard scanner.take("by") else { throw scanner.unexpected() }
        let other = try self.column()
        return rises
            ? .increasing(column, by: other, strictly: strictly)
            : .decreasing(column, by: other, strictly: strictly)
    }

    private mutating func format() throws(CheckSyntaxError) -> TextFormat {
        for format in TextFormat.allCases where scanner.take(format.rawValue) { return format }
        throw scanner.unexpected()
    }

    private mutating func text(_ what: String) throws(CheckSyntaxError) -> String {
        scanner.want(what)
        guard let text = try scanner.takeQuoted("'") else {
            throw scanner.unexpected(hint: "It is written in single quotes")
        }
        return text
    }

    private mutating func regex() throws(CheckSyntaxError) -> String {
        let start = scanner.position
        let pattern = try text("a 'regular expression'")
        if let fault = RegexPlausibility.fault(of: pattern) {
            throw scanner.error("the regular expression cannot be one: \(fault)", at: start)
        }
        return pattern
    }
}
