import SuretyCore

/// Reads other systems that steps command.
struct TargetReader {
    /// Where findings go.
    let reading: Reading

    /// The target of an entry.
    func target(_ pair: YamlPair) -> Target? {
        let fields = Fields(
            pair.value, "the target `\(pair.key)`",
            keys: ["at", "health", "choose", "limits", "adapt", "auth", "allow_private"],
            at: pair.keyNode.location, in: reading)
        let isAllowed = fields.flag("allow_private") ?? false
        let health = health(fields)
        let choose = choice(fields)
        let limits = fields.fields("limits", keys: ["at_once", "per_minute"])
        let adapt = adaptation(fields)
        let bearer = fields.fields("auth", keys: ["bearer"])?.secret("bearer")
        guard let at = endpoints(fields, isAllowed) else { return nil }
        return Target(
            id: TargetID(rawValue: pair.key), at: at, health: health, choose: choose ?? .roundRobin,
            atOnce: limits?.count("at_once", in: 1...10_000),
            perMinute: limits?.count("per_minute", in: 1...1_000_000), adapt: adapt, bearer: bearer,
            allowPrivate: isAllowed)
    }

    private func endpoints(_ fields: Fields, _ isAllowed: Bool) -> Target.Endpoints? {
        guard let node = fields.node("at") else {
            fields.missing("at", hint: "List its addresses.")
            return nil
        }
        if case .mapping = node.content { return discovery(node, isAllowed) }
        let urls = fields.texts("at")
        if fields.list("at").isEmpty { reading.error(node.location, "`at` lists no address") }
        for url in urls { reading.checkURL(url, "`at`", allowPrivate: isAllowed) }
        return .list(urls.map(\.secret))
    }

    private func discovery(_ node: YamlNode, _ isAllowed: Bool) -> Target.Endpoints? {
        let fields = Fields(node, "`at`", keys: ["dns", "consul", "service"], in: reading)
        guard fields.has("dns") != fields.has("consul") else {
            reading.error(node.location, "`at` must be a list of addresses, or have one of dns, consul")
            return nil
        }
        if fields.has("dns") {
            if fields.has("service") {
                reading.error(fields.place("service"), "`service` has no meaning beside `dns`")
            }
            return fields.text("dns").map { .dns($0.text) }
        }
        let service = fields.required("service", hint: "Name the service in Consul.")
        guard let consul = fields.text("consul"), let service else { return nil }
        reading.checkURL(consul, "`consul`", allowPrivate: isAllowed)
        return .consul(consul.secret, service: service.text)
    }

    private func health(_ outer: Fields) -> Target.Health? {
        guard let fields = outer.fields("health", keys: ["get", "every", "down_after", "up_after"]),
            let path = fields.required("get", hint: "Write `get: /health`.")
        else { return nil }
        if !path.text.hasPrefix("/") {
            reading.error(path.location, "`\(path.shown)` is no path", hint: "Begin it with `/`.")
        }
        var health = Target.Health(get: path.text)
        health.every = fields.period("every") ?? health.every
        health.downAfter = fields.count("down_after", in: 1...1000) ?? health.downAfter
        health.upAfter = fields.count("up_after", in: 1...1000) ?? health.upAfter
        return health
    }

    private func choice(_ fields: Fields) -> Target.Choice? {
        guard let text = fields.text("choose") else { return nil }
        let words = [
            "round robin": Target.Choice.roundRobin, "least busy": .leastBusy, "first healthy": .firstHealthy,
        ]
        if let choice = words[collapsed(text.text)] { return choice }
        reading.error(
            text.location, "`choose` cannot be `\(text.shown)`",
            hint: "It is one of: round robin, least busy, first healthy.")
        return nil
    }

    private func adaptation(_ outer: Fields) -> Target.Adaptation? {
        guard let fields = outer.fields("adapt", keys: ["when", "at_once"]) else { return nil }
        let when = fields.required("when", hint: "Write `when: error rate > 20% over 5m`.")
        if !fields.has("at_once") { fields.missing("at_once", hint: "Write `at_once: 1`.") }
        guard let when else { return nil }
        guard isCondition(when.text.split(whereSeparator: \.isWhitespace).map(String.init)) else {
            reading.error(
                when.location, "`when` cannot be `\(when.shown)`",
                hint: "Write `error rate > 20% over 5m`, `latency p95 > 3s` or `load > 80%`.")
            return nil
        }
        return fields.count("at_once", in: 1...10_000).map {
            Target.Adaptation(when: collapsed(when.text), atOnce: $0)
        }
    }

    private func isCondition(_ words: [String]) -> Bool {
        var rest = words[...]
        if rest.count > 2, rest[rest.endIndex - 2] == "over" {
            guard let last = rest.last, let period = Period(last), period.count > 0 else { return false }
            rest = rest.dropLast(2)
        }
        guard rest.count >= 3, let limit = rest.popLast(), rest.popLast() == ">" else { return false }
        let isPercent =
            limit.hasSuffix("%") && (Double(limit.dropLast()).map { (0...100).contains($0) } ?? false)
        switch Array(rest) {
        case ["error", "rate"], ["load"]: return isPercent
        case let words where words.count == 2 && words[0] == "latency" && words[1].hasPrefix("p"):
            return Int(words[1].dropFirst()).map { (1...99).contains($0) } ?? false
                && (Period(limit) != nil || isMilliseconds(limit))
        case _: return false
        }
    }

    private func isMilliseconds(_ text: String) -> Bool {
        text.hasSuffix("ms") && (Int(text.dropLast(2)).map { $0 > 0 } ?? false)
    }
}
