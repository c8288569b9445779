import SuretyCore

extension CheckReader {
    /// What may follow a body: `where`, `over`, `except`, `on`, in this order.
    struct Tail {
        var filter: String?
        var scope: CheckScope?
        var tolerance: Tolerance?
        var days: DaySet?
    }

    mutating func tail(of bodies: [CheckBody]) throws(CheckSyntaxError) -> Tail {
        var tail = Tail()
        if scanner.take("where") { tail.filter = try condition("a SQL condition in quotes") }
        if scanner.take("over") { tail.scope = try scope() }
        let start = scanner.position
        if scanner.take("except") {
            guard case .row = bodies.first else {
                throw scanner.error(
                    "`except` stands with rules that each row obeys", hint: "Compare the metric instead",
                    at: start)
            }
            tail.tolerance = try amount()
        }
        if scanner.take("on") { tail.days = try days() }
        if let word = scanner.peekWord(), ["where", "over", "except"].contains(word) {
            throw scanner.error(
                "`\(word)` stands in the wrong place",
                hint: "The order is where, over, except, on, each at most once")
        }
        return tail
    }

    private mutating func scope() throws(CheckSyntaxError) -> CheckScope {
        if scanner.take("interval") { return .interval }
        if scanner.take("table") { return .table }
        guard scanner.take("last") else { throw scanner.unexpected() }
        let start = scanner.position
        let period = try duration()
        guard period.count > 0 else { throw scanner.error("a scope of no length holds no rows", at: start) }
        return .last(period)
    }

    /// `[cmp] INTEGER ["rows"]` or `[cmp] NUMBER "%"`.
    private mutating func amount() throws(CheckSyntaxError) -> Tolerance {
        let comparator = comparator() ?? .atMost
        scanner.want("a number of rows")
        scanner.want("a percentage")
        let run = scanner.run { $0.continuesName || ".+-".unicodeScalars.contains($0) }
        let digits = scanner.string(run)
        guard DecimalOrder(digits) != nil else { throw scanner.unexpected() }
        let start = scanner.position
        scanner.move(to: run.upperBound)
        if scanner.next == "%" {
            scanner.move(to: start)
            return Tolerance(comparator, try percentage(), isPercent: true)
        }
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.count <= 18
        else {
            throw scanner.error(
                "rows are counted in whole numbers", hint: "A share is written 0.5%", at: start)
        }
        _ = scanner.take("rows")
        return Tolerance(comparator, digits, isPercent: false)
    }

    /// DAYS: a calendar, weekdays, `day N`, `last day`, `business day N` or `last business day`.
    mutating func days() throws(CheckSyntaxError) -> DaySet {
        let start = scanner.position
        if scanner.take("last") {
            if scanner.take("day") { return .lastDay }
            guard scanner.take("business"), scanner.take("day") else { throw scanner.unexpected() }
            return .lastBusinessDay(try business(at: start))
        }
        if scanner.take("day") { return .dayOfMonth(try count(1...31, what: "a day of the month")) }
        if scanner.takeQuietly("business") {
            if scanner.take("day") {
                return .businessDay(try count(1...23, what: "a business day"), try business(at: start))
            }
            scanner.move(to: start)
        }
        var weekdays: Set<Weekday> = []
        while let word = scanner.peekWord(), let weekday = Weekday(rawValue: word) {
            weekdays.insert(weekday)
            _ = scanner.takeWord()
        }
        return weekdays.isEmpty ? try calendar() : .weekdays(weekdays)
    }

    private mutating func calendar() throws(CheckSyntaxError) -> DaySet {
        scanner.want("`business day N`")
        scanner.want("weekdays such as `mon wed fri`")
        for id in calendars.keys.sorted() { scanner.want("`\(id)`") }
        let run = scanner.run { !$0.properties.isWhitespace && $0 != "'" && $0 != "\"" }
        let id = CalendarID(rawValue: scanner.string(run))
        guard let calendar = calendars[id] else {
            guard !run.isEmpty else { throw scanner.unexpected() }
            let known = calendars.keys.sorted().map { "`\($0)`" }
            throw scanner.error(
                "there is no calendar `\(scanner.found)`",
                hint: known.isEmpty
                    ? "Declare it under `calendars`, or write weekdays: mon wed fri"
                    : "There is \(CheckSyntaxError.either(known)); weekdays are written mon wed fri")
        }
        scanner.move(to: run.upperBound)
        return .calendar(id, calendar)
    }

    private func business(at place: Int) throws(CheckSyntaxError) -> BusinessCalendar {
        guard let calendar = calendars["business"] else {
            throw scanner.error(
                "there is no calendar `business`", hint: "Declare it under `calendars`", at: place)
        }
        return calendar
    }
}
