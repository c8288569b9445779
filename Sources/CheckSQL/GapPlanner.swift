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
        let point: Fragment = "\(identifier: name)"
        let isIndexed = terms.dialect == .postgres && terms.table.guarantees.indexed.contains(name)
        let skips = isIndexed && filter == nil && skipsDays(column, unit)
        var questions: [Question] = [
            .own(skips ? days(column, bounds) : counted(column, unit, .all([present, bounds])))
        ]
        // Of all rows that are read anyway the first is among them.
        let readsAll = bounds == nil
        if !readsAll, isIndexed || terms.dialect == .sqlite {
            // Formatted outside: PostgreSQL would format every row before it sorts.
            let first: Fragment = """
                SELECT \(time(point, column, unit))
                FROM (SELECT \(point) FROM \(table) WHERE \(present) ORDER BY \(point) LIMIT 1) AS s
                """
            questions.append(.own(first))
        } else if !readsAll {
            let least: Fragment = "min(\(point)) FILTER (WHERE \(.all([filter, finite])))"
            let first = Aggregate(time(least, column, unit))
            questions.append(.aggregates(of: terms.table.name, rows: nil, [first]))
        }
        return (
            questions,
            { answers throws(Misfit) in
                var filled = try answers[0].map { row throws(Misfit) in try read(row, column, unit) }
                let oldest =
                    readsAll
                    ? filled.map(\.wall).min()
                    : try answers[1].first?.first?.flatMap(\.self).map { text throws(Misfit) in
                        try read([text, "1"], column, unit).wall
                    }
                var from = start
                if from == nil, scope == nil, let newest = filled.map(\.wall).max() {
                    // A whole table has no end of an interval; its newest row stands for it.
                    from = slots.startOfSlot(
                        CivilDateTime(newest.date.adding(days: 1 - Self.days)))
                    filled = filled.filter { $0.wall >= from ?? $0.wall }
                }
                var measured = slots.gaps(
                    in: filled, first: oldest, from: from, since: terms.asset.since, to: end)
                if skips, measured.looked != 0 { measured.looked = nil }
                return measured
            }
        )
    }

    /// How many rows there are at each time.
    private func counted(_ column: CheckedColumn, _ unit: GapUnit, _ rows: Fragment) -> Fragment {
        let table: Fragment = "\(table: terms.table.name)"
        guard terms.dialect == .postgres else {
            return """
                SELECT t, count(*)
                FROM (SELECT \(time("\(identifier: column.name)", column, unit)) AS t FROM \(table) WHERE \(rows)) AS s
                GROUP BY t
                """
        }
        // Formatted once rows are counted, as that takes longer.
        let (slot, text) = slot(column, unit)
        return """
            SELECT \(text), n
            FROM (SELECT \(slot) AS t, count(*) AS n FROM \(table) WHERE \(rows) GROUP BY 1) AS s
            """
    }

    /// What rows are grouped by on PostgreSQL, and how `t`, such a value, is told.
    private func slot(_ column: CheckedColumn, _ unit: GapUnit) -> (Fragment, Fragment) {
        let name: Fragment = "\(identifier: column.name)"
        switch (column.kind, unit) {
        case (.date, _): return (name, "to_char(t, 'YYYY-MM-DD')")
        case (.timestamptz, .hour):
            // Zones differ from each other by quarters of an hour.
            return (
                "date_bin('15 minutes', \(name), '2000-01-01 00:00:00+00')", "extract(epoch FROM t)::bigint"
            )
        case (.timestamptz, _):
            let zone: Fragment = "\(.text(terms.zone.identifier))"
            return ("(\(name) AT TIME ZONE \(zone))::date", "to_char(t, 'YYYY-MM-DD')")
        case (_, .hour): return ("date_trunc('hour', \(name))", "to_char(t, 'YYYY-MM-DD HH24:00:00')")
        case (_, _): return ("\(name)::date", "to_char(t, 'YYYY-MM-DD')")
        }
    }

    /// Whether days with rows can be found one after another in an index. Where clocks are changed a day may begin twice.
    private func skipsDays(_ column: CheckedColumn, _ unit: GapUnit) -> Bool {
        guard unit != .hour else { return false }
        switch column.kind {
        case .date, .timestamp: return true
        case .timestamptz: return !terms.zone.changesClocks
        case .integer, .numeric, .real, .double, .text, .boolean, .time, .length, .uuid, .other, .opaque,
            .untyped:
            return false
        }
    }

    /// Each day that has a row, found by looking for the first row after the end of the day before.
    private func days(_ column: CheckedColumn, _ bounds: Fragment?) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        let next: Fragment
        switch column.kind {
        case .timestamptz:
            let zone: Fragment = "\(.text(terms.zone.identifier))"
            next = "((d.t AT TIME ZONE \(zone))::date + 1)::timestamp AT TIME ZONE \(zone)"
        case .timestamp: next = "d.t::date + 1"
        default: next = "d.t + 1"
        }
        let infinite: Fragment = "\(name) > '-infinity' AND \(name) < 'infinity'"
        let rows: Fragment = .all([infinite, bounds])
        let first: Fragment = "SELECT \(name) AS t FROM \(table: terms.table.name) WHERE \(rows)"
        let time = time("t", column, .day)
        return """
            WITH RECURSIVE d AS (
              (\(first) ORDER BY \(name) LIMIT 1)
              UNION ALL
              SELECT (\(first) AND \(name) >= \(next) ORDER BY \(name) LIMIT 1) FROM d WHERE d.t IS NOT NULL)
            SELECT \(time), 1 FROM d WHERE t IS NOT NULL
            """
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
    private func time(_ name: Fragment, _ column: CheckedColumn, _ unit: GapUnit) -> Fragment {
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
