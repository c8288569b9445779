import SuretyCore

extension CheckFixture {
    /// Metrics against their own history, in the table and recorded with certificates.
    static let histories = [history, hoursOfHistory, walls, rewritten, lapses, wholeHistory]

    private static let london = Make.zone("Europe/London")
    private static let berlin = Make.zone("Europe/Berlin")
    private static let now = Make.instant("2026-11-20T09:00:00Z")

    /// Five weeks of days, of which Thursdays have about 40 rows and weekends none.
    static let history: CheckFixture = {
        let counts = [
            ("2026-10-15", 40), ("2026-10-16", 20), ("2026-10-19", 18), ("2026-10-20", 21),
            ("2026-10-21", 22),
            ("2026-10-22", 41), ("2026-10-23", 17), ("2026-10-26", 20), ("2026-10-27", 23),
            ("2026-10-28", 19),
            ("2026-10-29", 39), ("2026-10-30", 22), ("2026-11-02", 20), ("2026-11-03", 20),
            ("2026-11-04", 18),
            ("2026-11-05", 40), ("2026-11-06", 24), ("2026-11-09", 21), ("2026-11-10", 19),
            ("2026-11-11", 20),
            ("2026-11-12", 42), ("2026-11-13", 20), ("2026-11-16", 30), ("2026-11-17", 44),
            ("2026-11-18", 40),
            ("2026-11-19", 41), ("2026-11-20", 500),
        ]
        let rows = counts.flatMap { day, count in
            (0..<count).map { number in
                let amount = number % 10 == 9 ? "NULL" : "\(number % 7).50"
                return "(\(number), '\(day)', \(amount), 'c\(number % 13)', '\(day) 10:00:00', \(number).25)"
            }
        }
        return CheckFixture(
            name: "history",
            setup: [
                "DROP TABLE IF EXISTS raw.history",
                """
                CREATE TABLE raw.history (id integer, day date, amount numeric(12,2), code text, at timestamptz,
                  ratio double precision)
                """,
                "INSERT INTO raw.history VALUES " + rows.joined(separator: ", "),
            ],
            asset: Make.source("raw.history"), slice: Make.day("2026-11-19"),
            context: CheckContext(now: now, zone: london),
            cases: historyWithin + historyMetrics + historyUsual)
    }()

    private static let historyWithin = [
        CheckCase(
            "rows within 2.5% of previous", .pass, observed: "41", rows: 41, why: "compared with 2026-11-18"
        )
        .expecting("within 2.5% of 40"),
        CheckCase("rows within 2% of previous", .fail, observed: "41"),
        CheckCase("rows within 18% of median of last 4", .pass, why: "the median of 4 points, 2026-11-15 to")
            .expecting("within 18% of 35"),
        CheckCase("rows within 17% of median of last 4", .fail),
        CheckCase(
            "rows within 2% of median of last 4 same weekday", .pass, why: "of 4 points of the same weekday"
        )
        .expecting("within 2% of 40.5"),
        CheckCase("rows within 1% of median of last 4 same weekday", .fail),
        CheckCase("rows within 1% of median of last 6 same weekday", .notRun, why: "learning 5 of 6"),
        CheckCase("rows within 1% of median of last 36", .notRun, why: "learning 35 of 36"),
        CheckCase("rows within 1% of median of last 35", .fail).expecting("within 1% of 20"),
        CheckCase("rows within 10% of previous where 'id < 10'", .pass, observed: "10")
            .expecting("within 10% of 10"),
        CheckCase("rows within 0% of previous where 'id > 1000'", .pass, observed: "0")
            .expecting("within 0% of 0"),
        CheckCase("rows within 100% of previous where 'id = 40'", .fail, observed: "1")
            .expecting("within 100% of 0"),
        CheckCase("sum id within 100% of previous where 'id = 40'", .fail, observed: "40")
            .expecting("within 100% of 0"),
        CheckCase(
            "avg id within 100% of previous where 'id = 40'", .noEvidence,
            why: "no finite values in 2026-11-18"),
    ]

    private static let historyMetrics = [
        CheckCase("missing amount within 0% of previous", .pass, observed: "4").expecting("within 0% of 4"),
        CheckCase("missing code as [c1, c2] within 0% of previous", .fail, observed: "7")
            .expecting("within 0% of 6"),
        CheckCase("distinct code within 0% of previous", .pass, observed: "13", rows: 41)
            .expecting("within 0% of 13"),
        CheckCase("distinct code, amount within 5% of previous", .pass),
        CheckCase("duplicates code within 4% of previous", .pass, observed: "28").expecting(
            "within 4% of 27"),
        CheckCase("duplicates id within 0% of previous", .pass, observed: "0").expecting("within 0% of 0"),
        CheckCase("sum amount within 5% of previous", .pass, observed: "126.50").expecting(
            "within 5% of 121.00"),
        CheckCase("min amount within 0% of previous", .pass, observed: "0.50"),
        CheckCase("max amount within 0% of previous", .pass, observed: "6.50"),
        CheckCase("avg amount within 2% of previous", .pass, rows: 37),
        CheckCase("stddev amount within 5% of previous", .pass),
        CheckCase("median amount within 0% of previous", .pass),
        CheckCase("p90 ratio within 5% of previous", .pass, observed: "36.25").expecting(
            "within 5% of 35.35"),
        CheckCase("sum ratio within 6% of previous", .pass, observed: "830.25").expecting("within 6% of 790"),
        CheckCase("max at within 5% of previous", .error, sqlState: "42804"),
        CheckCase("max code like usual", .error, why: "only numbers and lengths of time", sqlState: "42804"),
        CheckCase("sum nowhere like usual", .error, sqlState: "42703"),
        CheckCase("avg amount within 5% of previous where 'false'", .noEvidence, why: "there are no values"),
    ]

