import SuretyCore

extension Terms {
    /// The condition that holds for the rows of a scope; nil for all rows.
    func condition(_ scope: CheckScope) throws(Misfit) -> Fragment? {
        switch scope {
        case .table: return nil
        case .interval:
            guard let rule = asset.interval, let interval = slice.interval else { return nil }
            let column = try column(rule.column)
            if rule.isUnclearWithoutZone, column.kind == .timestamp || column.kind == .date {
                throw Misfit(rule.unclearHours(of: column.name, column.type))
            }
            return try within(interval.start, interval.end, of: column)
        case .last(let period):
            guard let rule = asset.interval, let interval = slice.interval else {
                throw Misfit("`over last \(period)` needs an interval", nil)
            }
            let column = try column(rule.column)
            return try within(start(of: period, before: interval.end), interval.end, of: column)
        }
    }

    /// The first instant of a period before another, calendar days for `d` and `w`, never before `since`.
    private func start(of period: Period, before end: Instant) -> Instant {
        var start = end.adding(seconds: -period.seconds)
        if let days = period.calendarDays {
            let civil = zone.civil(of: end)
            start = zone.instant(of: CivilDateTime(civil.date.adding(days: -days), civil.time))
        }
        return asset.since.map { max(start, zone.instant(of: CivilDateTime($0))) } ?? start
    }

    /// Rows whose value lies in `[start, end)`, the bounds in the form of the column's type; either may be missing.
    func within(_ start: Instant?, _ end: Instant?, of column: CheckedColumn) throws(Misfit) -> Fragment? {
        let low = try start.map { instant throws(Misfit) in
            try compare(column, .atLeast, instant: instant)
        }
        let high = try end.map { instant throws(Misfit) in try compare(column, .less, instant: instant) }
        guard low != nil || high != nil else { return nil }
        return .all([low, high])
    }

    /// A column of points in time compared with an instant; a date counts as the start of that day.
    func compare(
        _ column: CheckedColumn, _ comparator: Comparator, instant: Instant
    ) throws(Misfit) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        let sign = comparator.rawValue
        switch column.kind {
        case .timestamptz: return "\(name) \(unchecked: sign) \(.instant(instant))"
        case .timestamp: return compare(name, comparator, walls: zone.walls(meaning: instant))
        case .date: return compare(name, comparator, startOfDayWith: instant)
        case .text, .untyped, .other:
            guard dialect == .sqlite else { break }
            // Text in either stored form sorts by time, and a date sorts before every time of that day.
            let wall = instant.storedWallText(in: zone)
            let text = wall.hasSuffix(" 00:00:00") ? String(wall.prefix(10)) : wall
            return "\(name) \(unchecked: sign) \(.text(text))"
        case .integer, .numeric, .real, .double, .boolean, .time, .length, .uuid, .opaque: break
        }
        throw Misfit("\(column.name) is \(column.type), which is not a point in time")
    }

    /// Wall times compared with those that mean an instant, so that an index on the column can be used.
    private func compare(_ name: Fragment, _ comparator: Comparator, walls: Zone.Walls) -> Fragment {
        let first = wall(walls.first)
        switch (comparator, walls.last) {
        case (.atLeast, _), (.greater, nil): return "\(name) >= \(first)"
        case (.less, _), (.atMost, nil): return "\(name) < \(first)"
        case (.greater, let last?): return "\(name) > \(wall(last))"
        case (.atMost, let last?): return "\(name) <= \(wall(last))"
        case (.equal, nil): return "(\(name) IS NULL AND NULL)"
        case (.notEqual, nil): return "(\(name) IS NOT NULL OR NULL)"
        case (.equal, let last?) where last == walls.first: return "\(name) = \(first)"
        case (.notEqual, let last?) where last == walls.first: return "\(name) <> \(first)"
        case (.equal, let last?): return "(\(name) >= \(first) AND \(name) <= \(wall(last)))"
        case (.notEqual, let last?): return "(\(name) < \(first) OR \(name) > \(wall(last)))"
        }
    }

    /// A wall time, given in milliseconds as if it were UTC.
    private func wall(_ milliseconds: Int64) -> Fragment {
        guard dialect == .postgres else { return "\(.text(Instant(milliseconds: milliseconds).storedText))" }
        guard milliseconds % 1000 == 0 else {
            return "\(.text(Instant(milliseconds: milliseconds).storedText))::timestamp"
        }
        return "\(.civil(CivilDateTime(milliseconds: milliseconds)))"
    }

    /// Days compared, by their start, with an instant, as a comparison of dates.
    private func compare(
        _ name: Fragment, _ comparator: Comparator, startOfDayWith instant: Instant
    ) -> Fragment {
        let date = zone.civil(of: instant).date
        let isStart = zone.instant(of: CivilDateTime(date)) == instant
        let sign: Comparator =
            switch comparator {
            case .less where !isStart: .atMost
            case .atLeast where !isStart: .greater
            case .less, .atMost, .greater, .atLeast, .equal, .notEqual: comparator
            }
        if !isStart, comparator == .equal { return "(\(name) IS NULL AND NULL)" }
        if !isStart, comparator == .notEqual { return "(\(name) IS NOT NULL OR NULL)" }
        return "\(name) \(unchecked: sign.rawValue) \(.date(date))"
    }

    /// A column of points in time compared with a date; an instant counts against the start of that day.
    func compare(
        _ column: CheckedColumn, _ comparator: Comparator, date: CivilDate
    ) throws(Misfit) -> Fragment {
        if column.kind == .date {
            return "\(identifier: column.name) \(unchecked: comparator.rawValue) \(.date(date))"
        }
        return try compare(column, comparator, instant: zone.instant(of: CivilDateTime(date)))
    }
}
