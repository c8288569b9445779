import SuretyCore

/// The days off in an iCalendar file: events with dates, and nothing that repeats.
struct HolidayFile {
    /// Why a file cannot be read, and on which line.
    struct Problem: Error {
        /// What is wrong.
        let message: String
        /// The line, from 1.
        let line: Int
    }

    /// The dates that its events cover.
    private(set) var dates: Set<CivilDate> = []

    private struct Event {
        let line: Int
        var start: CivilDate?
        var end: CivilDate?
        var isCancelled = false
    }

    /// Reads the text of a file.
    init(_ text: String) throws(Problem) {
        var event: Event?
        var hasCalendar = false
        for (line, content) in HolidayFile.lines(text) {
            let (name, parameters, value) = HolidayFile.parts(content)
            switch (name, value.uppercased()) {
            case ("BEGIN", "VCALENDAR"): hasCalendar = true
            case ("BEGIN", "VEVENT"): event = Event(line: line)
            case ("END", "VEVENT"):
                if let done = event { try add(done) }
                event = nil
            case ("DTSTART", _) where event != nil:
                event?.start = try HolidayFile.date(value, parameters, line)
            case ("DTEND", _) where event != nil: event?.end = try HolidayFile.date(value, parameters, line)
            case ("STATUS", "CANCELLED"): event?.isCancelled = true
            case ("RRULE", _) where event != nil, ("RDATE", _) where event != nil,
                ("DURATION", _) where event != nil:
                throw Problem(message: "`\(name)` is not supported", line: line)
            case _: continue
            }
        }
        guard hasCalendar else { throw Problem(message: "there is no `BEGIN:VCALENDAR`", line: 1) }
        if let event { throw Problem(message: "the event has no end", line: event.line) }
    }

    private mutating func add(_ event: Event) throws(Problem) {
        guard let start = event.start else {
            throw Problem(message: "the event has no `DTSTART`", line: event.line)
        }
        if event.isCancelled { return }
        // The end of an event of whole days is the day after its last.
        let end = max(event.end ?? start.adding(days: 1), start.adding(days: 1))
        guard end.dayNumber - start.dayNumber <= 366 else {
            throw Problem(message: "the event is longer than a year", line: event.line)
        }
        for number in start.dayNumber..<end.dayNumber { dates.insert(CivilDate(dayNumber: number)) }
    }

    private static func date(_ value: String, _ parameters: String, _ line: Int) throws(Problem) -> CivilDate
    {
        let digits = value.prefix(8)
        let isMidnight = value.count == 8 || value.dropFirst(8).hasPrefix("T000000")
        guard digits.count == 8, digits.allSatisfy(\.isNumber), isMidnight,
            let date = CivilDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
        else {
            throw Problem(message: "`\(abbreviated(value, to: 40))` is no whole day", line: line)
        }
        return date
    }

    /// The content lines with their numbers, folded ones joined.
    private static func lines(_ text: String) -> [(Int, String)] {
        var found: [(Int, String)] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            if let first = line.first, first == " " || first == "\t", let last = found.indices.last {
                found[last].1 += line.dropFirst()
            } else if !line.isEmpty {
                found.append((index + 1, String(line)))
            }
        }
        return found
    }

    private static func parts(_ line: String) -> (name: String, parameters: String, value: String) {
        let head = line.prefix { $0 != ":" }
        let name = head.prefix { $0 != ";" }
        let value = line.dropFirst(head.count + 1).drop { $0 == " " }
        return (name.uppercased(), String(head.dropFirst(name.count)), String(value))
    }
}
