public import SuretyCore

/// What checks would cost, in words.
public enum CostText {
    private static let longest = 60

    /// A table of statements and a sum; nil: the warehouse does not tell.
    public static func text(_ costs: [StatementCost]?, _ style: Style) -> String {
        guard let costs else { return "This warehouse does not tell what statements cost.\n" }
        guard !costs.isEmpty else { return "No check asks a statement.\n" }
        var table = TextTable(["ASSET", "INTERVAL", "BLOCKS", "SECONDS", "STATEMENT"])
        for cost in costs {
            table.add([
                .init(cost.asset.description), .init(cost.interval ?? "-"), .init("\(cost.blocks)"),
                .init(seconds(cost.seconds)), .init(oneLine(cost.statement), .quiet),
            ])
            for remote in cost.remote {
                table.add([
                    .init(""), .init(""), .init(""), .init(""), .init("there: " + oneLine(remote), .quiet),
                ])
            }
        }
        let blocks = costs.reduce(0) { $0 + $1.blocks }
        let total = costs.reduce(0) { $0 + $1.seconds }
        return table.text(style)
            + "checks: \(costs.count) statements, at most \(blocks) blocks, about \(seconds(total)) s\n"
    }

    /// With one decimal, `<0.1` for less.
    private static func seconds(_ seconds: Double) -> String {
        let tenths = Int64((seconds * 10).rounded())
        return tenths == 0 ? "<0.1" : "\(tenths / 10).\(tenths % 10)"
    }

    private static func oneLine(_ sql: String) -> String {
        let text = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.count > longest ? text.prefix(longest - 1) + "…" : text
    }
}
