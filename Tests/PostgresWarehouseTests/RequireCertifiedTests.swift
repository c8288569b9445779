import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct RequireCertifiedTests {
    private let source = Make.source("mart.t")
    private let whole = Make.source("mart.w", days: nil)

    /// Says what a promise owes; `closes` and `deadline` are hours from now.
    private func owe(
        _ fixture: PostgresFixture, _ rows: [(asset: Asset, slice: Slice, closes: Int64, deadline: Int64)],
        state: String = "late", reason: String = "raw.orders is not there yet"
    ) async throws {
        let text = try await fixture.rows("SELECT round(extract(epoch FROM surety.now()))::bigint")[0][0]
        let now = Instant(seconds: Int64(text ?? "") ?? 0)
        try await fixture.warehouse.publish(
            PromiseStatusRow(
                promise: "p", owner: "ana", deadline: now, through: nil, state: state, reason: reason),
            owed: rows.map {
                OwedRow(
                    promise: "p", asset: $0.asset.name, start: $0.slice.interval?.start,
                    end: $0.slice.interval?.end, closesAt: now.adding(seconds: $0.closes * 3600),
                    deadline: now.adding(seconds: $0.deadline * 3600))
            })
    }

    private func verdict(_ fixture: PostgresFixture, _ asset: String) async throws -> String {
        do {
            return try await fixture.rows("SELECT surety.require_certified('\(asset)')")[0][0] ?? ""
        } catch let error as PostgresError {
            #expect(error.sqlState == "55000")
            return error.message
        }
    }

    @Test func `the newest closed occurrence must be certified, nothing older and nothing open`() async throws
    {
        let fixture = try await PostgresFixture()
        try await owe(
            fixture,
            [
                (source, Make.day("2026-11-17"), -50, -42), (source, Make.day("2026-11-18"), -2, 6),
                (source, Make.day("2026-11-19"), -2, 6), (source, Make.day("2026-11-20"), 22, 30),
            ])
        #expect(
            try await verdict(fixture, "mart.t").contains(
                "mart.t is not certified for 2026-11-18 00:00:00+00"))
        #expect(try await verdict(fixture, "mart.t").contains("raw.orders is not there yet"))
        let days: [(CertificateID, String)] = [("c1", "2026-11-18"), ("c2", "2026-11-19")]
        for (id, day) in days {
            #expect(try await verdict(fixture, "mart.t") != "t")
            _ = try await fixture.warehouse.record(Make.certificate(id, source, Make.day(day)), ledger: nil)
        }
        #expect(try await verdict(fixture, "mart.t") == "t")
        try await fixture.warehouse.withdraw(["c2"], why: "rows changed", at: PostgresStepTests.now)
        #expect(try await verdict(fixture, "mart.t") != "t")
    }

    @Test func `a horizon that is past and an asset that nobody owes are not certified`() async throws {
        let fixture = try await PostgresFixture()
        _ = try await fixture.warehouse.record(
            Make.certificate("c1", source, Make.day("2026-11-19")), ledger: nil)
        #expect(try await verdict(fixture, "mart.t").contains("no promise owes it"))
        try await owe(fixture, [(source, Make.day("2026-11-19"), -2, 6)])
        #expect(try await verdict(fixture, "mart.t").contains("only known up to"))
        try await owe(fixture, [(source, Make.day("2026-11-19"), 2, 6)])
        #expect(try await verdict(fixture, "mart.t") != "t")
    }

    @Test func `a whole table must be certified since the cover closed`() async throws {
        let fixture = try await PostgresFixture()
        let text = try await fixture.rows("SELECT round(extract(epoch FROM surety.now()))::bigint")[0][0]
        let now = Instant(seconds: Int64(text ?? "") ?? 0)
        try await owe(fixture, [(whole, .whole, -2, 6), (whole, .whole, 22, 30)])
        _ = try await fixture.warehouse.record(
            Make.certificate("c1", whole, .whole, at: now.adding(seconds: -3 * 3600)), ledger: nil)
        #expect(try await verdict(fixture, "mart.w").contains("the whole table"))
        _ = try await fixture.warehouse.record(
            Make.certificate("c2", whole, .whole, at: now.adding(seconds: -3600)), ledger: nil)
        #expect(try await verdict(fixture, "mart.w") == "t")
    }

    @Test func `a role without any right can ask, and cannot read the ledger`() async throws {
        let fixture = try await PostgresFixture()
        let role = try await fixture.role()
        _ = role.warehouse
        let settings = try PostgresSettings(
            fixture.address.replacing("user=postgres", with: "user=\(role.name)"))
        let reader = try await PostgresConnection.open(settings)
        let failure = await #expect(throws: PostgresError.self) {
            try await reader.query("SELECT surety.require_certified('mart.t')")
        }
        #expect(failure?.sqlState == "55000")
        for name in ["certified_assets", "owed", "promise_status"] {
            #expect(try await reader.query("SELECT * FROM surety.\(unchecked: name)").isEmpty)
        }
        await #expect(throws: PostgresError.self) { try await reader.query("SELECT * FROM surety.ledger") }
        await reader.close()
    }

    @Test func `a simulated clock moves surety's now`() async throws {
        let fixture = try await PostgresFixture()
        try await fixture.warehouse.prepare(clockOffset: -86_400_000)
        let past = try await fixture.rows(
            "SELECT clock_timestamp() - surety.now() BETWEEN '23:59:00' AND '24:01:00'")
        #expect(past == [["t"]])
    }
}
