import SuretyCore
import Testing

/// The zone with a name, for tests.
func zone(_ name: String) throws -> Zone { try #require(Zone(name)) }

/// The instant of a wall time with an offset or `Z`, for tests.
func at(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text), "\(text)") }

/// The date `YYYY-MM-DD`, for tests.
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text), "\(text)") }

/// Monday to Friday without Christmas.
let business = BusinessCalendar(
    weekdays: [.mon, .tue, .wed, .thu, .fri], closed: [CivilDate(dayNumber: 20_812)])

/// The calendar `business`.
let calendars: [CalendarID: BusinessCalendar] = ["business": business]
