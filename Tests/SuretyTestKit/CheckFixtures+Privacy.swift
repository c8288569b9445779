import SuretyCore

extension CheckFixture {
    private static let now = Make.instant("2026-11-20T09:00:00Z")

    /// Checks of private columns, of which no row's value may be seen.
    static let wages: CheckFixture = {
        var asset = Make.source("raw.wages")
        asset.key = ["id"]
        asset.privateColumns = ["salary", "email", "at", "n"]
        var context = CheckContext(now: now)
        context.privateColumns = [Make.name("raw.bonuses"): ["amount"]]
        let why = "not shown: salary is private"
        return CheckFixture(
            name: "wages",
            setup: [
                "DROP TABLE IF EXISTS raw.wages", "DROP TABLE IF EXISTS raw.bonuses",
                """
                CREATE TABLE raw.wages (id integer, day date, salary integer, email text, at timestamptz,
                  n integer, open integer)
                """,
                """
                INSERT INTO raw.wages VALUES
                  (1, '2026-11-18', 5005, 'a@z.z', '2026-11-20 07:13:00', 1, 5005),
                  (2, '2026-11-19', 5005, 'z@z.z', '2026-11-20 07:13:00', 1, 5005),
                  (3, '2026-11-19', 5005, 'z@z.z', '2026-11-20 07:13:00', 2, 5005)
                """,
                "CREATE TABLE raw.bonuses (amount integer, open integer)",
                "INSERT INTO raw.bonuses VALUES (5005, 5005)",
            ],
            asset: asset, slice: Make.day("2026-11-19"), context: context,
            cases: [
                CheckCase("max salary < 5", .fail, why: why).expecting("< 5").hiding("5005"),
                CheckCase("min salary > 5", .pass, why: why).hiding("5005"),
                CheckCase("median salary < 5", .fail, why: why).hiding("5005"),
                CheckCase("p90 salary between 5000 and 5010", .pass, why: why).hiding("5005"),
                CheckCase("max email = 'a'", .fail, why: "not shown: email is private").hiding("z@z.z"),
                CheckCase("max at < 2026-11-20", .fail, why: "not shown: at is private").hiding("07:13"),
                CheckCase("fresh at within 1h", .fail, observed: "PT1H47M"),
                CheckCase("max salary within 10% of previous", .pass, why: why)
                    .expecting("within 10% of the value before").hiding("5005"),
                CheckCase("max salary within 10% of median of last 1", .pass, why: why)
                    .expecting("within 10% of the median of the last 1").hiding("5005"),
                CheckCase("max salary like usual", .notRun, why: "learning 1 of 4").hiding("5005"),
                CheckCase("max salary equals max raw.bonuses.open", .pass, why: why)
                    .expecting("= that of raw.bonuses").hiding("5005"),
                CheckCase(
                    "max open within 1% of max raw.bonuses.amount", .pass,
                    why: "not shown: raw.bonuses.amount is private"
                ).expecting("within 1% of that of raw.bonuses").hiding("5005"),
                CheckCase("max open = 5005", .pass, observed: "5005"),
                CheckCase("max open equals max raw.bonuses.open", .pass, observed: "5005"),
                CheckCase("sum n = 3", .pass, observed: "3"),
                CheckCase("distinct email = 1", .pass, observed: "1"),
                CheckCase("salary < 5", .fail, violations: 2).showing(["salary"], [["id": "2"], ["id": "3"]])
                    .hiding("z@z.z"),
                CheckCase("min nowhere = 1", .error, sqlState: "42703"),
            ])
    }()

    /// Private texts where SQLite's columns say that there are numbers and times.
    static let leavings: CheckFixture = {
        var asset = Make.source("raw.leavings", days: nil)
        asset.privateColumns = ["n", "at", "d"]
        return CheckFixture(
            name: "leavings",
            setup: [
                "DROP TABLE IF EXISTS raw.leavings",
                "CREATE TABLE raw.leavings (n integer, at timestamp, d date)",
            ],
            more: [.sqlite: ["INSERT INTO raw.leavings VALUES ('!@z.z', '!@z.z', '!@z.z')"]],
            asset: asset, slice: .whole, context: CheckContext(now: now),
            cases: ["max n < 5", "sum n < 5", "median n < 5", "max at < now", "max d < today"].map {
                CheckCase($0, .fail, why: "not finite").hiding("!@z.z").only(.sqlite)
            } + [
                CheckCase("fresh at within 1h", .noEvidence).hiding("!@z.z").only(.sqlite),
                CheckCase("rows = 0", .pass).only(.postgres),
            ])
    }()
}
