import SuretyCore

/// Plans `no gaps`.
struct GapPlanner {
    let terms: Terms
    let filter: Fragment?
    /// As written; nil: the last 35 days.
    let scope: CheckScope?

    private static let days = 35

    func plan(
        _ name: String, by unit: GapUnit
    ) throws(Misfit) -> (questions: [Question], measure: ([Answer]) throws(Misfit) -> GapMeasurement) {
        let column = try terms.column(name)
        guard column.kind.isTemporal || column.kind == .untyped else {
            throw Misfit("\(name) is \(column.type), which is not a point in time")
        }
        if unit == .hour, column.kind == .date { throw Misfit("\(name) is a date, which has no hours") }
        let slots = GapSlots(unit, in: terms.zone)
        let end = end
        let start = try start(before: end).map { slots.startOfSlot($0) }
        let bounds = try terms.within(start.map { terms.zone.instant(of: $0) }, end, of: column)
        let finite: Fragment = terms.dialect == .postgres ? "isfinite(\(identifier: name))" : "true"
        let table: Fragment = "\(table: terms.table.name)"
        let present: Fragment = .all([filter, "\(identifier: name) IS NOT NULL", finite])
        let time: Fragment = time(column, unit)
        let point: Fragment = "\(identifier: name)"
        // Formatted outside: PostgreSQL would format every row before it sorts.
        let first: Fragment = """
            SELECT \(time)
            FROM (SELECT \(point) FROM \(table) WHERE \(present) ORDER BY \(point) LIMIT 1) AS s
            """
        // Whole days are formatted once they are counted.
        let rows: Fragment =
            column.kind == .date && terms.dialect == .postgres
            ? """
            SELECT \(time), n
            FROM (SELECT \(point), count(*) AS n FROM \(table) WHERE \(.all([present, bounds])) GROUP BY \(point)) AS s
            """
            : """
            SELECT t, count(*)
            FROM (SELECT \(time) AS t FROM \(table) WHERE \(.all([present, bounds]))) AS s
            GROUP BY t
            """
        return (
            [.own(first), .own(rows)],
            { answers throws(Misfit) in
                var filled = try answers[1].map { row throws(Misfit) in try read(row, column, unit) }
                let oldest = try answers[0].first.map { row throws(Misfit) in
                    try read([row.first ?? nil, "1"], column, unit)
                }
                var from = start
                if from == nil, scope == nil, let newest = filled.map(\.wall).max() {
                    // A whole table has no end of an interval; its newest row stands for it.
                    from = slots.startOfSlot(
                        CivilDateTime(newest.date.adding(days: 1 - Self.days)))
                    filled = filled.filter { $0.wall >= from ?? $0.wall }
                }
                return slots.gaps(
                    in: filled, first: oldest?.wall, from: from, since: terms.asset.since, to: end)
            }
        )
    }

    /// The end of the window; nil: the newest row.
    private var end: Instant? {
        switch scope {
        case .table: nil
        case nil, .interval, .last: terms.asset.interval == nil ? nil : terms.slice.interval?.end
        }
    }

    private func start(before end: Instant?) throws(Misfit) -> CivilDateTime? {
        guard let end else {
            if case .last(let period) = scope { throw Misfit("`over last \(period)` needs an interval", nil) }
            return nil
        }
        let zone = terms.zone
        switch scope {
        case .table: return nil
        case .interval: return terms.slice.interval.map { zone.civil(of: $0.start) }
        case nil:
            let wall = zone.civil(of: end)
            return CivilDateTime(wall.date.adding(days: -Self.days), wall.time)
        case .last(let period):
            guard let days = period.calendarDays else {
                return zone.civil(of: end.adding(seconds: -period.seconds))
            }
            let wall = zone.civil(of: end)
            return CivilDateTime(wall.date.adding(days: -days), wall.time)
        }
    }

    /// When a row is, as coarse as the slots allow: a date, or an hour.
    private func time(_ column: CheckedColumn, _ unit: GapUnit) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        let zone: Fragment = "\(.text(terms.zone.identifier))"
        switch (terms.dialect, column.kind, unit) {
        case (.postgres, .timestamptz, .hour):
            return "(floor(extract(epoch FROM \(name)) / 900) * 900)::bigint"
        case (.postgres, .timestamptz, _): return "to_char(\(name) AT TIME ZONE \(zone), 'YYYY-MM-DD')"
        case (.postgres, _, .hour): return "to_char(\(name), 'YYYY-MM-DD HH24:00:00')"
        case (.postgres, _, _): return "to_char(\(name), 'YYYY-MM-DD')"
        case (.sqlite, .timestamptz, .hour): return "substr(\(name), 1, 16)"
        case (.sqlite, .timestamptz, _): return "substr(surety_wall(\(name), \(zone)), 1, 10)"
        case (.sqlite, _, .hour): return "substr(\(name), 1, 13)"
        case (.sqlite, _, _): return "substr(\(name), 1, 10)"
        }
    }

    private func read(
        _ row: [String?], _ column: CheckedColumn, _ unit: GapUnit
    ) throws(Misfit) -> GapSlots.Filled {
        guard row.count == 2, let text = row[0], let rows = row[1].flatMap({ Int64($0) }) else {
            throw Misfit("\(column.name) holds something that is no \(column.type)", "22007")
        }
        if unit == .hour, column.kind == .timestamptz {
            let instant =
                terms.dialect == .postgres
                ? Int64(text).map { Instant(seconds: $0) } : StoredTime.instant(text, in: .utc)
            if let instant {
                return GapSlots.Filled(wall: terms.zone.civil(of: instant), instant: instant, rows: rows)
            }
        }
        let padded = text.utf8.count == 13 ? text + ":00:00" : text
        guard let naive = StoredTime.instant(padded, in: .utc) else {
            throw Misfit("\(column.name) holds a value that is no \(column.type)", "22007")
        }
        return GapSlots.Filled(wall: CivilDateTime(milliseconds: naive.milliseconds), rows: rows)
    }
}
