import SuretyCore

/// Reads alert channels.
struct ChannelReader {
    /// Where findings go.
    let reading: Reading

    /// Channels by id.
    func channels(_ pairs: [YamlPair]) -> [ChannelID: AlertChannel] {
        var found: [ChannelID: AlertChannel] = [:]
        for pair in pairs where reading.declared[.channel]?[pair.key] == pair.keyNode.location {
            found[ChannelID(rawValue: pair.key)] = channel(pair)
        }
        return found
    }

    private func channel(_ pair: YamlPair) -> AlertChannel? {
        let kinds = ["file", "slack", "webhook", "email"]
        let fields = Fields(
            pair.value, "the channel `\(pair.key)`", keys: kinds + ["allow_private"],
            at: pair.keyNode.location,
            in: reading)
        let given = kinds.filter(fields.has)
        guard given.count == 1, let kind = given.first else {
            reading.error(
                fields.location,
                "the channel `\(pair.key)` must have one of \(kinds.joined(separator: ", "))"
                    + (given.isEmpty ? "" : ", not \(given.joined(separator: " and "))"))
            return nil
        }
        let id = ChannelID(rawValue: pair.key)
        let isAllowed = fields.flag("allow_private") ?? false
        switch kind {
        case "file":
            return file(fields).map { AlertChannel(id: id, kind: .file($0), allowPrivate: isAllowed) }
        case "slack": return slack(id, fields, isAllowed)
        case "webhook": return webhook(id, fields, isAllowed)
        case _: return email(id, fields)
        }
    }

    private func file(_ fields: Fields) -> String? {
        guard let text = fields.text("file") else { return nil }
        if text.isSecret, text.text.hasPrefix("/") { return text.text }
        return reading.projectPath(text, "`file`")
    }

    private func slack(_ id: ChannelID, _ outer: Fields, _ isAllowed: Bool) -> AlertChannel? {
        guard
            let fields = outer.fields(
                "slack", keys: ["token", "channel", "api", "webhook", "allow_private"])
        else { return nil }
        let isAllowed = fields.flag("allow_private") ?? isAllowed
        if fields.has("webhook") {
            for key in ["token", "channel", "api"] where fields.has(key) {
                reading.error(fields.place(key), "`\(key)` has no meaning beside `webhook`")
            }
            guard let url = fields.text("webhook") else { return nil }
            reading.checkURL(url, "`webhook`", allowPrivate: isAllowed)
            return AlertChannel(id: id, kind: .slackWebhook(url.secret), allowPrivate: isAllowed)
        }
        let api = fields.text("api")
        if let api { reading.checkURL(api, "`api`", allowPrivate: isAllowed) }
        guard let token = fields.required("token", hint: "Or give a `webhook`."),
            let channel = fields.required("channel")
        else { return nil }
        return AlertChannel(
            id: id, kind: .slackBot(token: token.secret, channel: channel.text, api: api?.secret),
            allowPrivate: isAllowed)
    }

    private func webhook(_ id: ChannelID, _ outer: Fields, _ isAllowed: Bool) -> AlertChannel? {
        guard let fields = outer.fields("webhook", keys: ["url", "secret", "allow_private"]) else {
            return nil
        }
        let isAllowed = fields.flag("allow_private") ?? isAllowed
        let secret = fields.secret("secret")
        guard let url = fields.required("url") else { return nil }
        reading.checkURL(url, "`url`", allowPrivate: isAllowed)
        return AlertChannel(id: id, kind: .webhook(url: url.secret, secret: secret), allowPrivate: isAllowed)
    }

    private func email(_ id: ChannelID, _ outer: Fields) -> AlertChannel? {
        guard
            let fields = outer.fields(
                "email", keys: ["server", "from", "tls", "ca_file", "user", "password"])
        else { return nil }
        let tls = fields.choice("tls", MailServer.TLS.self)
        let caFile = fields.text("ca_file").flatMap { path in
            path.text.hasPrefix("/") ? path.text : reading.projectPath(path, "`ca_file`")
        }
        let user = fields.secret("user")
        let password = fields.secret("password")
        guard let server = fields.required("server"), let from = fields.required("from") else { return nil }
        if server.unset.isEmpty, !server.text.hasPrefix("smtp://"), !server.text.hasPrefix("smtps://") {
            reading.error(
                server.location, "`server` is no address of a mail server: `\(server.shown)`",
                hint: "Write `smtp://HOST:25` or `smtps://HOST:465`.")
        }
        let mail = MailServer(
            server: server.secret, from: from.text, tls: tls, caFile: caFile, user: user, password: password)
        return AlertChannel(id: id, kind: .email(mail))
    }
}

extension Reading {
    /// Checks an address that will be called: that it is one, and that it is public unless private ones are allowed.
    func checkURL(_ url: Written, _ what: String, allowPrivate: Bool) {
        if !url.unset.isEmpty { return }
        guard url.text.hasPrefix("https://") || url.text.hasPrefix("http://"),
            !url.text.contains(where: \.isWhitespace), url.text.utf8.count > "https://".utf8.count
        else {
            error(
                url.location, "\(what) is no address: `\(url.shown)`", hint: "Write `https://HOST/PATH`.")
            return
        }
        if !allowPrivate, let host = PrivateAddress.host(of: url.text) {
            error(
                url.location, "\(what) is a private address" + (url.isSecret ? "" : ": `\(host)`"),
                hint: "Write `allow_private: true` beside it if that is meant.")
        }
    }
}
