/// The calendar slots that rows must fill, and the gaps between those that they fill.
public struct GapSlots: Sendable {
    /// The slots' size.
    public let unit: GapUnit
    /// The zone of their clocks.
    public let zone: Zone

    /// Slots of a size in a zone.
    public init(_ unit: GapUnit, in zone: Zone) {
        self.unit = unit
        self.zone = zone
    }

    /// Rows at about one time.
    public struct Filled: Hashable, Sendable {
        /// The wall time; minutes and smaller do not matter.
        public let wall: CivilDateTime
        /// The instant, where the column has instants; it tells the two hours of a clock that goes back apart.
        public let instant: Instant?
        /// How many.
        public let rows: Int64

        /// So many rows at a wall time.
        public init(wall: CivilDateTime, instant: Instant? = nil, rows: Int64) {
            self.wall = wall
            self.instant = instant
            self.rows = rows
        }
    }

    /// The slots without rows, from the slot that holds `start`, the first row or `since`, whichever is latest, to
    /// the last that has ended by `end`; without an end, to the one that holds the newest row.
    ///
    /// `first` is the table's first row, nil if it has none.
    public func gaps(
        in filled: [Filled], first: CivilDateTime?, from start: CivilDateTime?, since: CivilDate?,
        to end: Instant?
    ) -> GapMeasurement {
        let nothing = GapMeasurement(looked: 0, slots: nil, missing: [], unit: unitName)
        guard let first, let newest = filled.map(\.wall).max() ?? end.map(zone.civil(of:)) else {
            return nothing
        }
        if let end, zone.instant(of: first) >= end { return nothing }
        let low = startOfSlot(
            [first, start, since.map { CivilDateTime($0) }].compactMap(\.self).max() ?? first)
        let last = end.map { startOfLastSlot(endedBy: zone.civil(of: $0)) } ?? startOfSlot(newest)
        let looked = filled.filter { $0.wall >= low }.reduce(0) { $0 + $1.rows }
        let (slots, missing) = unit == .hour ? hours(low, last, end, filled) : days(low, last, filled)
        return GapMeasurement(looked: looked, slots: slots, missing: missing, unit: unitName)
    }

    private func days(
        _ low: CivilDateTime, _ last: CivilDateTime, _ filled: [Filled]
    ) -> (Int64, [String]) {
        let present = Set(filled.map { startOfSlot($0.wall).date })
        var slots: Int64 = 0
        var missing: [String] = []
        var date = low.date
        while date <= last.date {
            if isSlot(date) {
                slots += 1
                if !present.contains(date) { missing.append(label(date)) }
            }
            date = next(date)
        }
        return (slots, missing)
    }

    /// Hours are counted as they pass, so that a day of 23 or 25 of them is right, and so is an end at which the clocks
    /// are put forward.
    private func hours(
        _ low: CivilDateTime, _ last: CivilDateTime, _ end: Instant?, _ filled: [Filled]
    ) -> (Int64, [String]) {
        let base = zone.instant(of: low)
        let walls = Set(filled.filter { $0.instant == nil }.map { startOfSlot($0.wall) })
        let numbers = Set(
            filled.compactMap {
                $0.instant.map { $0.milliseconds(since: base).floored(by: 3_600_000).quotient }
            })
        let count =
            end.map { $0.milliseconds(since: base).floored(by: 3_600_000).quotient }
            ?? zone.instant(of: last).milliseconds(since: base).floored(by: 3_600_000).quotient + 1
        guard count > 0 else { return (0, []) }
        var missing: [String] = []
        for number in 0..<count where !numbers.contains(number) {
            let wall = startOfSlot(zone.civil(of: base.adding(seconds: number * 3600)))
            if !walls.contains(wall) { missing.append("\(wall.date)T\(padded(wall.time.hour, 2))") }
        }
        return (count, missing)
    }

    /// The first wall time of the slot that holds another.
    public func startOfSlot(_ wall: CivilDateTime) -> CivilDateTime {
        switch unit {
        case .hour: CivilDateTime(wall.date, CivilTime(secondOfDay: wall.time.hour * 3600))
        case .day, .businessDay: CivilDateTime(wall.date)
        case .week: CivilDateTime(wall.date.monday)
        case .month: CivilDateTime(wall.date.firstOfMonth())
        }
    }

    private func startOfLastSlot(endedBy wall: CivilDateTime) -> CivilDateTime {
        switch unit {
        case .hour:
            wall.time.hour == 0
                ? CivilDateTime(wall.date.adding(days: -1), CivilTime(secondOfDay: 23 * 3600))
                : CivilDateTime(wall.date, CivilTime(secondOfDay: (wall.time.hour - 1) * 3600))
        case .day, .businessDay: CivilDateTime(wall.date.adding(days: -1))
        case .week: CivilDateTime(wall.date.monday.adding(days: -7))
        case .month: CivilDateTime(wall.date.firstOfMonth(adding: -1))
        }
    }

    private func isSlot(_ date: CivilDate) -> Bool {
        switch unit {
        case .businessDay(let calendar): calendar.contains(date)
        case .hour, .day, .week, .month: true
        }
    }

    private func next(_ date: CivilDate) -> CivilDate {
        switch unit {
        case .hour, .day, .businessDay: date.adding(days: 1)
        case .week: date.adding(days: 7)
        case .month: date.firstOfMonth(adding: 1)
        }
    }

    private func label(_ date: CivilDate) -> String {
        switch unit {
        case .hour, .day, .businessDay: return date.description
        case .week:
            let thursday = date.adding(days: 3)
            let firstOfYear = CivilDate(year: thursday.year, month: 1, day: 1) ?? thursday
            return
                "\(padded(thursday.year, 4))-W\(padded((thursday.dayNumber - firstOfYear.dayNumber) / 7 + 1, 2))"
        case .month: return String(date.description.prefix(7))
        }
    }

    private var unitName: String {
        switch unit {
        case .hour: "hours"
        case .day: "days"
        case .businessDay: "business days"
        case .week: "weeks"
        case .month: "months"
        }
    }
}
