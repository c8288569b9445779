import Declarations
import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit

@testable import PostgresWarehouse

/// A table of thirty days in a warehouse of its own, large enough that something is kept of it.
struct ReuseTable {
    static let now = Make.instant("2026-11-20T06:00:00Z")

    /// What each check must say of the same rows whether they are read or not.
    static let checks = [
        "rows >= 1 over table", "missing note < 50% over table", "min n >= 0 over table",
        "max n >= 0 over table",
        "sum n >= 0 over table", "avg n >= 0 over table", "stddev n >= 0 over table", "avg i >= 0 over table",
        "stddev i >= 0 over table", "sum i >= 0 over table", "min at >= 2000-01-01 over table",
        "max wall >= 2000-01-01 over table", "max word >= 'a' over table", "max d >= 0 over table",
        "avg d >= 0 over table", "i not null over table", "word in [alpha, beta, gamma] over table",
        "n between 0 and 100000 over table", "word matches '^[a-z]+$' over table",
        "word length >= 2 over table",
        "row \"n >= 0 AND i IS NOT NULL\" over table",
        "row \"n < 100000\" where \"word = 'alpha'\" over table",
        "at not in future over table", "day not in future over table", "wall not in future over table",
        "fresh at within 10d", "fresh wall within 10d",
        "n <= 99999 over table except 1%",
    ]

    static func asset(
        guarded: Bool = false, days: String? = "day", _ checks: [String] = checks
    ) throws -> Asset {
        var asset = Make.source("raw.t", days: days)
        asset.guardedByTrigger = guarded
        let parser = CheckParser(calendars: [:], zone: Make.zone("Europe/London"))
        asset.stop = try checks.enumerated().map { index, text in
            let parsed = try parser.parse(text)
            var check = Check(
                id: CheckID(rawValue: "raw.t/\(index)"), text: parsed.text, list: .stop,
                location: Make.location,
                body: parsed.bodies[0].body)
            check.filter = parsed.filter
            check.scope = parsed.scope
            check.tolerance = parsed.tolerance
            return check
        }
        return asset
    }

    private static let rows = """
        SELECT DATE '2026-10-20' + g % 30 AS day, (DATE '2026-10-20' + g % 30) + g % 86400 * interval '1 second' AS wall,
            (DATE '2026-10-20' + g % 30)::timestamptz + g % 86400 * interval '1 second' AS at, g AS i,
            (g * 7 % 1000 / 100.0)::numeric(12,2) AS n, g / 3.0::float8 AS d,
            (ARRAY['alpha', 'beta', 'gamma'])[1 + g % 3] AS word, CASE WHEN g % 4 > 0 THEN repeat('x', 60) END AS note
        FROM generate_series
        """

    let fixture: PostgresFixture
    let warehouse: PostgresWarehouse

    init() async throws {
        fixture = try await PostgresFixture()
        var settings = fixture.settings
        settings.applicationName = "surety"
        warehouse = PostgresWarehouse(pool: PostgresPool(settings, limit: 4))
        try await fixture.run(
            "CREATE SCHEMA raw; CREATE TABLE raw.t AS \(Self.rows)(1, 20000) AS g; ALTER TABLE raw.t ALTER i TYPE int"
        )
        try await change("CREATE INDEX ON raw.t (day)")
        // Who made the fixture is idle for too short a time to be trusted.
        _ = try await fixture.rows(
            """
            SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name <> 'surety'
            """)
    }

    /// Changes something such that the server counts it before anything else is asked.
    func change(_ sql: String) async throws {
        try await fixture.run(
            "SET application_name = 'surety'; BEGIN; \(sql); SELECT pg_stat_force_next_flush(); COMMIT")
    }

    /// The results of an asset's stop checks, without what is another each time.
    func ask(
        _ asset: Asset, _ slice: Slice = Make.day("2026-11-19"), full: Bool = false, at now: Instant = now,
        certifying: Bool = true
    ) async throws -> [CheckResult] {
        try await evidence(of: asset, slice, full: full, at: now, certifying: certifying).results.map {
            result in
            var result = result
            result.durationMilliseconds = nil
            result.snapshot = nil
            return result
        }
    }

    func evidence(
        of asset: Asset, _ slice: Slice, full: Bool = false, at now: Instant = now, certifying: Bool = true
    ) async throws -> Evidence {
        var round = QuestionRound(
            asset: asset, slice: slice, checks: asset.stop,
            context: CheckContext(now: now, zone: Make.zone("Europe/London")), marksContent: certifying)
        round.readsAll = full
        return try await warehouse.ask(round)
    }
}