    private static let historyUsual = [
        CheckCase(
            "rows like usual", .pass, observed: "41", rows: 41,
            why: "5 points of the same weekday, 2026-10-15 to"
        )
        .expecting("between 36 and 46"),
        CheckCase("rows like usual", .pass, why: "usual is 40, by"),
        CheckCase("rows like usual", .pass, why: "a drop of 14% or more would be seen"),
        CheckCase("rows like usual where \"id % 2 = 0 or day < '2026-11-19'\"", .fail, observed: "21"),
        CheckCase("sum amount like usual", .pass, observed: "126.50"),
        CheckCase("sum amount like usual where \"amount < 2 or day < '2026-11-19'\"", .fail),
        CheckCase("avg amount like usual", .pass),
        CheckCase("p50 ratio like usual", .pass),
        CheckCase("missing code like usual", .pass, observed: "0", why: "usual is 0").expecting(
            "between 0 and 0"),
        CheckCase("rows like usual over table", .notRun, observed: "1201", why: "learning 0 of 4"),
        CheckCase("rows within 5% of previous over last 7d", .notRun, why: "learning 0 of 1"),
        CheckCase("rows like usual on sat", .notRun, why: "not on sat"),
    ]

    /// Hours of instants around the hour that clocks show twice, in Berlin.
    static let hoursOfHistory: CheckFixture = {
        var asset = Make.source("raw.history_hours")
        let cadence = Cadence(.hour, in: berlin)
        asset.interval = IntervalRule(cadence: cadence, column: "at")
        asset.since = CivilDate("2026-10-20")
        let slice = cadence.interval(containing: Make.instant("2026-10-25T01:30:00Z")).map(Slice.interval)
        let times = [
            "2026-10-18 00:00:00", "2026-10-20 00:59:59", "2026-10-21 00:00:00", "2026-10-22 00:30:00",
            "2026-10-23 00:30:00", "2026-10-24 00:30:00", "2026-10-24 23:30:00", "2026-10-25 00:00:00",
            "2026-10-25 00:59:59", "2026-10-25 01:00:00", "2026-10-25 01:59:59", "2026-10-25 02:00:00",
        ]
        return CheckFixture(
            name: "hours of history",
            setup: [
                "DROP TABLE IF EXISTS raw.history_hours",
                "CREATE TABLE raw.history_hours (at timestamptz)",
                "INSERT INTO raw.history_hours VALUES " + times.map { "('\($0)')" }.joined(separator: ", "),
            ],
            asset: asset, slice: slice ?? .whole, context: CheckContext(now: now),
            cases: [
                CheckCase("rows within 0% of previous", .pass, observed: "2", why: "2026-10-25T02"),
                CheckCase("rows within 0% of median of last 2", .fail).expecting("within 0% of 1.5"),
                CheckCase(
                    "rows like usual", .fail, why: "5 points of the same hour, 2026-10-20T02 to 2026-10-24T02"
                )
                .expecting("between 1 and 1"),
                CheckCase("rows within 0% of median of last 1 same weekday", .notRun, why: "learning 0 of 1"),
            ])
    }()

    /// Days of wall times around the day of 25 hours, in Berlin.
    static let walls: CheckFixture = {
        var asset = Make.source("raw.history_walls")
        asset.interval = IntervalRule(cadence: Cadence(.day, in: berlin), column: "wall")
        return CheckFixture(
            name: "walls",
            setup: [
                "DROP TABLE IF EXISTS raw.history_walls",
                "CREATE TABLE raw.history_walls (wall timestamp, n integer)",
                """
                INSERT INTO raw.history_walls VALUES ('2026-10-24 23:59:59', 1), ('2026-10-25 00:00:00', 2),
                  ('2026-10-25 02:30:00', 3), ('2026-10-25 23:59:59', 4), ('2026-10-26 00:00:00', 5), (NULL, 9)
                """,
            ],
            asset: asset, slice: Make.day("2026-10-26", in: berlin), context: CheckContext(now: now),
            cases: [
                CheckCase("rows within 100% of previous", .pass, observed: "1").expecting("within 100% of 3"),
                CheckCase("sum n within 50% of previous", .pass, observed: "5").expecting("within 50% of 9"),
                CheckCase("rows within 50% of median of last 2", .pass).expecting("within 50% of 2"),
                CheckCase("rows within 50% of median of last 3", .notRun, why: "learning 2 of 3"),
                CheckCase("rows like usual", .notRun, why: "learning 2 of 4"),
            ])
    }()

