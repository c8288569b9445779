import SuretyCore

/// The keys of the block form of a check.
enum BlockForm {
    /// Patterns that a column's texts are held against.
    static let patterns = CheckParser.PatternRule.allCases.map(\.rawValue)
    /// What may follow a check's assertion, each with the word that introduces it.
    static let tails = ["over", "except", "on"]
    /// What every form may have.
    static let shared = ["name", "where", "samples", "note"]
    /// All keys.
    static let keys = ["check", "row", "sql", "expect", "column"] + patterns + tails + shared
}

/// Reads the lists of an asset's checks.
struct CheckListReader {
    /// Where findings go.
    let reading: Reading
    /// The asset.
    let asset: Asset
    private let parser: CheckParser
    private var ids: [CheckID: (list: CheckList, place: SourceLocation)] = [:]

    /// Reads checks of an asset whose interval and parameters are known.
    init(reading: Reading, asset: Asset) {
        self.reading = reading
        self.asset = asset
        self.parser = CheckParser(
            calendars: reading.calendars, zone: asset.interval?.cadence.zone ?? reading.zone)
    }

    /// The checks of one list.
    mutating func checks(_ fields: Fields, _ list: CheckList) -> [Check] {
        var checks: [Check] = []
        for node in fields.list(list.rawValue) {
            for read in read(node, list) {
                let check = apart(read, isNamed: isNamed(node))
                if let first = ids[check.id] {
                    reading.error(
                        check.location, "the check `\(check.id)` is declared twice",
                        hint: "First at \(first.place). Give one of them a `name`.")
                    continue
                }
                ids[check.id] = (list, check.location)
                let misfit = check.misfit(
                    hasInterval: asset.interval != nil || fields.has("interval"),
                    grain: asset.interval?.cadence.grain)
                if let misfit {
                    reading.error(check.location, misfit.message, hint: misfit.hint + ".")
                }
                checks.append(check)
            }
        }
        return checks
    }

    private func isNamed(_ node: YamlNode) -> Bool {
        guard case .mapping(let pairs) = node.content else { return false }
        return pairs.contains { $0.key == "name" }
    }

    /// A check whose text stands in another list already, with an id of its own.
    private func apart(_ check: Check, isNamed: Bool) -> Check {
        guard let first = ids[check.id], first.list != check.list, !isNamed else { return check }
        var other = Check(
            id: CheckID(rawValue: "\(check.id)-\(check.list.rawValue)"), text: check.text, list: check.list,
            location: check.location, body: check.body)
        other.filter = check.filter
        other.scope = check.scope
        other.tolerance = check.tolerance
        other.days = check.days
        other.samples = check.samples
        other.note = check.note
        return other
    }

    private func read(_ node: YamlNode, _ list: CheckList) -> [Check] {
        switch node.content {
        case .scalar: return line(node, list)
        case .sequence:
            reading.error(
                node.location, "a check must be a line, not a list", hint: "Put the line in quotes.")
            return []
        case .mapping(let pairs):
            guard isForm(pairs) else {
                tellOfMapping(node, pairs)
                return []
            }
            return form(node, list)
        }
    }

    /// Whether a mapping is meant as one, and is no line that YAML took apart at `: `.
    private func isForm(_ pairs: [YamlPair]) -> Bool {
        pairs.contains { BlockForm.keys.contains($0.key) }
            || pairs.contains { Nearest.word(to: $0.key, among: BlockForm.keys) != nil } || pairs.isEmpty
    }

    private func tellOfMapping(_ node: YamlNode, _ pairs: [YamlPair]) {
        guard let first = pairs.first, let last = pairs.last else { return }
        let line = node.file.written(from: first.keyNode, through: last.value)
        reading.error(
            node.location, "YAML made a mapping of this check at its `: `",
            hint: "Put the line in quotes: - \(YamlHint.quotedText(line))")
    }

    private func line(_ node: YamlNode, _ list: CheckList) -> [Check] {
        guard let text = reading.written(node, "a check") else { return [] }
        return build(text, list, at: node.location, node: node, Extras()) {
            (parser) throws(CheckSyntaxError) in
            try parser.parse(text.text)
        }
    }

    /// What stands beside a check's assertion.
    private struct Extras {
        var name: Written?
        var filter: Written?
        var samples: [String] = []
        var note: String?
    }

