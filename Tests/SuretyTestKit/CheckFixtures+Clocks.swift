import SuretyCore

extension CheckFixture {
    /// Days on which clocks are set, and zones in which other days begin.
    static let clocks = [
        spring, autumn, repeatedHour, swallowedMidnight, farEast,
        everyHour("2026-03-29", in: "Europe/Berlin"), everyHour("2026-10-25", in: "Europe/Berlin"),
        everyHour("2026-11-01", in: "America/New_York"), everyHour("2026-11-01", in: "Asia/Kolkata"),
    ]

    private static let berlin = Make.zone("Europe/Berlin")

    private static func daily(_ table: String, _ column: String, in zone: Zone) -> Asset {
        var asset = Make.source(table)
        asset.key = ["id"]
        asset.interval = IntervalRule(cadence: Cadence(.day, in: zone), column: column)
        return asset
    }

    private static func setup(_ table: String, _ rows: [(at: String, wall: String)]) -> [String] {
        let values = rows.enumerated().map {
            "(\($0 + 1), '\($1.at)', '\($1.wall)', '\($1.wall.prefix(10))')"
        }
        return [
            "DROP TABLE IF EXISTS raw.\(table)",
            "CREATE TABLE raw.\(table) (id integer, at timestamptz, wall timestamp, d date)",
            "INSERT INTO raw.\(table) VALUES " + values.joined(separator: ", "),
        ]
    }

    private static func days(_ table: String, _ zone: Zone, _ day: String, hours: Int64) -> [CheckCase] {
        [
            CheckCase("rows = 2", .pass), CheckCase("id between 2 and 3", .pass, rows: 2),
            CheckCase("at >= interval start", .pass, rows: 2),
            CheckCase("at < interval end", .pass, rows: 2),
            CheckCase("wall >= interval start", .pass, rows: 2),
            CheckCase("wall < interval end", .pass, rows: 2), CheckCase("at = wall", .pass, rows: 2),
            CheckCase("d = interval start", .pass, rows: 2), CheckCase("d = \(day)", .pass, rows: 2),
            CheckCase("d <= at", .pass, rows: 2),
            CheckCase("no gaps in at by hour over interval", .fail, violations: hours - 2, rows: 2),
            CheckCase("no gaps in at by day over interval", .pass, violations: 0),
            CheckCase("no gaps in wall by day over interval", .pass, violations: 0),
            CheckCase("rows = 2 over last 1d", .pass),
            CheckCase("rows within 0% of previous", .fail)
                .expecting("within 0% of 1"),
            CheckCase("rows = 4 over table", .pass),
        ]
    }

    /// A day of 23 hours.
    static let spring: CheckFixture = {
        let rows = [
            ("2026-03-28 22:59:59", "2026-03-28 23:59:59"), ("2026-03-28 23:00:00", "2026-03-29 00:00:00"),
            ("2026-03-29 21:59:59", "2026-03-29 23:59:59"), ("2026-03-29 22:00:00", "2026-03-30 00:00:00"),
        ]
        return CheckFixture(
            name: "spring", setup: setup("spring", rows), asset: daily("raw.spring", "at", in: berlin),
            slice: Make.day("2026-03-29", in: berlin),
            context: CheckContext(now: Make.instant("2026-03-29T22:00:00Z")),
            cases: days("spring", berlin, "2026-03-29", hours: 23) + [
                CheckCase("rows = 3 over last 24h", .pass), CheckCase("d = yesterday", .pass, rows: 2),
                CheckCase("fresh wall within 1s over interval", .pass, observed: "PT1S"),
                CheckCase("fresh d within 0s over interval", .pass, observed: "PT0S"),
            ])
    }()

