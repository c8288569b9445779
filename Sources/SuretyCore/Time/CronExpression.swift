/// A cron expression of five fields: minute, hour, day of month, month, day of week.
///
/// Each is `*`, or a list of numbers, names (`jan`, `mon`; any case), ranges and steps. 0 and 7 are Sunday. When both
/// the day of the month and the day of the week are something else than `*`, a day on which either matches counts.
public struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    /// As written, fields separated by one space.
    public let text: String
    /// Minutes, 0 to 59, ascending.
    public let minutes: [Int]
    /// Hours, 0 to 23, ascending.
    public let hours: [Int]
    /// Whether the hour is `*` or means all hours: then it fires by elapsed time, in both of two repeated hours and never in a gap.
    public let isEveryHour: Bool
    /// Days of the month, 1 to 31, ascending; nil when the field is `*`.
    public let daysOfMonth: [Int]?
    /// Months, 1 to 12, ascending.
    public let months: [Int]
    /// Days of the week; nil when the field is `*`.
    public let weekdays: Set<Weekday>?

    /// Reads five fields separated by white space; errors name the field that is wrong.
    public init(_ text: String) throws(CronError) {
        let fields = text.split { $0.isWhitespace }.map(String.init)
        if let macro = fields.first, macro.hasPrefix("@") {
            throw CronError("`\(macro)` is not supported", hint: CronExpression.hint(forMacro: macro))
        }
        guard fields.count == CronField.allCases.count else {
            throw CronError(
                "a cron expression has five fields, this one has \(fields.count)",
                hint: "Write minute, hour, day of month, month, day of week, such as `0 8 * * 1-5`.")
        }
        self.text = fields.joined(separator: " ")
        minutes = try CronField.minute.values(of: fields[0]) ?? Array(0...59)
        let hours = try CronField.hour.values(of: fields[1])
        self.hours = hours ?? Array(0...23)
        isEveryHour = hours == nil || hours?.count == 24
        daysOfMonth = try CronField.dayOfMonth.values(of: fields[2])
        months = try CronField.month.values(of: fields[3]) ?? Array(1...12)
        weekdays = try CronField.dayOfWeek.values(of: fields[4]).map { numbers in
            Set(numbers.map { Weekday.allCases[($0 + 6) % 7] })
        }
    }

    private static func hint(forMacro macro: String) -> String {
        let fields: [String: String] = [
            "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
            "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
            "@hourly": "0 * * * *",
        ]
        return fields[macro.lowercased()].map { "Write `\($0)`." } ?? "Write five fields."
    }

    /// As written, fields separated by one space.
    public var description: String { text }

    /// Whether there is a day on which it fires: `0 0 30 2 *` has none.
    public var canFire: Bool {
        guard weekdays == nil, let earliest = daysOfMonth?.first else { return true }
        return months.contains { earliest <= CivilDate.days(inMonth: $0, of: 2000) }
    }

    /// Whether it fires on a date.
    public func matches(_ date: CivilDate) -> Bool {
        let (_, month, day) = date.parts
        guard months.contains(month) else { return false }
        switch (daysOfMonth, weekdays) {
        case (nil, nil): return true
        case (let days?, nil): return days.contains(day)
        case (nil, let weekdays?): return weekdays.contains(date.weekday)
        case (let days?, let weekdays?): return days.contains(day) || weekdays.contains(date.weekday)
        }
    }

    /// Whether it fires in the minute that begins at a wall time; never at one with seconds.
    public func matches(_ civil: CivilDateTime) -> Bool {
        civil.time.second == 0 && minutes.contains(civil.time.minute) && hours.contains(civil.time.hour)
            && matches(civil.date)
    }
}
