import SuretyCore

/// Expands an asset that is declared `for_each` of some values.
struct ForEach {
    /// Where findings go.
    let reading: Reading
    private static let limit = 1000

    /// An asset of an expansion: its entry with the values filled in, and the values by name.
    struct Expanded {
        /// The entry.
        let pair: YamlPair
        /// The values that are bound in SQL.
        let values: [String: String]
    }

    /// The assets that an entry declares: itself, or one for each combination of values.
    func expand(_ pair: YamlPair) -> [Expanded] {
        guard case .mapping(let keys) = pair.value.content,
            let forEach = keys.first(where: { $0.key == "for_each" })
        else { return [Expanded(pair: pair, values: [:])] }
        let lists = lists(forEach, id: pair)
        var combinations: [[String: String]] = [[:]]
        for (name, values) in lists {
            guard combinations.count * values.count <= ForEach.limit else {
                reading.error(forEach.keyNode.location, "`for_each` makes more than \(ForEach.limit) assets")
                return []
            }
            combinations = combinations.flatMap { known in
                values.map { known.merging([name: $0]) { _, new in new } }
            }
        }
        let rest = pair.value.replacing(.mapping(keys.filter { $0.key != "for_each" }))
        return combinations.map { values in
            let key = fill(pair.key, values)
            return Expanded(
                pair: YamlPair(key: key, keyNode: pair.keyNode, value: fill(rest, values)), values: values)
        }
    }

    private func lists(_ forEach: YamlPair, id: YamlPair) -> [(String, [String])] {
        let entries = reading.entries(forEach.value, "`for_each`")
        if entries.isEmpty { reading.error(forEach.keyNode.location, "`for_each` names no values") }
        return entries.map { entry in
            if !id.key.contains("{{\(entry.key)}}") {
                reading.error(
                    id.keyNode.location,
                    "the id of an asset `for_each` \(entry.key) must contain `{{\(entry.key)}}`")
            }
            let values = reading.list(entry.value, "`\(entry.key)`")
                .compactMap { reading.written($0, "a value of `\(entry.key)`") }
            if values.isEmpty { reading.error(entry.keyNode.location, "`\(entry.key)` has no values") }
            var seen: Set<String> = []
            for value in values where !seen.insert(value.text).inserted {
                reading.error(value.location, "the value `\(value.shown)` is listed twice")
            }
            return (entry.key, values.map(\.text))
        }
    }

    private func fill(_ node: YamlNode, _ values: [String: String]) -> YamlNode {
        switch node.content {
        case .scalar(let text, let style):
            text.contains("{{") ? node.replacing(.scalar(fill(text, values), style)) : node
        case .sequence(let items): node.replacing(.sequence(items.map { fill($0, values) }))
        case .mapping(let pairs):
            node.replacing(
                .mapping(
                    pairs.map { YamlPair(key: $0.key, keyNode: $0.keyNode, value: fill($0.value, values)) }))
        }
    }

    private func fill(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { $0.replacing("{{\($1.key)}}", with: $1.value) }
    }
}