    /// A day of 25 hours, told by wall times.
    static let autumn: CheckFixture = {
        let rows = [
            ("2026-10-24 21:59:59", "2026-10-24 23:59:59"), ("2026-10-24 22:00:00", "2026-10-25 00:00:00"),
            ("2026-10-25 22:59:59", "2026-10-25 23:59:59"), ("2026-10-25 23:00:00", "2026-10-26 00:00:00"),
        ]
        return CheckFixture(
            name: "autumn", setup: setup("autumn", rows), asset: daily("raw.autumn", "wall", in: berlin),
            slice: Make.day("2026-10-25", in: berlin),
            context: CheckContext(now: Make.instant("2026-10-25T23:00:00Z")),
            cases: days("autumn", berlin, "2026-10-25", hours: 25) + [
                CheckCase("rows = 1 over last 24h", .pass),
                CheckCase("fresh d within 0s over interval", .pass, observed: "PT0S"),
            ])
    }()

    /// Wall times of an hour that happens twice mean the first, also while the second passes.
    static let repeatedHour: CheckFixture = {
        let rows = [
            ("2026-10-25 00:29:00", "2026-10-25 02:29:00"), ("2026-10-25 00:59:59", "2026-10-25 02:59:59"),
            ("2026-10-25 02:05:00", "2026-10-25 03:05:00"),
        ]
        var asset = Make.source("raw.repeated", days: nil)
        asset.key = ["id"]
        return CheckFixture(
            name: "repeated hour", setup: setup("repeated", rows), asset: asset, slice: .whole,
            context: CheckContext(now: Make.instant("2026-10-25T01:15:00.500Z"), zone: berlin),
            cases: ["at", "wall"].flatMap { column in
                [
                    CheckCase("\(column) not in future", .fail, violations: 1, rows: 3)
                        .showing([], [["id": "3"]]),
                    CheckCase("\(column) < now", .fail, violations: 1, rows: 3),
                    CheckCase("\(column) >= now", .fail, violations: 2, rows: 3),
                    CheckCase("\(column) > 2026-10-25T02:30+01:00", .fail, violations: 2, rows: 3),
                    CheckCase("\(column) <= 2026-10-25T02:59:59", .fail, violations: 1, rows: 3),
                    CheckCase("\(column) = 2026-10-25T02:29", .fail, violations: 2, rows: 3),
                    CheckCase("\(column) = 2026-10-25T02:29+01:00", .fail, violations: 3, rows: 3),
                    CheckCase("\(column) != 2026-10-25T02:29+01:00", .pass, rows: 3),
                    CheckCase("\(column) < 2026-10-25T02:29:00.500+02:00", .fail, violations: 2, rows: 3),
                    CheckCase("fresh \(column) within 16m", .pass, observed: "PT15M1.5S"),
                    CheckCase("max \(column) = 2026-10-25T02:05Z", .pass),
                ]
            } + [CheckCase("at = wall", .pass, rows: 3), CheckCase("d < wall", .pass, rows: 3)])
    }()

    /// A day that begins at one o'clock; what a clock never showed means the first instant after it.
    static let swallowedMidnight: CheckFixture = {
        let beirut = Make.zone("Asia/Beirut")
        let rows = [
            ("2026-03-28 21:59:59", "2026-03-28 23:59:59"), ("2026-03-28 22:00:00", "2026-03-29 01:00:00"),
            ("2026-03-28 22:00:00", "2026-03-29 00:30:00"), ("2026-03-29 21:00:00", "2026-03-30 00:00:00"),
        ]
        return CheckFixture(
            name: "swallowed midnight", setup: setup("swallowed", rows),
            asset: daily("raw.swallowed", "wall", in: beirut), slice: Make.day("2026-03-29", in: beirut),
            context: CheckContext(now: Make.instant("2026-03-29T21:00:00Z")),
            cases: [
                CheckCase("rows = 2", .pass), CheckCase("id between 2 and 3", .pass, rows: 2),
                CheckCase("wall = interval start", .pass, rows: 2),
                CheckCase("wall > interval start", .fail, violations: 2),
                CheckCase("at = interval start", .pass, rows: 2),
                CheckCase("at = wall where 'id = 2'", .pass, rows: 1),
                CheckCase("d = interval start", .pass, rows: 2),
                CheckCase("rows within 100% of previous", .pass).expecting("within 100% of 1"),
                CheckCase("rows = 2 over last 1d", .pass),
            ])
    }()

