import SuretyCore

/// Reads assets.
struct AssetReader {
    /// Where findings go.
    let reading: Reading
    /// The keys of an asset.
    static let keys = [
        "owner", "interval", "source", "key", "private", "since", "empty", "guard", "late_rows", "ready",
        "stop",
        "warn", "needs", "params", "build", "audit", "publish", "as", "approve", "backfill", "budget", "tags",
        "pool", "recovery", "for_each",
    ]

    /// An asset, and the places that later checks point at.
    struct Declared {
        /// The asset.
        var asset: Asset
        /// The keys that it is declared with.
        let fields: Fields
        /// The names of its inputs with their places, in the order of the asset's needs.
        let needs: [Written]
        /// The name under which it is published, if that is not the table's.
        let publishedName: String
    }

    /// The asset of an entry, whose values of `for_each` are bound in SQL.
    func asset(_ name: AssetName, _ pair: YamlPair, bound: [String: String]) -> Declared {
        let place = pair.keyNode.location
        let fields = Fields(
            pair.value, "the asset `\(name)`", keys: AssetReader.keys, at: place, in: reading)
        var asset = Asset(name: name, location: place)
        asset.owner = fields.text("owner").flatMap {
            reading.check(.owner, $0) ? OwnerID(rawValue: $0.text) : nil
        }
        asset.interval = fields.text("interval").flatMap(reading.interval(_:))
        asset.params = params(fields, bound: bound)
        asset.key = fields.texts("key").map(\.text)
        asset.privateColumns = fields.texts("private").map(\.text)
        asset.since = fields.date("since")
        asset.empty = fields.text("empty").flatMap(empty) ?? asset.empty
        asset.guardedByTrigger = guarded(fields)
        asset.lateRows = fields.text("late_rows").flatMap(lateRows) ?? asset.lateRows
        asset.budget = fields.period("budget")
        asset.tags = fields.texts("tags").map(\.text)
        asset.pool = fields.text("pool").flatMap {
            reading.check(.pool, $0) ? PoolID(rawValue: $0.text) : nil
        }
        asset.recovery = reading.recovery(fields)
        let needs = needs(fields, of: name)
        asset.needs = needs.map(\.need)
        asset.origin = origin(fields, hasInterval: fields.has("interval"))
        asset.audit = audit(fields, asset)
        asset.publish = publication(fields)
        asset.approval = approval(fields)
        asset.backfill = backfill(fields)
        readChecks(&asset, fields)
        return Declared(
            asset: asset, fields: fields, needs: needs.map(\.name),
            publishedName: fields.text("as")?.text ?? name.table)
    }

    private func readChecks(_ asset: inout Asset, _ fields: Fields) {
        var reader = CheckListReader(reading: reading, asset: asset)
        asset.ready = reader.checks(fields, .ready)
        asset.stop = reader.checks(fields, .stop)
        asset.warn = reader.checks(fields, .warn)
    }

    private func needs(_ fields: Fields, of asset: AssetName) -> [(need: Need, name: Written)] {
        var seen: Set<Need> = []
        return fields.texts("needs").compactMap { text in
            guard let found = reading.need(text) else { return nil }
            guard seen.insert(found.need).inserted else {
                reading.error(text.location, "the input `\(text.shown)` is listed twice")
                return nil
            }
            reading.check(.asset, found.name)
            return found
        }
    }

    private func origin(_ fields: Fields, hasInterval: Bool) -> Asset.Origin {
        guard let build = fields.node("build") else {
            if fields.has("needs") {
                reading.error(
                    fields.place("needs"), "\(fields.what) has `needs` but no `build`",
                    hint: "A source has no inputs.")
            }
            return .source(watch(fields))
        }
        if fields.has("source") {
            reading.error(
                fields.place("source"), "\(fields.what) has both `source` and `build`",
                hint: "A source is loaded by someone else; leave one of them out.")
        }
        let reader = BuildReader(reading: reading, hasInterval: hasInterval)
        return reader.build(build, of: fields).map { .built($0) } ?? .source(SourceWatch())
    }

    private func watch(_ fields: Fields) -> SourceWatch {
        var watch = SourceWatch()
        guard let source = fields.fields("source", keys: ["expected_by", "poll"]) else { return watch }
        watch.expectedBy = source.node("expected_by").flatMap { reading.deadline($0, "`expected_by`") }
        watch.poll = source.period("poll") ?? watch.poll
        return watch
    }

