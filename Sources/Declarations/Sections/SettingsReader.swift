import SuretyCore

/// Reads what a project says about itself as a whole.
struct SettingsReader {
    /// Where findings go.
    let reading: Reading
    /// The gathered keys.
    let sections: Sections
    private let root = SourceLocation(file: "surety.yaml", line: 1, column: 1)

    /// Reads from gathered keys.
    init(reading: Reading, sections: Sections) {
        self.reading = reading
        self.sections = sections
    }

    /// The project's name and zone; checks the format's version.
    func identity() -> (name: String, zone: Zone)? {
        version()
        let name = required("project", hint: "Write `project: NAME`.")
        let zone = required("timezone", hint: "Write `timezone: Europe/London` or the like.")
            .flatMap(reading.zone(_:))
        guard let name, let zone else { return nil }
        return (name.text, zone)
    }

    private func version() {
        guard let version = required("surety", hint: "Write `surety: 1`.") else { return }
        if version.text != "1" {
            reading.error(
                version.location, "the format version `\(version.shown)` is not known",
                hint: "This program reads `surety: 1`.")
        }
    }

    private func required(_ key: String, hint: String) -> Written? {
        guard let pair = sections.single(key) else {
            reading.unresolved(root, "the project has no `\(key)`", hint: hint)
            return nil
        }
        return reading.written(pair.value, "`\(key)`")
    }

    /// Everything about the project as a whole.
    func settings(name: String, zone: Zone) -> ProjectSettings {
        var settings = ProjectSettings(name: name, zone: zone, state: state(), warehouses: warehouses())
        if let escalate = sections.single("escalate") {
            settings.escalate = RouteReader(reading: reading).escalations(escalate.value)
        }
        if let limits = sections.single("limits") {
            let fields = Fields(limits.value, "`limits`", keys: ["runs", "steps"], in: reading)
            settings.runLimit = fields.count("runs", in: 1...10_000) ?? settings.runLimit
            settings.stepLimit = fields.count("steps", in: 1...10_000) ?? settings.stepLimit
        }
        settings.pools = pools()
        settings.report = sections.single("report").flatMap { report($0.value) }
        return settings
    }

    private func report(_ node: YamlNode) -> ReportSchedule? {
        let fields = Fields(node, "`report`", keys: ["at", "to"], in: reading)
        let to = RouteReader(reading: reading).receivers(fields, reserved: [])
        guard let at = fields.node("at") else {
            fields.missing("at", hint: "Write `at: 08:00 on mon`.")
            return nil
        }
        return reading.deadline(at, "`at`").map { ReportSchedule(at: $0, to: to) }
    }

    private func pools() -> [PoolID: Int] {
        var pools: [PoolID: Int] = [:]
        for pair in sections.entries("pools") {
            guard reading.isID(pair, "a pool"), reading.declare(.pool, pair.key, at: pair.keyNode.location),
                let text = reading.written(pair.value, "the pool `\(pair.key)`")
            else { continue }
            guard let slots = Int(text.text), (1...10_000).contains(slots) else {
                reading.error(
                    text.location,
                    "the pool `\(pair.key)` must have a whole number of slots from 1 to 10000, "
                        + "not `\(text.shown)`")
                continue
            }
            pools[PoolID(rawValue: pair.key)] = slots
        }
        return pools
    }

    private func state() -> Secret {
        guard let pair = sections.single("state") else { return location("sqlite:.surety/state.db") }
        guard let text = reading.written(pair.value, "`state`") else {
            return location("sqlite:.surety/state.db")
        }
        return store(text, "`state`")
    }

    private func location(_ text: String) -> Secret {
        store(Written(raw: text, text: text, location: root), "`state`")
    }

    private func warehouses() -> [WarehouseID: WarehouseSettings] {
        var found: [WarehouseID: WarehouseSettings] = [:]
        for pair in sections.entries("warehouses") {
            guard reading.isID(pair, "a warehouse"),
                reading.declare(.warehouse, pair.key, at: pair.keyNode.location),
                let warehouse = warehouse(pair)
            else { continue }
            found[WarehouseID(rawValue: pair.key)] = warehouse
        }
        if found["main"] == nil {
            found["main"] = WarehouseSettings(url: location("sqlite:.surety/warehouse"))
        }
        return found
    }

    private func warehouse(_ pair: YamlPair) -> WarehouseSettings? {
        if case .scalar = pair.value.content {
            return reading.written(pair.value, "the warehouse `\(pair.key)`")
                .map { WarehouseSettings(url: store($0, "the warehouse `\(pair.key)`")) }
        }
        let keys = ["url", "connections", "statement_timeout", "lock_timeout", "checks_role"]
        let fields = Fields(
            pair.value, "the warehouse `\(pair.key)`", keys: keys, at: pair.keyNode.location, in: reading)
        guard let url = fields.required("url") else { return nil }
        var settings = WarehouseSettings(url: store(url, "`url`"))
        settings.connections = fields.count("connections", in: 1...1000) ?? settings.connections
        settings.statementTimeout = fields.period("statement_timeout") ?? settings.statementTimeout
        settings.lockTimeout = fields.period("lock_timeout") ?? settings.lockTimeout
        settings.checksRole = fields.text("checks_role")?.text
        return settings
    }

    /// A database's address with the path of an embedded one made absolute.
    private func store(_ text: Written, _ what: String) -> Secret {
        // An unset variable is told of already, and by the command that needs it.
        if !text.unset.isEmpty { return text.secret }
        if text.text.hasPrefix("postgres://") || text.text.hasPrefix("postgresql://") { return text.secret }
        guard text.text.hasPrefix("sqlite:"), text.text.utf8.count > "sqlite:".utf8.count else {
            reading.error(
                text.location, "\(what) is no address of a database: `\(text.shown)`",
                hint: "Write `postgres://…` or `sqlite:PATH`.")
            return text.secret
        }
        let path = String(text.text.dropFirst("sqlite:".count))
        if path.hasPrefix("/") { return text.secret }
        guard let relative = reading.projectPath(text.with(path), what) else { return text.secret }
        let absolute = "sqlite:" + ProjectPath.absolute(relative, in: reading.source.folder)
        return Secret(absolute, isSecret: text.isSecret)
    }
}
