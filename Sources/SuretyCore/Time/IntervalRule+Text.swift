extension IntervalRule {
    /// Reads `hour|day|week|month of COLUMN [on DAYS] [in ZONE]`; `zone` counts where none is written.
    ///
    /// An odd column name is written `column "…"`, a quote in it doubled.
    public init(
        text: String, calendars: [CalendarID: BusinessCalendar], zone: Zone
    ) throws(TimeSyntaxError) {
        var rest = Substring(text)
        guard let grain = Grain(rawValue: rest.takeWord()), rest.takeWord() == "of" else {
            throw TimeSyntaxError("`\(text)` is no interval", hint: IntervalRule.form)
        }
        let column = try IntervalRule.column(&rest, of: text)
        let clauses = try RuleClauses(
            words: rest.split(whereSeparator: \.isWhitespace).map(String.init)[...], of: text)
        if let word = clauses.head.first {
            throw TimeSyntaxError("`\(text)` is not understood at `\(word)`", hint: IntervalRule.form)
        }
        let days = try clauses.days(calendars: calendars)
        self.init(cadence: Cadence(grain, in: try clauses.zone() ?? zone, on: days), column: column)
    }

    private static let form =
        "Write `hour|day|week|month of COLUMN [on DAYS] [in ZONE]`, such as `day of invoice_date`."

    private static func column(_ rest: inout Substring, of text: String) throws(TimeSyntaxError) -> String {
        rest = rest.drop(while: \.isWhitespace)
        var afterWord = rest
        if afterWord.takeWord() == "column" {
            let quoted = afterWord.drop(while: \.isWhitespace)
            if quoted.first == "\"" { rest = quoted }
        }
        if rest.first == "\"" {
            guard let name = rest.takeQuoted() else {
                throw TimeSyntaxError("`\(text)` has a column name without its closing quote")
            }
            return name
        }
        let word = rest.takeWord()
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
        guard let first = word.first, letters.contains(first),
            word.allSatisfy({ letters.contains($0) || "0123456789".contains($0) })
        else {
            throw TimeSyntaxError(
                word.isEmpty ? "`\(text)` lacks a column" : "`\(word)` is no plain column name",
                hint: word.isEmpty ? form : "Write `column \"\(word)\"`.")
        }
        return word
    }
}

extension Substring {
    /// Takes the next word and the white space before it; empty at the end.
    fileprivate mutating func takeWord() -> String {
        let start = drop(while: \.isWhitespace)
        let word = start.prefix { !$0.isWhitespace }
        self = start.dropFirst(word.count)
        return String(word)
    }

    /// Takes a name in double quotes, in which a doubled quote is one; nil if it has no end or nothing in it.
    fileprivate mutating func takeQuoted() -> String? {
        var name = ""
        var rest = dropFirst()
        while let character = rest.popFirst() {
            guard character == "\"" else {
                name.append(character)
                continue
            }
            guard rest.first == "\"" else {
                self = rest
                return name.isEmpty ? nil : name
            }
            name.append("\"")
            rest = rest.dropFirst()
        }
        return nil
    }
}
