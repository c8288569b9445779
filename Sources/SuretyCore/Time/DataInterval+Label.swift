extension DataInterval {
    /// As on the command line: `2026-11-19`, `2026-11-19T06`, `2026-W47`, `2026-11`; the second of two hours with the
    /// same wall time carries its offset, `2026-11-01T01-05:00`.
    public var description: String {
        let civil = civilStart
        switch grain {
        case .hour:
            let label = "\(civil.date)T\(padded(civil.time.hour, 2))"
            guard zone.instant(of: civil) != start else { return label }
            let offset = zone.offset(at: start)
            let magnitude = Int(offset.magnitude)
            return label + (offset < 0 ? "-" : "+") + padded(magnitude / 3600, 2)
                + ":" + padded(magnitude / 60 % 60, 2)
        case .day: return civil.date.description
        case .week:
            let thursday = civil.date.monday.adding(days: 3)
            let january = thursday.year
            let firstOfYear = CivilDate(year: january, month: 1, day: 1) ?? thursday
            let week = (thursday.dayNumber - firstOfYear.dayNumber) / 7 + 1
            return "\(padded(january, 4))-W\(padded(week, 2))"
        case .month: return String(civil.date.description.prefix(7))
        }
    }
}
