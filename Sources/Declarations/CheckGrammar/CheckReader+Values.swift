import SuretyCore

extension CheckReader {
    /// `cmp value` or `[not] between value and value`; nil if neither begins here.
    mutating func comparison(_ context: ValueContext) throws(CheckSyntaxError) -> Comparison? {
        if let comparator = comparator() { return .compare(comparator, try value(context)) }
        if scanner.take("between") {
            let (low, high) = try bounds(context)
            return .between(low, high)
        }
        let start = scanner.position
        guard scanner.takeQuietly("not") else {
            scanner.want("`not between`")
            return nil
        }
        guard scanner.take("between") else {
            scanner.move(to: start)
            return nil
        }
        let (low, high) = try bounds(context)
        return .notBetween(low, high)
    }

    /// One of the six comparison signs.
    mutating func comparator() -> Comparator? {
        // The longer ones first, so that `<=` is not read as `<`.
        for comparator in [Comparator.equal, .notEqual, .atMost, .less, .atLeast, .greater]
        where scanner.take(symbol: comparator.rawValue) {
            return comparator
        }
        return nil
    }

    private mutating func bounds(
        _ context: ValueContext
    ) throws(CheckSyntaxError) -> (CheckValue, CheckValue) {
        let start = scanner.position
        let low = try value(context)
        guard scanner.take("and") else { throw scanner.unexpected() }
        let high = try value(context)
        guard !BoundOrder(zone: zone).isReversed(low, high) else {
            throw scanner.error(
                "the bounds are reversed, so nothing lies between them", hint: "The smaller one comes first",
                at: start)
        }
        return (low, high)
    }

    /// One value that may stand in the context.
    mutating func value(_ context: ValueContext) throws(CheckSyntaxError) -> CheckValue {
        let start = scanner.position
        scanner.want("a number")
        if context.allowsPercent { scanner.want("a percentage") }
        if !context.allowsOnlyNumbers {
            for what in ["a 'text'", "a date", "a date and time", "a duration"] { scanner.want(what) }
        }
        let value = try anyValue(context)
        switch value {
        case .literal(.number): return value
        case .percent:
            guard context.allowsPercent else {
                throw scanner.error(
                    "a percentage has no meaning here",
                    hint: "`%` stands with missing, duplicates, distinct, `within … of` and `except`",
                    at: start)
            }
        case .column:
            guard context.allowsColumn else {
                throw scanner.error(
                    "a column is a value only in row rules",
                    hint: "Text is written in single quotes; a rule between columns is written row \"…\"",
                    at: start)
            }
        case .literal, .period, .intervalStart, .intervalEnd, .today, .yesterday, .now:
            guard !context.allowsOnlyNumbers else {
                throw scanner.error("this compares with a number", at: start)
            }
        }
        return value
    }

    private mutating func anyValue(_ context: ValueContext) throws(CheckSyntaxError) -> CheckValue {
        guard let first = scanner.next else { throw scanner.unexpected() }
        if first == "'", let text = try scanner.takeQuoted("'") { return .literal(.text(text)) }
        if first == "\"" {
            throw scanner.error(
                "text is written in single quotes", hint: "A column of an odd name is written column \"…\"")
        }
        if first.isDigit || "+-.".unicodeScalars.contains(first) { return try numeric() }
        if let word = scanner.peekWord() {
            if let value = try namedValue(word, context) { return value }
        }
        return .column(try column())
    }

    /// A value that is a word of the grammar; nil: the word is a column.
    private mutating func namedValue(
        _ word: String, _ context: ValueContext
    ) throws(CheckSyntaxError) -> CheckValue? {
        let start = scanner.position
        switch word {
        case "today":
            _ = scanner.takeWord()
            return .today
        case "yesterday":
            _ = scanner.takeWord()
            return .yesterday
        case "now":
            _ = scanner.takeWord()
            return .now
        case "interval":
            _ = scanner.takeWord()
            if scanner.take("start") { return .intervalStart }
            if scanner.take("end") { return .intervalEnd }
            throw scanner.unexpected(hint: CheckReader.quotingHint(word))
        case "true", "false":
            _ = scanner.takeWord()
            return .literal(.word(word))
        case "where", "over", "except", "on", "and", "not", "between", "in", "within", "is", "of", "as":
            throw scanner.unexpected(hint: CheckReader.quotingHint(word))
        default:
            guard word.lowercased() == "null" else { return nil }
            throw scanner.error(
                "nothing compares with NULL", hint: "Write `not null`, or `missing` and a number", at: start)
        }
    }

    /// What begins like a number: a number, a percentage, a duration, a date, or a date and time.
    private mutating func numeric() throws(CheckSyntaxError) -> CheckValue {
        let run = scanner.run { $0.continuesName || ".:+-".unicodeScalars.contains($0) }
        let written = scanner.string(run)
        let literal = try literal(written, at: run.lowerBound)
        if let literal {
            scanner.move(to: run.upperBound)
            guard case .number(let digits) = literal, scanner.next == "%" else { return .literal(literal) }
            return .percent(try percent(digits, at: run.lowerBound))
        }
        guard let period = Period(written) else {
            throw scanner.error(
                "`\(scanner.found)` is no number, duration, date or time",
                hint: "They look like 12.5, 6h, 2026-11-19 and 2026-11-19T08:00")
        }
        scanner.move(to: run.upperBound)
        return .period(period)
    }

