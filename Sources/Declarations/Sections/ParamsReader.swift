import SuretyCore

extension AssetReader {
    /// Values for `:name` in SQL, typed by their look; those of `for_each` are text.
    func params(_ fields: Fields, bound: [String: String]) -> [String: SQLValue] {
        var params = bound.mapValues { SQLValue.text($0) }
        for pair in fields.entries("params") {
            let place = pair.keyNode.location
            guard isName(pair.key) else {
                reading.error(
                    place, "`\(abbreviated(pair.key))` is no name of a parameter",
                    hint: "It has letters, digits and `_`, and does not begin with a digit.")
                continue
            }
            guard !["interval_start", "interval_end", "interval_date"].contains(pair.key) else {
                reading.error(place, "the parameter `\(pair.key)` is given by the interval")
                continue
            }
            guard bound[pair.key] == nil else {
                reading.error(place, "the parameter `\(pair.key)` is given by `for_each`")
                continue
            }
            params[pair.key] = reading.written(pair.value, "the parameter `\(pair.key)`")
                .map { value($0, of: pair.value) }
        }
        return params
    }

    private func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first), text.utf8.count <= 63 else {
            return false
        }
        return text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }

    private func value(_ written: Written, of node: YamlNode) -> SQLValue {
        guard case .scalar(_, .plain) = node.content else { return .text(written.text) }
        let text = written.text
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        case _: break
        }
        if let date = CivilDate(text) { return .date(date) }
        if let instant = Instant(rfc3339: text) { return .instant(instant) }
        return number(text) ?? .text(text)
    }

    /// An integer or a decimal number; nil for anything else, such as a text of digits that begins with 0.
    private func number(_ text: String) -> SQLValue? {
        let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
        guard areDigits, let whole = parts.first, whole == "0" || !whole.hasPrefix("0") else { return nil }
        switch parts.count {
        case 1: return Int64(text).map { .integer($0) } ?? .decimal(text)
        case 2: return .decimal(text)
        default: return nil
        }
    }
}
