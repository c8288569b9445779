import Engine
import Foundation
import PostgresClient
import SuretyCore

/// How PostgreSQL would run a statement, as far as its cost is concerned.
struct StatementPlan {
    /// The planner's cost of it all; 1 is about a page of 8 kB read in sequence.
    let cost: Double
    /// The tables that it reads, with the most rows of each that it looks up; nil: all of them.
    let reads: [(table: AssetName, rows: Double?)]
    /// What other servers are asked, where tables are foreign.
    let remote: [String]

    /// Asks for the plan of a statement, without running it.
    init(of statement: PostgresStatement, in session: WarehouseSession) throws(PortFailure) {
        // With its options in parentheses EXPLAIN takes no ANALYZE from what follows.
        let row = try session.row(
            PostgresStatement(
                unchecked: "EXPLAIN (FORMAT JSON, VERBOSE) " + statement.sql, values: statement.values))
        let told = try? JSONDecoder().decode([Entry].self, from: Data((row?[0] ?? "").utf8))
        guard let plan = told?.first?.plan else {
            throw PortFailure(.refused, "the warehouse does not tell how it would run a check")
        }
        cost = plan.cost
        reads = plan.reads
        remote = plan.remote
    }

    private struct Entry: Decodable {
        let plan: Node

        enum CodingKeys: String, CodingKey { case plan = "Plan" }
    }

    private struct Node: Decodable {
        let type: String
        let cost: Double
        let rows: Double
        let schema: String?
        let relation: String?
        let remoteSQL: String?
        let plans: [Node]?

        enum CodingKeys: String, CodingKey {
            case type = "Node Type"
            case cost = "Total Cost"
            case rows = "Plan Rows"
            case schema = "Schema"
            case relation = "Relation Name"
            case remoteSQL = "Remote SQL"
            case plans = "Plans"
        }

        var remote: [String] { [remoteSQL].compactMap(\.self) + (plans?.flatMap(\.remote) ?? []) }

        var reads: [(table: AssetName, rows: Double?)] {
            var all = plans?.flatMap(\.reads) ?? []
            if let schema, let relation {
                all.append((AssetName(schema: schema, table: relation), type == "Seq Scan" ? nil : rows))
            }
            return all
        }
    }
}
