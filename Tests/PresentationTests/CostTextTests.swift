import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CostTextTests {
    private let costs = [
        StatementCost(
            asset: Make.name("raw.t"), interval: "2026-11-19",
            statement:
                "SELECT count(*),\n  count(*) FILTER (WHERE a IS NULL)\nFROM \"raw\".\"t\" WHERE day = 1",
            blocks: 1200, seconds: 12.34),
        StatementCost(
            asset: Make.name("raw.t"), interval: nil, statement: "SELECT 1", blocks: 0, seconds: 0.01,
            remote: ["SELECT count(*) FROM raw.t"]),
    ]

    @Test func `statements are told in a table, with their sum`() {
        #expect(
            CostText.text(costs, .plain) == """
                ASSET  INTERVAL    BLOCKS  SECONDS  STATEMENT
                raw.t  2026-11-19  1200    12.3     SELECT count(*), count(*) FILTER (WHERE a IS NULL) FROM "ra…
                raw.t  -           0       <0.1     SELECT 1
                                                    there: SELECT count(*) FROM raw.t
                checks: 2 statements, at most 1200 blocks, about 12.4 s

                """)
    }

    @Test func `a warehouse that does not tell is not guessed for`() {
        #expect(CostText.text(nil, .plain) == "This warehouse does not tell what statements cost.\n")
        #expect(CostText.text([], .plain) == "No check asks a statement.\n")
    }
}