    /// Where it is tomorrow already.
    static let farEast: CheckFixture = {
        let zone = Make.zone("Pacific/Kiritimati")
        let rows = [
            ("2026-11-19 09:59:59", "2026-11-19 23:59:59"), ("2026-11-19 10:00:00", "2026-11-20 00:00:00"),
            ("2026-11-20 09:59:59", "2026-11-20 23:59:59"), ("2026-11-20 10:00:00", "2026-11-21 00:00:00"),
        ]
        return CheckFixture(
            name: "far east", setup: setup("far_east", rows), asset: daily("raw.far_east", "at", in: zone),
            slice: Make.day("2026-11-20", in: zone),
            context: CheckContext(now: Make.instant("2026-11-20T10:30:00Z")),
            cases: days("far_east", zone, "2026-11-20", hours: 24) + [
                CheckCase("d = yesterday", .pass, rows: 2), CheckCase("d < today", .pass, rows: 2),
                CheckCase("rows >= 1 on fri", .pass), CheckCase("rows >= 1 on thu", .notRun),
                CheckCase("fresh d within 30m over interval", .pass, observed: "PT30M"),
            ])
    }()

    /// A row in every hour of a day but its fifth, and of the day before.
    private static func everyHour(_ day: String, in name: String) -> CheckFixture {
        let zone = Make.zone(name)
        let slice = Make.day(day, in: zone)
        let (start, end) = (
            slice.interval?.start ?? Instant(seconds: 0), slice.interval?.end ?? Instant(seconds: 0)
        )
        let hours = Int(end.milliseconds(since: start) / 3_600_000)
        let rows = (-24..<hours).map { hour in
            let instant = start.adding(seconds: Int64(hour) * 3600 + 1799)
            let at = "\(instant)".replacing("T", with: " ").replacing("Z", with: "")
            return (at, "\(zone.civil(of: instant))".replacing("T", with: " "))
        }
        let table = "every_hour"
        return CheckFixture(
            name: "hours of \(day) in \(name.split(separator: "/").last ?? "")", setup: setup(table, rows),
            asset: daily("raw.\(table)", "at", in: zone), slice: slice, context: CheckContext(now: end),
            cases: [
                CheckCase("rows = \(hours)", .pass), CheckCase("rows = \(hours) over last 1d", .pass),
                CheckCase("rows = 24 over last 24h", .pass),
                CheckCase("no gaps in at by hour over interval", .pass, violations: 0, rows: Int64(hours)),
                CheckCase("no gaps in wall by hour over interval", .pass, violations: 0, rows: Int64(hours)),
                CheckCase("no gaps in at by hour", .pass, violations: 0, rows: Int64(hours + 24)),
                CheckCase("no gaps in wall by hour", .pass, violations: 0),
                CheckCase("no gaps in at by hour where 'id <> 29' over interval", .fail, violations: 1)
                    .naming("\(rows[28].1.prefix(13).replacing(" ", with: "T"))"),
                CheckCase("no gaps in wall by hour where 'id <> 29' over interval", .fail, violations: 1),
                CheckCase("no gaps in at by hour where 'id > 1' over last 2d", .pass, violations: 0),
                CheckCase("no gaps in d by day", .pass, violations: 0),
                CheckCase("no gaps in at by day", .pass, violations: 0),
                // The second pass of an hour has the wall times of the first.
                CheckCase(
                    "at = wall over table", hours == 25 ? .fail : .pass, violations: hours == 25 ? 1 : 0,
                    unknown: 0),
                CheckCase("fresh at within 1801s", .pass, observed: "PT30M1S"),
                CheckCase("fresh wall within 1801s", .pass, observed: "PT30M1S"),
            ])
    }
}

extension CheckCase {
    /// The same with a slot that `why` names.
    fileprivate func naming(_ slot: String) -> CheckCase {
        var copy = self
        copy.why = slot
        return copy
    }
}
