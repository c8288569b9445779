import SuretyCore

/// Reads how assets are built.
struct BuildReader {
    /// Where findings go.
    let reading: Reading
    /// Whether the asset has intervals.
    let hasInterval: Bool
    private static let works = ["sql", "command", "load", "http", "manual", "choose"]
    private static let others = ["write", "timeout", "retries", "undo", "idempotent", "verify"]

    /// The build of an asset.
    func build(_ node: YamlNode, of asset: Fields) -> Build? {
        let fields = Fields(node, "`build`", keys: BuildReader.works + BuildReader.others, in: reading)
        let given = BuildReader.works.filter(fields.has)
        guard given.count == 1, let kind = given.first else {
            reading.error(
                asset.place("build"),
                "`build` must have one of \(BuildReader.works.joined(separator: ", "))"
                    + (given.isEmpty ? "" : ", not \(given.joined(separator: " and "))"))
            return nil
        }
        let write = write(fields, kind: kind)
        let options = options(fields, kind: kind)
        guard let work = work(kind, fields) else { return nil }
        var build = Build(work, write: write)
        options(&build)
        return build
    }

    private func options(_ fields: Fields, kind: String) -> (inout Build) -> Void {
        let timeout = fields.period("timeout")
        let retries = retries(fields)
        let undo = undo(fields)
        let idempotent = fields.flag("idempotent")
        let verify = fields.has("verify") ? argv(fields, "verify") : nil
        if ["sql", "load", "choose"].contains(kind) {
            for key in ["idempotent", "verify"] where fields.has(key) {
                reading.error(
                    fields.place(key), "`\(key)` has no meaning beside `\(kind)`",
                    hint: "Such a step is applied exactly once.")
            }
        }
        return { build in
            build.timeout = timeout
            build.retries = retries ?? build.retries
            build.undo = undo
            build.idempotent = idempotent ?? false
            build.verify = verify
        }
    }

    private func work(_ kind: String, _ fields: Fields) -> Build.Work? {
        switch kind {
        case "sql": fields.text("sql").flatMap { reading.sql($0, "`sql`") }.map { .sql($0) }
        case "command": argv(fields, "command").map { .command($0) }
        case "load": load(fields).map { .load($0) }
        case "http": HTTPJobReader(reading: reading).job(fields).map { .http($0) }
        case "manual": manual(fields).map { .manual($0) }
        case _: choices(fields).map { .choose($0) }
        }
    }

    private func write(_ fields: Fields, kind: String) -> WriteMode {
        let fallback = hasInterval ? WriteMode.replaceInterval : .replaceTable
        guard let text = fields.text("write") else { return fallback }
        guard ["sql", "load", "choose"].contains(kind) else {
            reading.error(fields.place("write"), "`write` has no meaning beside `\(kind)`")
            return fallback
        }
        let words = collapsed(text.text)
        let mode: WriteMode
        switch words {
        case "replace interval": mode = .replaceInterval
        case "replace table": mode = .replaceTable
        case "append": mode = .append
        case "view": mode = .view
        case "script": mode = .script
        case _ where words.hasPrefix("merge on "):
            let keys = words.dropFirst("merge on ".count).split(
                separator: ",", omittingEmptySubsequences: false
            )
            .map { $0.split(separator: " ").joined(separator: " ") }
            guard !keys.contains("") else { return unknown(text, fallback) }
            mode = .merge(on: keys)
        case _: return unknown(text, fallback)
        }
        return fitting(mode, text, kind: kind) ?? fallback
    }

    private func unknown(_ text: Written, _ fallback: WriteMode) -> WriteMode {
        reading.error(
            text.location, "`write` cannot be `\(text.shown)`",
            hint: "It is one of: replace interval, replace table, append, merge on KEY, view, script.")
        return fallback
    }

    private func fitting(_ mode: WriteMode, _ text: Written, kind: String) -> WriteMode? {
        switch mode {
        case .replaceInterval where !hasInterval:
            reading.error(
                text.location, "`write: replace interval` needs an `interval`",
                hint: "Declare one, or write `replace table`.")
            return nil
        case .replaceTable where hasInterval:
            reading.error(
                text.location, "`write: replace table` would empty the table for each interval",
                hint: "Write `replace interval`, or leave `interval` out.")
            return nil
        case .view where hasInterval:
            reading.error(
                text.location, "`write: view` makes the whole table", hint: "Leave `interval` out.")
            return nil
        case .view where kind == "load", .script where kind == "load":
            reading.error(text.location, "`write: \(text.shown)` has no meaning beside `load`")
            return nil
        case .replaceInterval, .replaceTable, .append, .merge, .view, .script:
            return mode
        }
    }

