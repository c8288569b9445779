import SuretyCore

/// Days as a report says them.
enum ReportDates {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Tue`.
    static func weekday(_ date: CivilDate) -> String { date.weekday.rawValue.capitalizedFirst }

    /// `Tue 17 Nov`.
    static func day(_ date: CivilDate) -> String { "\(weekday(date)) \(date.day) \(month(date))" }

    /// `08:38`.
    static func clock(_ time: CivilTime) -> String { String(time.description.prefix(5)) }

    /// From one date to another, both included: `16–22 Nov 2026`, `28 Dec 2026 – 3 Jan 2027`.
    static func span(_ first: CivilDate, _ last: CivilDate) -> String {
        let end = "\(last.day) \(month(last)) \(last.year)"
        if first.year != last.year { return "\(first.day) \(month(first)) \(first.year) – \(end)" }
        if first.month != last.month { return "\(first.day) \(month(first)) – \(end)" }
        return "\(first.day)–\(end)"
    }

    private static func month(_ date: CivilDate) -> String { months[date.month - 1] }
}

extension String {
    /// The same text with a capital letter at its beginning.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// The text on one line: controls and what turns the direction of writing are spaces or gone.
    var flattened: String {
        var flat = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: flat.append(" ")
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            case _: flat.append(scalar)
            }
        }
        return String(flat)
    }
}
