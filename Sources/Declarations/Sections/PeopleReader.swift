import SuretyCore

/// Reads people and groups.
struct PeopleReader {
    /// Where findings go.
    let reading: Reading
    /// Words that mean the owner and deputy of whatever an alert is about.
    static let reserved = ["owner", "deputy"]

    /// People and groups by id; the names are declared first, so that they may refer to one another.
    func owners(_ pairs: [YamlPair]) -> [OwnerID: Owner] {
        var found: [OwnerID: Owner] = [:]
        for pair in pairs where isDeclared(pair) {
            found[OwnerID(rawValue: pair.key)] = owner(pair)
        }
        return found
    }

    private func isDeclared(_ pair: YamlPair) -> Bool {
        reading.declared[.owner]?[pair.key] == pair.keyNode.location
    }

    /// Notes the ids, in the namespace that owners and channels share.
    func declare(owners: [YamlPair], channels: [YamlPair]) {
        for pair in owners where isFree(pair, "an owner") {
            _ = reading.declare(.owner, pair.key, at: pair.keyNode.location)
        }
        for pair in channels where isFree(pair, "a channel") {
            if let owner = reading.declared[.owner]?[pair.key] {
                reading.error(
                    pair.keyNode.location, "the channel `\(pair.key)` has the id of an owner",
                    hint: "Owners and channels share one namespace; the owner is at \(owner).")
            }
            _ = reading.declare(.channel, pair.key, at: pair.keyNode.location)
        }
    }

    private func isFree(_ pair: YamlPair, _ what: String) -> Bool {
        guard !PeopleReader.reserved.contains(pair.key) else {
            reading.error(
                pair.keyNode.location, "`\(pair.key)` is reserved and cannot be the id of \(what)",
                hint: "In routes it means the one whom the alert concerns.")
            return false
        }
        return reading.isID(pair, what)
    }

    private func owner(_ pair: YamlPair) -> Owner {
        let fields = Fields(
            pair.value, "the owner `\(pair.key)`",
            keys: ["name", "email", "slack", "to", "quiet", "members"],
            at: pair.keyNode.location, in: reading)
        var owner = Owner(id: OwnerID(rawValue: pair.key), name: fields.text("name")?.text ?? pair.key)
        owner.email = fields.text("email").flatMap(email)
        owner.slack = fields.text("slack")?.text
        owner.to = fields.texts("to").map { channel in
            reading.check(.channel, channel)
            return ChannelID(rawValue: channel.text)
        }
        if let quiet = fields.fields("quiet", keys: ["from", "to"]) {
            for key in ["from", "to"] where !quiet.has(key) { quiet.missing(key) }
            if let from = quiet.time("from"), let to = quiet.time("to") {
                owner.quiet = QuietHours(from: from, to: to)
            }
        }
        if fields.has("members") { owner.members = members(fields, of: owner.id) }
        return owner
    }

    private func email(_ text: Written) -> String? {
        let parts = text.text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.text.contains(where: \.isWhitespace)
        else {
            reading.error(text.location, "`\(text.shown)` is no mail address")
            return nil
        }
        return text.text
    }

    private func members(_ fields: Fields, of group: OwnerID) -> [OwnerID] {
        let members = fields.texts("members").filter { member in
            guard member.text != group.rawValue else {
                reading.error(member.location, "the group `\(group)` is its own member")
                return false
            }
            return reading.check(.owner, member)
        }
        if fields.list("members").isEmpty {
            reading.error(fields.valuePlace("members"), "the group `\(group)` has no members")
        }
        return members.map { OwnerID(rawValue: $0.text) }
    }
}