    /// A number, date, or date and time; nil: the text is none of them.
    func literal(_ written: String, at place: Int) throws(CheckSyntaxError) -> Literal? {
        if DecimalOrder(written) != nil { return .number(written) }
        let bytes = Array(written.utf8)
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
            return nil
        }
        if bytes.count == 10 {
            guard let date = CivilDate(written) else {
                throw scanner.error("there is no date \(written)", hint: "A date is YYYY-MM-DD", at: place)
            }
            return .date(date)
        }
        guard bytes[10] == UInt8(ascii: "T"), let reading = CivilDateTime.reading(written) else {
            throw scanner.error(
                "there is no such date and time",
                hint: "It is YYYY-MM-DDTHH:MM[:SS], then Z or +01:00 if it has an offset",
                at: place)
        }
        return .dateTime(
            reading.civil, milliseconds: reading.milliseconds, offsetSeconds: reading.offsetSeconds)
    }

    // MARK: Numbers of a kind

    /// `NUMBER %`, 0 to 100.
    mutating func percentage() throws(CheckSyntaxError) -> String {
        scanner.want("a percentage")
        let run = scanner.run { $0.continuesName || ".+-".unicodeScalars.contains($0) }
        let digits = scanner.string(run)
        guard DecimalOrder(digits) != nil else { throw scanner.unexpected() }
        scanner.move(to: run.upperBound)
        guard scanner.next == "%" else {
            scanner.want("`%`")
            throw scanner.unexpected()
        }
        return try percent(digits, at: run.lowerBound)
    }

    /// Goes past the `%` that stands here.
    private mutating func percent(_ digits: String, at place: Int) throws(CheckSyntaxError) -> String {
        _ = scanner.take(symbol: "%")
        guard let number = DecimalOrder(digits), let zero = DecimalOrder("0"),
            let hundred = DecimalOrder("100"),
            !(number < zero), !(hundred < number)
        else { throw scanner.error("a percentage lies between 0 and 100", at: place) }
        guard !digits.contains(where: { "eE+".contains($0) }), digits.count <= 40 else {
            throw scanner.error("a percentage is written in plain digits", at: place)
        }
        return digits.hasPrefix("-") ? String(digits.dropFirst()) : digits
    }

    /// A plain whole number.
    mutating func count(_ range: ClosedRange<Int>, what: String) throws(CheckSyntaxError) -> Int {
        scanner.want(what)
        let run = scanner.run { $0.continuesName || ".+-".unicodeScalars.contains($0) }
        guard let first = scanner.next, first.isDigit else { throw scanner.unexpected() }
        guard run.count <= 18, let count = Int(scanner.string(run)), range.contains(count) else {
            throw scanner.error("\(what) from \(range.lowerBound) to \(range.upperBound) stands here")
        }
        scanner.move(to: run.upperBound)
        return count
    }

    /// A whole number with `s`, `m`, `h`, `d` or `w`.
    mutating func duration() throws(CheckSyntaxError) -> Period {
        scanner.want("a duration such as `6h`")
        let run = scanner.run(while: \.continuesName)
        guard let period = Period(scanner.string(run)) else {
            throw scanner.unexpected(hint: "A duration is a whole number with s, m, h, d or w: 30m, 6h, 4d")
        }
        scanner.move(to: run.upperBound)
        return period
    }

    // MARK: Lists

    /// `[v, v, …]`.
    mutating func list() throws(CheckSyntaxError) -> [Literal] {
        let start = scanner.position
        guard scanner.take(symbol: "[") else { throw scanner.unexpected() }
        guard scanner.next != "]" else { throw scanner.error("the list is empty", at: start) }
        var items: [Literal] = []
        repeat {
            items.append(try item())
        } while scanner.take(symbol: ",")
        guard scanner.take(symbol: "]") else {
            throw scanner.unexpected(hint: "Text of several words is written in single quotes")
        }
        return items
    }

    private mutating func item() throws(CheckSyntaxError) -> Literal {
        for what in ["a number", "a date", "a 'text'", "a bare word"] { scanner.want(what) }
        if let text = try scanner.takeQuoted("'") { return .text(text) }
        if scanner.next == "\"" { throw scanner.error("text is written in single quotes") }
        let stops = ",[]()'\"".unicodeScalars
        let run = scanner.run { !$0.properties.isWhitespace && !stops.contains($0) }
        guard !run.isEmpty else { throw scanner.unexpected() }
        let word = scanner.string(run)
        guard word.lowercased() != "null" else {
            throw scanner.error(
                "NULL in a list never matches", hint: "Write `not null`, or quote the text: 'NULL'")
        }
        let literal = try literal(word, at: run.lowerBound) ?? .word(word)
        scanner.move(to: run.upperBound)
        return literal
    }
}
