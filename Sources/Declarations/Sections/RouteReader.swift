import SuretyCore

/// Reads where alerts go.
struct RouteReader {
    /// Where findings go.
    let reading: Reading
    private static let severities = ["critical", "high", "warning", "info"]

    /// Routes in order; without any, all alerts go to the owner.
    func routes(_ node: YamlNode?) -> [Route] {
        let fallback = Route(when: [:], to: ["owner"], continues: false)
        guard let node else { return [fallback] }
        let items = reading.list(node, "`routes`")
        let routes = items.map(route)
        if let last = items.last, routes.last?.when.isEmpty == false {
            reading.warning(
                last.location, "the last route does not match everything",
                hint: "End the list with `- {to: [owner]}`, so that no alert is lost.")
        }
        return routes
    }

    private func route(_ node: YamlNode) -> Route {
        let fields = Fields(node, "a route", keys: ["when", "to", "continue"], in: reading)
        var when: [Route.Key: [String]] = [:]
        if let conditions = fields.fields("when", keys: Route.Key.allCases.map(\.rawValue)) {
            for key in Route.Key.allCases {
                guard let node = conditions.node(key.rawValue) else { continue }
                let values = oneOrMore(node, "`\(key.rawValue)`")
                when[key] = values.map(\.text)
                for value in values { check(value, for: key) }
            }
        }
        let to = receivers(fields, reserved: PeopleReader.reserved)
        return Route(when: when, to: to, continues: fields.flag("continue") ?? false)
    }

    private func check(_ value: Written, for key: Route.Key) {
        switch key {
        case .severity:
            if !RouteReader.severities.contains(value.text) {
                reading.error(
                    value.location, "there is no severity `\(value.shown)`",
                    hint: "It is one of: \(RouteReader.severities.joined(separator: ", ")).")
            }
        case .tier:
            if Int(value.text).flatMap(Tier.init(rawValue:)) == nil {
                reading.error(value.location, "there is no tier `\(value.shown)`", hint: "It is 1, 2 or 3.")
            }
        case .promise: reading.check(.promise, value)
        case .asset: reading.check(.asset, value)
        case .owner: reading.check(.owner, value)
        case .kind, .tag: break
        }
    }

    /// Owners and channels under `to`, which must be there.
    func receivers(_ fields: Fields, reserved: [String]) -> [String] {
        guard let node = fields.node("to") else {
            fields.missing("to", hint: "Write `to: [owner]` or the like.")
            return []
        }
        let to = oneOrMore(node, "`to`")
        if to.isEmpty { reading.error(node.location, "`to` names nobody") }
        for name in to { check(receiver: name, reserved: reserved) }
        return to.map(\.text)
    }

    private func check(receiver name: Written, reserved: [String]) {
        let owners = reading.declared[.owner] ?? [:]
        let channels = reading.declared[.channel] ?? [:]
        if reserved.contains(name.text) || owners[name.text] != nil || channels[name.text] != nil { return }
        let known = owners.keys.sorted() + channels.keys.sorted() + reserved
        reading.unresolved(
            name.location, "there is no owner or channel `\(name.shown)`",
            hint: name.isSecret ? "" : Nearest.hint(for: name.text, among: known))
    }

    private func oneOrMore(_ node: YamlNode, _ what: String) -> [Written] {
        if case .sequence(let items) = node.content {
            return items.compactMap { reading.written($0, "an item of \(what)") }
        }
        return reading.written(node, what).map { [$0] } ?? []
    }

    /// Steps of escalation in order.
    func escalations(_ node: YamlNode) -> [Escalation] {
        reading.list(node, "`escalate`").compactMap { item in
            let fields = Fields(
                item, "a step of `escalate`", keys: ["after", "before_deadline", "to"], in: reading)
            let to = receivers(fields, reserved: PeopleReader.reserved)
            guard fields.has("after") != fields.has("before_deadline") else {
                reading.error(item.location, "a step of `escalate` must have one of after, before_deadline")
                return nil
            }
            guard let first = to.first else { return nil }
            if to.count > 1 {
                reading.error(
                    fields.valuePlace("to"), "a step of `escalate` goes to one receiver",
                    hint: "Write a step for each.")
            }
            if let after = fields.period("after") { return Escalation(.after(after), to: first) }
            return fields.period("before_deadline").map { Escalation(.beforeDeadline($0), to: first) }
        }
    }
}