    private func retries(_ outer: Fields) -> RetryPolicy? {
        let keys = ["times", "wait", "backoff", "at_most", "jitter"]
        guard let fields = outer.fields("retries", keys: keys) else { return nil }
        guard let times = fields.count("times", in: 0...1000) else {
            if !fields.has("times") { fields.missing("times", hint: "Write `times: 3`.") }
            return nil
        }
        var policy = RetryPolicy(times: times)
        policy.wait = fields.period("wait") ?? policy.wait
        policy.atMost = fields.period("at_most") ?? policy.atMost
        if let text = fields.text("backoff") {
            if let factor = Double(text.text), (1...100).contains(factor) {
                policy.backoff = factor
            } else {
                reading.error(text.location, "`backoff` must be a number from 1 to 100, not `\(text.shown)`")
            }
        }
        if let text = fields.text("jitter") {
            if text.text.hasSuffix("%"), let share = Double(text.text.dropLast()), (0...100).contains(share) {
                policy.jitter = share / 100
            } else {
                reading.error(
                    text.location, "`jitter` must be a percentage, not `\(text.shown)`", hint: "Write `20%`.")
            }
        }
        return policy
    }

    private func undo(_ outer: Fields) -> Build.Undo? {
        guard let fields = outer.fields("undo", keys: ["sql", "command"]) else { return nil }
        guard fields.has("sql") != fields.has("command") else {
            reading.error(outer.place("undo"), "`undo` must have one of sql, command")
            return nil
        }
        if fields.has("command") { return argv(fields, "command").map { .command($0) } }
        return fields.text("sql").flatMap { reading.sql($0, "`undo`") }.map { .sql($0) }
    }

    private func argv(_ fields: Fields, _ key: String) -> [String]? { reading.argv(fields, key) }

    private func load(_ outer: Fields) -> LoadFile? {
        guard let fields = outer.fields("load", keys: ["csv", "delimiter", "null"]) else { return nil }
        let delimiter = fields.text("delimiter").flatMap(delimiter)
        let null = fields.node("null").flatMap(\.scalar)
        guard let path = fields.required("csv", hint: "Write `csv: PATH`."),
            let resolved = reading.projectPath(path, "`csv`")
        else { return nil }
        return LoadFile(path: resolved, delimiter: delimiter ?? ",", null: null)
    }

    private func delimiter(_ text: Written) -> Character? {
        guard let character = text.text.first, text.text.utf8.count == 1, !"\"\r\n".contains(character) else {
            reading.error(
                text.location, "`delimiter` must be one character, not `\(text.shown)`",
                hint: "A tab is written \"\\t\".")
            return nil
        }
        return character
    }

    private func manual(_ outer: Fields) -> ManualWork? {
        guard let fields = outer.fields("manual", keys: ["ask", "by", "within"]) else { return nil }
        let ask = fields.prose("ask")
        if !fields.has("ask") { fields.missing("ask", hint: "Say what the person does.") }
        let within = fields.period("within")
        guard let by = fields.required("by", hint: "Name the person."), reading.check(.owner, by), let ask
        else {
            return nil
        }
        return ManualWork(ask: collapsed(ask.text), by: OwnerID(rawValue: by.text), within: within)
    }

    private func choices(_ outer: Fields) -> [Build.Choice]? {
        let items = outer.list("choose")
        var choices: [Build.Choice] = []
        for (index, item) in items.enumerated() {
            let fields = Fields(item, "an arm of `choose`", keys: ["when", "sql"], in: reading)
            let isLast = index == items.count - 1
            if isLast, fields.has("when") {
                reading.error(
                    fields.place("when"), "the last arm of `choose` has a condition",
                    hint: "Leave `when` out, so that one arm always holds.")
            }
            if !isLast, !fields.has("when") {
                reading.error(item.location, "only the last arm of `choose` may lack `when`")
            }
            let condition = fields.text("when").flatMap { reading.condition($0) }
            guard let text = fields.required("sql"), let sql = reading.sql(text, "`sql`") else { continue }
            choices.append(Build.Choice(when: condition, sql: sql))
        }
        if items.isEmpty { reading.error(outer.place("choose"), "`choose` has no arms") }
        return choices.count == items.count && !items.isEmpty ? choices : nil
    }
}

extension Reading {
    /// SQL: the file that one word ending in `.sql` names, else the text itself.
    func sql(_ text: Written, _ what: String) -> Build.SQLText? {
        guard isSQLFile(text.text) else { return Build.SQLText(text.text) }
        guard let (sql, path) = attachment(text, what) else { return nil }
        guard !sql.allSatisfy(\.isWhitespace) else {
            error(text.location, "the file `\(text.shown)` is empty")
            return nil
        }
        return Build.SQLText(sql, file: path)
    }

    /// Whether a text is one word that ends in `.sql`.
    func isSQLFile(_ text: String) -> Bool { text.hasSuffix(".sql") && !text.contains(where: \.isWhitespace) }

    /// A program and its arguments; a text would need a shell.
    func argv(_ fields: Fields, _ key: String) -> [String]? {
        guard let node = fields.node(key) else { return nil }
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            error(
                fields.valuePlace(key), "`\(key)` must be a list of a program and its arguments",
                hint: "Write `[dbt, build]`; there is no shell.")
            return nil
        }
        let words = items.compactMap { item -> String? in
            // An empty argument is one all the same, when it is quoted.
            if item.scalar?.isEmpty == true, !item.isBlank { return "" }
            return written(item, "an item of `\(key)`")?.text
        }
        return words.count == items.count ? words : nil
    }
}
