import SuretyCore

/// Reads promises.
struct PromiseReader {
    /// Where findings go.
    let reading: Reading
    private static let keys = [
        "promise", "owner", "deputy", "tier", "deadline", "through", "needs", "serves", "starts", "overlap",
        "catch_up", "catch_up_window", "give_up", "expected", "since", "in_flight", "on_failure",
        "experiment",
        "recovery", "tags",
    ]

    /// A promise, and the places that later checks point at.
    struct Declared {
        /// The promise.
        let promise: Promise
        /// The keys that it is declared with.
        let fields: Fields
        /// Where each start stands.
        let startPlaces: [SourceLocation]
        /// The names of its assets with their places.
        let needs: [Written]
        /// The promises that its starts come after, with their places.
        let after: [Written]
    }

    /// The promise of an entry; nil, with errors, when something that it must have is missing.
    func promise(_ pair: YamlPair) -> Declared? {
        let place = pair.keyNode.location
        let fields = Fields(
            pair.value, "the promise `\(pair.key)`", keys: PromiseReader.keys, at: place, in: reading)
        let sentence = fields.prose("promise")
        let isSaid = sentence.map { !$0.text.allSatisfy(\.isWhitespace) } ?? true
        if !fields.has("promise") || !isSaid {
            fields.missing("promise", hint: "Say in a sentence what it promises.")
        }
        let owner = person(fields)
        let deadline = fields.node("deadline").flatMap { reading.deadline($0, "`deadline`") }
        if !fields.has("deadline") { fields.missing("deadline", hint: "Write `deadline: 08:00 on …`.") }
        let through = fields.required("through", hint: "Write `through: prior day` or the like.")
            .flatMap(reading.through(_:))
        let needs = needs(fields)
        let (starts, startPlaces, after) = starts(fields)
        guard let sentence, isSaid, let owner, let deadline, let through, !needs.isEmpty else { return nil }
        var promise = Promise(
            id: PromiseID(rawValue: pair.key), location: place, sentence: collapsed(sentence.text),
            owner: owner,
            deadline: deadline, through: through, needs: needs.map(\.1))
        promise.starts = starts
        fill(&promise, from: fields)
        return Declared(
            promise: promise, fields: fields, startPlaces: startPlaces, needs: needs.map(\.0), after: after)
    }

    private func person(_ fields: Fields) -> OwnerID? {
        guard let owner = fields.required("owner", hint: "Name the person who owns recovery.") else {
            return nil
        }
        reading.check(.owner, owner)
        return OwnerID(rawValue: owner.text)
    }

    private func needs(_ fields: Fields) -> [(Written, AssetName)] {
        let texts = fields.texts("needs")
        if fields.list("needs").isEmpty {
            fields.missing("needs", hint: "List the assets that must be certified.")
        }
        var seen: Set<String> = []
        return texts.compactMap { text in
            guard let name = reading.assetName(text) else { return nil }
            guard seen.insert(text.text).inserted else {
                reading.error(text.location, "the asset `\(text.shown)` is listed twice")
                return nil
            }
            reading.check(.asset, text)
            return (text, name)
        }
    }

    private func fill(_ promise: inout Promise, from fields: Fields) {
        if let deputy = fields.text("deputy") {
            reading.check(.owner, deputy)
            promise.deputy = OwnerID(rawValue: deputy.text)
        }
        if let tier = fields.count("tier", in: 1...3).flatMap(Tier.init(rawValue:)) { promise.tier = tier }
        promise.serves = fields.texts("serves").filter { reading.check(.consumer, $0) }
            .map { ConsumerID(rawValue: $0.text) }
        promise.overlap = fields.choice("overlap", Promise.Overlap.self) ?? promise.overlap
        promise.catchUp = fields.choice("catch_up", Promise.CatchUp.self) ?? promise.catchUp
        promise.catchUpWindow = fields.period("catch_up_window") ?? promise.catchUpWindow
        promise.giveUp = fields.time("give_up")
        promise.expected = fields.period("expected")
        promise.since = fields.date("since")
        promise.inFlight = fields.choice("in_flight", Promise.InFlight.self) ?? promise.inFlight
        promise.onFailure = fields.choice("on_failure", Promise.OnFailure.self) ?? promise.onFailure
        promise.experiment = fields.flag("experiment") ?? promise.experiment
        promise.recovery = reading.recovery(fields)
        promise.tags = fields.texts("tags").map(\.text)
    }

    private func starts(_ fields: Fields) -> ([Start], [SourceLocation], [Written]) {
        var starts: [Start] = []
        var places: [SourceLocation] = []
        var after: [Written] = []
        let reader = StartReader(reading: reading)
        for node in fields.list("starts") {
            guard let (start, promises) = reader.start(node) else { continue }
            starts.append(start)
            places.append(node.location)
            after += promises
        }
        return (starts, places, after)
    }
}

extension Reading {
    /// The steps under `recovery`: a list, or one text.
    func recovery(_ fields: Fields) -> [String] {
        guard let node = fields.node("recovery") else { return [] }
        if case .sequence(let items) = node.content {
            return items.compactMap { prose($0, "a step of `recovery`") }.map { collapsed($0.text) }
        }
        return prose(node, "`recovery`").map { [collapsed($0.text)] } ?? []
    }
}

/// A text with each run of white space made one space.
func collapsed(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