    private func form(_ node: YamlNode, _ list: CheckList) -> [Check] {
        let fields = Fields(node, "a check", keys: BlockForm.keys, in: reading)
        let extras = Extras(
            name: fields.text("name"), filter: fields.text("where"),
            samples: fields.texts("samples").map(\.text),
            note: fields.prose("note")?.text)
        let kinds = ["check", "row", "sql", "column"].filter(fields.has)
        guard kinds.count == 1, let kind = kinds.first else {
            reading.error(
                node.location,
                "a check must have one of check, row, sql, column"
                    + (kinds.isEmpty ? "" : ", not \(kinds.joined(separator: " and "))"))
            return []
        }
        refuseStrays(fields, kind: kind)
        guard let text = fields.text(kind) else { return [] }
        let tail = BlockForm.tails.compactMap { key in fields.text(key).map { "\(key) \($0.text)" } }
            .joined(separator: " ")
        switch kind {
        case "check":
            return build(text, list, at: text.location, node: fields.node(kind), extras) {
                (parser) throws(CheckSyntaxError) in
                try parser.parse(tail.isEmpty ? text.text : "\(text.text) \(tail)")
            }
        case "row":
            return build(text, list, at: text.location, node: nil, extras) {
                (parser) throws(CheckSyntaxError) in
                try parser.parse(row: text.text, tail: tail)
            }
        case "sql":
            let hint = "Write `expect: returns no rows`, or a comparison such as `= 0`."
            guard let expect = fields.required("expect", hint: hint) else { return [] }
            return build(text, list, at: text.location, node: nil, extras) {
                (parser) throws(CheckSyntaxError) in
                try parser.parse(sql: text.text, expect: expect.text, tail: tail)
            }
        case _: return pattern(of: text, list, fields, tail: tail, extras)
        }
    }

    private func pattern(
        of column: Written, _ list: CheckList, _ fields: Fields, tail: String, _ extras: Extras
    ) -> [Check] {
        let given = BlockForm.patterns.filter(fields.has)
        guard given.count == 1, let key = given.first, let rule = CheckParser.PatternRule(rawValue: key)
        else {
            reading.error(
                fields.location,
                "`column` needs one of \(BlockForm.patterns.joined(separator: ", ")) beside it")
            return []
        }
        guard let pattern = fields.text(key) else { return [] }
        return build(pattern, list, at: pattern.location, node: nil, extras) {
            (parser) throws(CheckSyntaxError) in
            try parser.parse(column: column.text, rule, pattern: pattern.text, tail: tail)
        }
    }

    private func refuseStrays(_ fields: Fields, kind: String) {
        var strays = kind == "sql" ? [] : ["expect"]
        if kind != "column" { strays += BlockForm.patterns }
        for key in strays where fields.has(key) {
            reading.error(fields.place(key), "`\(key)` has no meaning beside `\(kind)`")
        }
    }

    private func build(
        _ text: Written, _ list: CheckList, at place: SourceLocation, node: YamlNode?, _ extras: Extras,
        _ parse: (CheckParser) throws(CheckSyntaxError) -> ParsedCheck
    ) -> [Check] {
        do throws(CheckSyntaxError) {
            var parsed = try parse(parser)
            if let file = parsed.sqlFile {
                guard let (sql, path) = reading.attachment(text.with(file), "the query") else { return [] }
                parsed = try fill(parsed, with: sql, from: path, named: text)
            }
            if let filter = extras.filter { parsed = try parsed.narrowed(by: filter.text) }
            return parser.build(
                asset: asset.name, list: list, name: extras.name?.text, parsed: parsed, location: place,
                samples: extras.samples, note: extras.note)
        } catch {
            tell(error, of: text, node: node)
            return []
        }
    }

    private func fill(
        _ parsed: ParsedCheck, with sql: String, from path: String, named text: Written
    ) throws(CheckSyntaxError) -> ParsedCheck {
        do throws(CheckSyntaxError) {
            return try parsed.filled(with: sql)
        } catch {
            throw CheckSyntaxError("\(path): \(error.message)", hint: error.hint, in: text.text, offset: 0)
        }
    }

    private func tell(_ error: CheckSyntaxError, of text: Written, node: YamlNode?) {
        var place = text.location
        var advice = error.advice.map { $0.hasSuffix(".") ? $0 : $0 + "." }
        if let node {
            // The text of a line is as written, so that the place within it is one in the file.
            if case .scalar(_, .plain) = node.content, node.line == node.endLine, text.raw == text.text {
                place = SourceLocation(
                    file: place.file, line: place.line, column: place.column + error.offset)
            }
            if node.file.isCutByComment(node) {
                advice.append("YAML cuts the line at ` #`; put it in quotes if that belongs to it.")
            }
        }
        let hint = (advice.joined(separator: " ") + "\n" + error.excerpt).drop { $0 == "\n" }
        reading.note(
            Written(
                raw: text.raw, text: text.text, location: place, isSecret: text.isSecret, unset: text.unset),
            error.message, String(hint))
    }
}

extension Reading {
    /// The condition of an arm of `choose`: `rows raw.orders > 5000000`.
    func condition(_ text: Written) -> Build.ChoiceCondition? {
        do throws(CheckSyntaxError) {
            return try CheckParser(calendars: calendars, zone: zone).parseChoiceCondition(text.text)
        } catch {
            tell(error, of: text)
            return nil
        }
    }

    /// An input: `x`, `x within D`, `x latest [within D]` or `x last D`.
    func need(_ text: Written) -> (need: Need, name: Written)? {
        do throws(CheckSyntaxError) {
            let need = try CheckParser(calendars: calendars, zone: zone).parseNeed(text.text)
            let name = text.with(need.asset.description)
            return assetName(name) == nil ? nil : (need, name)
        } catch {
            tell(error, of: text)
            return nil
        }
    }

    private func tell(_ error: CheckSyntaxError, of text: Written) {
        let advice = error.advice.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
        note(text, error.message, advice)
    }
}
