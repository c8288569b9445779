import SuretyCore

/// The keys of one mapping, each read at most once by the type that the key has.
struct Fields {
    /// Where the thing that the mapping describes is declared.
    let location: SourceLocation
    /// What the mapping describes, for messages.
    let what: String
    /// Where findings go.
    let reading: Reading
    private let pairs: [String: YamlPair]

    /// The keys of a mapping; an error for each that is not known.
    init(
        _ node: YamlNode, _ what: String, keys: [String], at location: SourceLocation? = nil,
        in reading: Reading
    ) {
        self.location = location ?? node.location
        self.what = what
        self.reading = reading
        var known: [String: YamlPair] = [:]
        switch node.content {
        case .mapping(let pairs):
            for pair in pairs {
                if keys.contains(pair.key) {
                    known[pair.key] = pair
                } else {
                    let nearest = Nearest.hint(for: pair.key, among: keys)
                    reading.error(
                        pair.keyNode.location, "unknown key `\(abbreviated(pair.key))` in \(what)",
                        hint: nearest.isEmpty
                            ? "It may have: \(abbreviated(keys.joined(separator: ", "), to: 300))." : nearest)
                }
            }
        case .scalar, .sequence:
            if !node.isBlank {
                reading.error(node.location, "\(what) must be a mapping of keys, not \(node.kind)")
            }
        }
        self.pairs = known
    }

    /// Whether a key is there.
    func has(_ key: String) -> Bool { pairs[key] != nil }
    /// The value of a key.
    func node(_ key: String) -> YamlNode? { pairs[key]?.value }
    /// Where a key stands, else the whole.
    func place(_ key: String) -> SourceLocation { pairs[key]?.keyNode.location ?? location }
    /// Where the value of a key stands, else the whole.
    func valuePlace(_ key: String) -> SourceLocation { pairs[key]?.value.location ?? location }
    /// How a key is named in messages.
    func name(_ key: String) -> String { "`\(key)`" }

    /// Notes that a key that must be there is not.
    func missing(_ key: String, hint: String = "") {
        reading.error(location, "\(what) has no `\(key)`", hint: hint)
    }

    /// The text of a key.
    func text(_ key: String) -> Written? { node(key).flatMap { reading.written($0, name(key)) } }

    /// The text of a key that must be there.
    func required(_ key: String, hint: String = "") -> Written? {
        guard has(key) else {
            missing(key, hint: hint)
            return nil
        }
        return text(key)
    }

    /// The text of a key that a person reads; an error when YAML cut it at a comment.
    func prose(_ key: String) -> Written? { node(key).flatMap { reading.prose($0, name(key)) } }

    /// The text of a key that may hold secrets.
    func secret(_ key: String) -> Secret? { text(key)?.secret }

    /// A length of time.
    func period(_ key: String) -> Period? {
        guard let text = text(key) else { return nil }
        guard let period = Period(text.text), period.count > 0 else {
            reading.error(
                text.location, "`\(key)` is no length of time: `\(text.shown)`",
                hint: "Write a number with s, m, h, d or w, as in `30m`.")
            return nil
        }
        return period
    }

    /// A whole number within bounds.
    func count(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text.text), range.contains(number), !text.text.hasPrefix("+") else {
            reading.error(
                text.location,
                "`\(key)` must be a whole number from \(range.lowerBound) to \(range.upperBound), "
                    + "not `\(text.shown)`")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    func flag(_ key: String) -> Bool? {
        guard let text = text(key) else { return nil }
        switch text.text {
        case "true": return true
        case "false": return false
        default:
            reading.error(text.location, "`\(key)` must be true or false, not `\(text.shown)`")
            return nil
        }
    }

    /// A date.
    func date(_ key: String) -> CivilDate? {
        guard let text = text(key) else { return nil }
        guard let date = CivilDate(text.text) else {
            reading.error(
                text.location, "`\(key)` is no date: `\(text.shown)`", hint: "Write it as 2026-11-19.")
            return nil
        }
        return date
    }

    /// A time of day.
    func time(_ key: String) -> CivilTime? {
        guard let text = text(key) else { return nil }
        guard let time = CivilTime(text.text) else {
            reading.error(
                text.location, "`\(key)` is no time of day: `\(text.shown)`", hint: "Write it as 07:00.")
            return nil
        }
        return time
    }

    /// One of a few words.
    func choice<Word: RawRepresentable & CaseIterable>(_ key: String, _: Word.Type) -> Word?
    where Word.RawValue == String {
        guard let text = text(key) else { return nil }
        if let word = Word(rawValue: text.text) { return word }
        reading.error(
            text.location, "`\(key)` cannot be `\(text.shown)`",
            hint: "It is one of: \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        return nil
    }

    /// The items of a list; empty when the key is absent or has nothing.
    func list(_ key: String) -> [YamlNode] { node(key).map { reading.list($0, name(key)) } ?? [] }

    /// The texts of a list.
    func texts(_ key: String) -> [Written] {
        list(key).compactMap { reading.written($0, "an item of \(name(key))") }
    }

    /// The keys of a mapping below a key; nil when it is absent.
    func fields(_ key: String, _ what: String? = nil, keys: [String]) -> Fields? {
        node(key).map { Fields($0, what ?? name(key), keys: keys, in: reading) }
    }

    /// The entries of a mapping below a key, of which any key is allowed.
    func entries(_ key: String) -> [YamlPair] { node(key).map { reading.entries($0, name(key)) } ?? [] }
}

extension Reading {
    /// The items of a list; an error when it is something else, none when it is nothing.
    func list(_ node: YamlNode, _ what: String) -> [YamlNode] {
        if case .sequence(let items) = node.content { return items }
        if !node.isBlank {
            error(
                node.location, "\(what) must be a list, not \(node.kind)",
                hint: node.scalar.flatMap {
                    $0.contains { " :".contains($0) } ? nil : "Write `[\(abbreviated($0, to: 40))]`."
                }
                    ?? "Begin each item with `- `.")
        }
        return []
    }

    /// The entries of a mapping; an error when it is something else, none when it is nothing.
    func entries(_ node: YamlNode, _ what: String) -> [YamlPair] {
        if case .mapping(let pairs) = node.content { return pairs }
        if !node.isBlank { error(node.location, "\(what) must be a mapping of ids, not \(node.kind)") }
        return []
    }

    /// A text that a person reads; an error when YAML cut it at a comment or made a mapping of it.
    func prose(_ node: YamlNode, _ what: String) -> Written? {
        if case .mapping(let pairs) = node.content, pairs.count == 1, let pair = pairs.first {
            let line = node.file.written(from: pair.keyNode, through: pair.value)
            error(
                node.location, "YAML made a mapping of \(what) at its `: `",
                hint: "Put it in quotes: \(YamlHint.quotedText(line))")
            return nil
        }
        if node.file.isCutByComment(node) {
            error(
                SourceLocation(file: node.file.path, line: node.endLine, column: node.endColumn),
                "\(what) is cut at ` #`, where YAML begins a comment",
                hint: "Put the text in quotes, or the comment on a line of its own.")
            return nil
        }
        return written(node, what)
    }
}
