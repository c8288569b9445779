import SuretyCore

/// Reads consumers.
struct ConsumerReader {
    /// Where findings go.
    let reading: Reading

    /// The consumer of an entry.
    func consumer(_ pair: YamlPair) -> Consumer {
        let fields = Fields(
            pair.value, "the consumer `\(pair.key)`", keys: ["name", "owner", "uses", "refresh"],
            at: pair.keyNode.location, in: reading)
        let owner = fields.text("owner").flatMap {
            reading.check(.owner, $0) ? OwnerID(rawValue: $0.text) : nil
        }
        let uses = fields.texts("uses").compactMap { text -> AssetName? in
            guard let name = reading.assetName(text), reading.check(.asset, text) else { return nil }
            return name
        }
        if fields.list("uses").isEmpty { fields.missing("uses", hint: "List the assets that it reads.") }
        var consumer = Consumer(
            id: ConsumerID(rawValue: pair.key), location: pair.keyNode.location,
            name: fields.text("name")?.text ?? pair.key, owner: owner, uses: uses)
        consumer.refresh = refresh(fields)
        return consumer
    }

    private func refresh(_ outer: Fields) -> RefreshAction? {
        guard let fields = outer.fields("refresh", keys: ["http", "command"]) else { return nil }
        guard fields.has("http") != fields.has("command") else {
            reading.error(outer.place("refresh"), "`refresh` must have one of http, command")
            return nil
        }
        if fields.has("command") { return reading.argv(fields, "command").map { .command($0) } }
        return request(fields).map { .http($0) }
    }

    private func request(_ outer: Fields) -> HTTPRefresh? {
        guard let fields = outer.fields("http", keys: ["method", "url", "headers", "body", "allow_private"])
        else { return nil }
        let isAllowed = fields.flag("allow_private") ?? false
        let method = fields.text("method").map { ($0, $0.text.uppercased()) }
        if let (text, name) = method, !["GET", "POST", "PUT", "PATCH", "DELETE"].contains(name) {
            reading.error(
                text.location, "`method` cannot be `\(text.shown)`",
                hint: "It is one of: GET, POST, PUT, PATCH, DELETE.")
        }
        var headers: [String: Secret] = [:]
        for pair in fields.entries("headers") {
            guard let text = reading.written(pair.value, "the header `\(abbreviated(pair.key))`") else {
                continue
            }
            guard isHeader(pair.key), !text.text.contains(where: \.isNewline) else {
                reading.error(pair.keyNode.location, "`\(abbreviated(pair.key))` is no header of a request")
                continue
            }
            headers[pair.key] = text.secret
        }
        let body = fields.node("body").flatMap { reading.body($0) }
        guard let url = fields.required("url") else { return nil }
        reading.checkURL(url, "`url`", allowPrivate: isAllowed)
        return HTTPRefresh(
            method: method?.1 ?? "POST", url: url.secret, headers: headers, body: body,
            allowPrivate: isAllowed)
    }

    private func isHeader(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || "!#$%&'*+-.^_`|~".utf8.contains($0)
            }
    }
}
