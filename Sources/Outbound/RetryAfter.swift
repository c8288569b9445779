import Foundation
import SuretyCore

/// How long an answer asks to wait before the next try: seconds, or an HTTP date.
struct RetryAfter: Hashable, CustomStringConvertible {
    /// Seconds from now, 0 to a day.
    let seconds: Int64

    /// Reads the header's value; nil if it is neither.
    init?(_ value: String, now: Instant) {
        let text = value.trimmingCharacters(in: .whitespaces)
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            seconds = min(Int64(text) ?? 86_400, 86_400)
            return
        }
        let format = Date.ParseStrategy(
            format:
                "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)
        guard let date = try? Date(text, strategy: format) else { return nil }
        let wait = Int64(date.timeIntervalSince1970) - now.milliseconds / 1000
        seconds = min(max(wait, 0), 86_400)
    }

    /// `a wait of 30 s`.
    var description: String { "a wait of \(seconds) s" }
}
