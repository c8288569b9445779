import Engine
import SuretyCore
public import Testing

/// What every adapter of the warehouse ports keeps, one promise after another; each is given a fresh fixture.
public struct WarehouseContract: Sendable, CustomTestStringConvertible {
    /// The promise as a sentence.
    public let testDescription: String
    /// Verifies it.
    public let verify: @Sendable (any WarehouseFixture) async throws -> Void

    init(_ sentence: String, _ verify: @escaping @Sendable (any WarehouseFixture) async throws -> Void) {
        self.testDescription = sentence
        self.verify = verify
    }

    /// All of them.
    public static let cases: [WarehouseContract] = steps + writes + inputs + book + questions
}

/// The world of the contract: three days of orders, and a table of daily totals made from them.
enum Orders {
    static let now = Make.instant("2026-11-20T06:00:00Z")
    static let source = Make.source("raw.orders")
    static let daily = Make.built("mart.daily", from: [Need(source.name)])
    static let day = Make.day("2026-11-19")

    /// Totals of the interval's orders.
    static let totals = """
        SELECT sum(amount) AS amount, day, count(*) AS orders FROM raw.orders
        WHERE day >= :interval_start AND day < :interval_end GROUP BY day -- by day
        """

    static func setUp(_ fixture: any WarehouseFixture) async throws {
        try await fixture.schema("raw")
        try await fixture.schema("mart")
        try await fixture.run("CREATE TABLE raw.orders (id bigint, day date, amount bigint, customer text)")
        try await fixture.run(
            """
            INSERT INTO raw.orders VALUES (1, '2026-11-18', 10, 'a'), (2, '2026-11-19', 20, 'b'),
                (3, '2026-11-19', 30, NULL), (4, '2026-11-20', 40, 'd')
            """)
        try await fixture.run("CREATE TABLE mart.daily (day date, orders bigint, amount bigint)")
        try await fixture.run("INSERT INTO mart.daily VALUES ('2026-11-18', 7, 7), ('2026-11-19', 8, 8)")
    }

    static func order(
        _ work: StepOrder.Work = .sql(totals), of asset: Asset = daily, _ slice: Slice = day,
        run: RunID = "run000000001", certificate: CertificateID = "c1", write: WriteMode = .replaceInterval
    ) -> StepOrder {
        StepOrder(
            run: run, asset: asset, slice: slice, work: work, write: write, definition: "definition",
            inputs: [], certificate: certificate, context: CheckContext(now: now))
    }

    /// Applies an order as the engine does.
    static func apply(_ order: StepOrder, to fixture: any WarehouseFixture) async throws -> StepEnd {
        try await fixture.warehouse.apply(order) { order.certifier.judge($0, at: now) }
    }

    /// The daily totals, by day.
    static func dailyRows(_ fixture: any WarehouseFixture) async throws -> [[String?]] {
        try await fixture.rows("SELECT day, orders, amount FROM mart.daily ORDER BY day, orders")
    }

    static let untouched: [[String?]] = [["2026-11-18", "7", "7"], ["2026-11-19", "8", "8"]]
    static let built: [[String?]] = [["2026-11-18", "7", "7"], ["2026-11-19", "2", "50"]]

    /// What an order is refused for by the warehouse; records an issue if it is not.
    static func failure(
        of order: StepOrder, on fixture: any WarehouseFixture, _ location: TestLocation = #_sourceLocation
    ) async -> PortFailure? {
        do {
            let end = try await apply(order, to: fixture)
            Issue.record("it ended: \(end)", sourceLocation: location)
            return nil
        } catch {
            return error as? PortFailure
        }
    }
}

typealias TestLocation = Testing.SourceLocation
