import SuretyCore

/// Reads calendars of business days.
struct CalendarReader {
    /// Where findings go.
    let reading: Reading

    /// Calendars by id.
    func calendars(_ pairs: [YamlPair]) -> [CalendarID: BusinessCalendar] {
        var found: [CalendarID: BusinessCalendar] = [:]
        for pair in pairs {
            guard reading.isID(pair, "a calendar"), isFree(pair),
                reading.declare(.calendar, pair.key, at: pair.keyNode.location)
            else { continue }
            found[CalendarID(rawValue: pair.key)] = calendar(pair)
        }
        return found
    }

    private func isFree(_ pair: YamlPair) -> Bool {
        guard Weekday(rawValue: pair.key.lowercased()) == nil else {
            reading.error(pair.keyNode.location, "a calendar cannot be named as a weekday: `\(pair.key)`")
            return false
        }
        return true
    }

    private func calendar(_ pair: YamlPair) -> BusinessCalendar {
        let fields = Fields(
            pair.value, "the calendar `\(pair.key)`", keys: ["days", "closed", "closed_file", "open"],
            at: pair.keyNode.location, in: reading)
        var calendar = BusinessCalendar(weekdays: weekdays(fields))
        calendar.closed = dates(fields, "closed")
        calendar.open = dates(fields, "open")
        if let path = fields.text("closed_file"), let file = reading.attachment(path, "`closed_file`") {
            do throws(HolidayFile.Problem) {
                calendar.closed.formUnion(try HolidayFile(file.text).dates)
            } catch {
                reading.error(
                    path.location, "`\(path.shown)` cannot be read, line \(error.line): \(error.message)",
                    hint: "It must be an iCalendar file with single days off.")
            }
        }
        return calendar
    }

    private func weekdays(_ fields: Fields) -> Set<Weekday> {
        guard let node = fields.node("days") else {
            fields.missing("days", hint: "Write `days: mon tue wed thu fri`.")
            return []
        }
        let words: [Written]
        if case .sequence = node.content {
            words = fields.texts("days")
        } else if let text = fields.text("days") {
            words = text.text.split { $0 == " " || $0 == "," }.map { text.with($0) }
        } else {
            return []
        }
        var days: Set<Weekday> = []
        for word in words {
            if let day = Weekday(rawValue: word.text.lowercased()) {
                days.insert(day)
            } else {
                reading.error(
                    word.location, "`\(word.shown)` is no weekday",
                    hint: "Write `mon tue wed thu fri sat sun`.")
            }
        }
        return days
    }

    private func dates(_ fields: Fields, _ key: String) -> Set<CivilDate> {
        var dates: Set<CivilDate> = []
        for text in fields.texts(key) {
            if let date = CivilDate(text.text) {
                dates.insert(date)
            } else {
                reading.error(text.location, "`\(text.shown)` is no date", hint: "Write it as 2026-12-25.")
            }
        }
        return dates
    }
}
