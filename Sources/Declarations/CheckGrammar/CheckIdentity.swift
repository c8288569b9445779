public import SuretyCore

extension CheckParser {
    /// The checks that a line of an asset's list declares, several for `missing a, b`.
    ///
    /// Their ids are `asset/name` when named (then a column's name for each of several), else `asset/` and a slug of
    /// the text; distinct texts of one asset get distinct ids, and an id is stable while the text is.
    public func build(
        asset: AssetName, list: CheckList, name: String?, parsed: ParsedCheck, location: SourceLocation,
        samples: [String] = [], note: String? = nil
    ) -> [Check] {
        let names = CheckIdentity.names(of: parsed, named: name)
        return zip(parsed.bodies, names).map { part, name in
            var check = Check(
                id: CheckID(rawValue: "\(asset)/\(name)"), text: part.text, list: list, location: location,
                body: part.body)
            check.filter = parsed.filter
            check.scope = parsed.scope
            check.tolerance = parsed.tolerance
            check.days = parsed.days
            check.samples = samples
            check.note = note
            return check
        }
    }
}

/// The part of a check's id after the asset's name.
enum CheckIdentity {
    static func names(of parsed: ParsedCheck, named name: String?) -> [String] {
        parsed.bodies.map { part in
            guard let name else { return slug(of: part.text, beside: outsideFilter(parsed, part)) }
            guard parsed.bodies.count > 1, case .metric(.missing(let column, _), _) = part.body else {
                return parsed.bodies.count > 1 ? "\(name)-\(slug(of: part.text, beside: ""))" : name
            }
            return "\(name)-\(slug(of: column, beside: ""))"
        }
    }

    /// The filter, if it was given beside the line.
    private static func outsideFilter(_ parsed: ParsedCheck, _ part: ParsedCheck.Part) -> String {
        guard let filter = parsed.filter, !part.text.contains(" where ") else { return "" }
        return filter
    }

    /// Lower-case words joined by `-`; a hash follows where two texts could have the same words.
    static func slug(of text: String, beside other: String) -> String {
        var words: [String] = []
        var isExact = other.isEmpty
        for token in text.split(separator: " ") {
            if let symbol = symbols[String(token)] {
                words.append(symbol)
                continue
            }
            var bare = token
            let isPercent = token.last == "%" && token.dropLast().allSatisfy { $0.isASCII && $0.isNumber }
            if isPercent { bare = token.dropLast() }
            let isPlain = bare.unicodeScalars.allSatisfy { $0.continuesName && !("A"..."Z").contains($0) }
            if bare.isEmpty || !isPlain || symbols.values.contains(String(bare)) || bare == "percent" {
                isExact = false
            }
            words.append(contentsOf: parts(of: bare))
            if isPercent { words.append("percent") }
        }
        let joined = words.joined(separator: "-")
        let cut = String(joined.prefix(60))
        guard !isExact || cut != joined || cut.isEmpty else { return cut }
        let hash = shortHash(text + (other.isEmpty ? "" : "\nwhere " + other))
        return cut.isEmpty ? hash : "\(cut)-\(hash)"
    }

    private static let symbols = [
        "=": "equals", "!=": "not-equals", "<": "below", "<=": "at-most", ">": "above", ">=": "at-least",
    ]

    private static func parts(of token: Substring) -> [String] {
        token.lowercased().unicodeScalars
            .split { !$0.continuesName }
            .map { String(String.UnicodeScalarView($0)) }
    }

    /// Eight hexadecimal digits of FNV-1a over the text's UTF-8, the same on every machine.
    private static func shortHash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let folded = String((hash >> 32 ^ hash) & 0xffff_ffff, radix: 16)
        return String(repeating: "0", count: 8 - folded.count) + folded
    }
}
