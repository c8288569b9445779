extension DeadlineRule: CustomStringConvertible {
    /// Reads `HH:MM[, HH:MM] [on DAYS] [in ZONE]`; `zone` counts where none is written.
    public init(
        text: String, calendars: [CalendarID: BusinessCalendar], zone: Zone
    ) throws(TimeSyntaxError) {
        let words = text.replacing(",", with: " , ").split(whereSeparator: \.isWhitespace).map(String.init)
        let clauses = try RuleClauses(words: words[...], of: text)
        guard !clauses.head.isEmpty else {
            throw TimeSyntaxError("a time of day is missing", hint: DeadlineRule.form)
        }
        var times: Set<CivilTime> = []
        for (index, word) in clauses.head.enumerated() {
            if index % 2 == 1 {
                guard word == ",", index < clauses.head.count - 1 else {
                    throw TimeSyntaxError("`\(text)` is not understood at `\(word)`", hint: DeadlineRule.form)
                }
            } else {
                times.insert(try DeadlineRule.time(word))
            }
        }
        self = .times(
            times.sorted(), on: try clauses.days(calendars: calendars), zone: try clauses.zone() ?? zone)
    }

    private static let form = "Write `HH:MM[, HH:MM] [on DAYS] [in ZONE]`, such as `08:00 on business`."

    private static func time(_ word: String) throws(TimeSyntaxError) -> CivilTime {
        if let time = CivilTime(word) { return time }
        if let padded = CivilTime("0" + word) {
            throw TimeSyntaxError("`\(word)` is no time of day", hint: "Write `\(padded)`.")
        }
        throw TimeSyntaxError("`\(word)` is no time of day", hint: "It must be `00:00` to `23:59`.")
    }

    /// As it is written; a cron expression as it is.
    public var description: String {
        switch self {
        case .times(let times, let days, let zone):
            times.map(\.description).joined(separator: ", ") + (days.map { " on \($0)" } ?? "")
                + " in \(zone)"
        case .cron(let cron, let zone): "\(cron) in \(zone)"
        }
    }
}