    /// A table that holds one day only: its history is what was recorded with certificates.
    static let rewritten: CheckFixture = {
        let cases = [
            CheckCase("rows within 50% of previous", .pass, why: "2026-11-18, as recorded with certificates")
                .expecting("within 50% of 4"),
            CheckCase("sum n within 50% of median of last 3", .fail).expecting("within 50% of 400"),
            CheckCase("rows like usual", .pass, why: "5 points recorded with certificates"),
            CheckCase("rows within 25% of previous over table", .pass).expecting("within 25% of 4"),
            CheckCase("rows within 24% of previous over last 2d", .fail).expecting("within 24% of 4"),
            CheckCase("distinct n within 50% of median of last 6", .notRun, why: "learning 5 of 6"),
        ]
        return CheckFixture(
            name: "rewritten",
            setup: [
                "DROP TABLE IF EXISTS raw.rewritten", "CREATE TABLE raw.rewritten (day date, n integer)",
                "INSERT INTO raw.rewritten VALUES ('2026-11-19', 1), ('2026-11-19', 2), ('2026-11-19', 3)",
            ],
            asset: Make.source("raw.rewritten"), slice: Make.day("2026-11-19"),
            context: recalling(cases, of: "raw.rewritten") { text in
                ["2026-11-13", "2026-11-15", "2026-11-16", "2026-11-17", "2026-11-18"].enumerated().map {
                    index, day in
                    let value =
                        text.hasPrefix("sum")
                        ? 100 * (index + 1) : text.hasSuffix("usual") ? 3 + index % 2 : 4
                    return (Make.day(day).interval?.start, day, ExactNumber(value))
                }
            },
            cases: cases)
    }()

    /// A table that holds one day only, of whose earlier days one was never certified.
    static let lapses: CheckFixture = {
        let cases = [
            CheckCase(
                "rows within 50% of median of last 3", .pass, why: "3 points recorded with certificates"
            )
            .expecting("within 50% of 4"),
            CheckCase("sum n within 50% of median of last 3", .pass).expecting("within 50% of 4"),
            CheckCase("max n within 50% of median of last 3", .pass).expecting("within 50% of 4"),
            CheckCase("rows within 50% of median of last 4", .notRun, why: "learning 3 of 4"),
            CheckCase("rows within 50% of previous", .pass).expecting("within 50% of 4"),
        ]
        return CheckFixture(
            name: "lapses",
            setup: [
                "DROP TABLE IF EXISTS raw.lapses", "CREATE TABLE raw.lapses (day date, n integer)",
                "INSERT INTO raw.lapses VALUES ('2026-11-14', 3), ('2026-11-14', 2), ('2026-11-14', 1)",
            ],
            asset: Make.source("raw.lapses"), slice: Make.day("2026-11-14"),
            context: recalling(cases, of: "raw.lapses") { _ in
                ["2026-11-10", "2026-11-11", "2026-11-13"].map { day in
                    (Make.day(day).interval?.start, day, ExactNumber(4))
                }
            },
            cases: cases)
    }()

    /// A whole table: its history is what was recorded with the newest certificate of each day before.
    static let wholeHistory: CheckFixture = {
        let cases = [
            CheckCase("rows within 25% of previous", .pass, observed: "3", why: "2026-11-19, as recorded")
                .expecting("within 25% of 4"),
            CheckCase("rows within 20% of median of last 3", .fail).expecting("within 20% of 4"),
            CheckCase("rows within 50% of median of last 1 same weekday", .pass, why: "2026-11-13"),
            CheckCase("rows like usual", .fail, why: "5 points recorded with certificates")
                .expecting("between 4 and 4"),
            CheckCase("sum n like usual where 'n > 0'", .pass, observed: "6"),
        ]
        return CheckFixture(
            name: "history of a whole table",
            setup: [
                "DROP TABLE IF EXISTS raw.recorded", "CREATE TABLE raw.recorded (n integer)",
                "INSERT INTO raw.recorded VALUES (1), (2), (3)",
            ],
            asset: Make.source("raw.recorded", days: nil), slice: .whole,
            context: recalling(cases, of: "raw.recorded") { text in
                let days = [
                    "2026-11-13", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20",
                ]
                return days.enumerated().map { index, day in
                    (nil, day, ExactNumber(text.hasPrefix("sum") ? 5 + index % 3 : 4))
                }
            },
            cases: cases)
    }()

    /// A round that knows what cases observed earlier: of each slice its start, the date of its certificate and a number.
    private static func recalling(
        _ cases: [CheckCase], of table: String,
        _ earlier: (String) -> [(start: Instant?, date: String, value: ExactNumber)]
    ) -> CheckContext {
        var context = CheckContext(now: now, zone: london)
        for (index, wanted) in cases.enumerated() {
            let id = CheckID(rawValue: "\(table)/\(index)")
            context.recorded[id] = earlier(wanted.check).map { start, date, value in
                RecordedObservation(
                    check: id, text: wanted.check, start: start,
                    certifiedAt: Make.instant("\(date)T05:00:00Z"), value: value)
            }
        }
        return context
    }
}