    private func guarded(_ fields: Fields) -> Bool {
        guard let text = fields.text("guard") else { return false }
        if text.text == "none" || text.text == "trigger" { return text.text == "trigger" }
        reading.error(
            text.location, "`guard` cannot be `\(text.shown)`", hint: "It is one of: none, trigger.")
        return false
    }

    private func empty(_ text: Written) -> EmptyRule? {
        let words = text.text.split(whereSeparator: \.isWhitespace).map(String.init)
        let rest = words.dropFirst(words.dropFirst().first == "except" ? 3 : 2).joined(separator: " ")
        switch words.prefix(3) {
        case ["refused"]: return .refused
        case ["allowed"]: return .allowed
        case ["allowed", "except", "on"] where !rest.isEmpty:
            return reading.days(text.with(rest)).map { .allowedExceptOn($0) }
        case _ where words.count > 2 && words[0] == "allowed" && words[1] == "on":
            return reading.days(text.with(rest)).map { .allowedOn($0) }
        case _:
            reading.error(
                text.location, "`empty` cannot be `\(text.shown)`",
                hint: "It is `refused`, `allowed`, or `allowed [except] on DAYS`.")
            return nil
        }
    }

    private func lateRows(_ text: Written) -> LateRows? {
        let words = text.text.split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.prefix(2) {
        case ["tell"]: return .tell
        case ["ignore"]: return .ignore
        case ["rebuild", "within"] where words.count == 3:
            if let period = Period(words[2]), period.count > 0 { return .rebuild(within: period) }
        case _: break
        }
        reading.error(
            text.location, "`late_rows` cannot be `\(text.shown)`",
            hint: "It is `tell`, `ignore`, or `rebuild within 7d`.")
        return nil
    }

    private func audit(_ fields: Fields, _ asset: Asset) -> AuditTime? {
        guard let text = fields.text("audit") else { return nil }
        guard let time = AuditTime(rawValue: text.text) else {
            reading.error(
                text.location, "`audit` cannot be `\(text.shown)`",
                hint: "It is one of: before commit, after commit.")
            return nil
        }
        if time == .beforeCommit, asset.auditTime == .afterCommit {
            reading.error(
                text.location, "`audit: before commit` is only for `sql` and `load`",
                hint: "The effect of any other step is there before it can be checked.")
            return nil
        }
        return time
    }

    private func publication(_ fields: Fields) -> Publication {
        let alias = fields.text("as")
        if let alias, alias.text.contains(".") || alias.text.utf8.count > 63 {
            reading.error(alias.location, "`as` is no name of a view: `\(alias.shown)`")
        }
        let kind = fields.text("publish")
        if let alias, kind == nil || kind?.text == "in place" {
            reading.error(
                alias.location, "`as` has no meaning without `publish: view` or `certified intervals`")
        }
        switch kind?.text {
        case nil, "in place": return .inPlace
        case "view": return .view(as: alias?.text)
        case "certified intervals": return .certifiedIntervals(as: alias?.text)
        case _:
            if let kind {
                reading.error(
                    kind.location, "`publish` cannot be `\(kind.shown)`",
                    hint: "It is one of: in place, view, certified intervals.")
            }
            return .inPlace
        }
    }

    private func people(_ fields: Fields, _ key: String) -> [OwnerID] {
        fields.texts(key).filter { reading.check(.owner, $0) }.map { OwnerID(rawValue: $0.text) }
    }

    private func approval(_ outer: Fields) -> Approval? {
        guard let fields = outer.fields("approve", keys: ["by", "before", "within"]) else { return nil }
        let by = people(fields, "by")
        if fields.list("by").isEmpty { fields.missing("by", hint: "List who may approve.") }
        guard let before = fields.text("before") else {
            if !fields.has("before") {
                fields.missing("before", hint: "Write `before: publish` or `before: start`.")
            }
            return nil
        }
        guard let point = Approval.Point(rawValue: before.text) else {
            reading.error(
                before.location, "`before` cannot be `\(before.shown)`", hint: "It is one of: start, publish."
            )
            return nil
        }
        return Approval(by: by, before: point, within: fields.period("within"))
    }

    private func backfill(_ outer: Fields) -> BackfillPolicy? {
        guard let fields = outer.fields("backfill", keys: ["up_to", "by", "note"]) else { return nil }
        return BackfillPolicy(
            upTo: fields.period("up_to"), by: people(fields, "by"), note: fields.prose("note")?.text)
    }
}
