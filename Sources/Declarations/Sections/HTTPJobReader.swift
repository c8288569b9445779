import SuretyCore

/// Reads jobs on other systems.
struct HTTPJobReader {
    /// Where findings go.
    let reading: Reading
    private static let methods = ["get", "post", "put", "patch", "delete"]

    /// The job under the key `http` of a build.
    func job(_ outer: Fields) -> HTTPJob? {
        let keys = ["target", "start", "job", "poll", "verify", "cancel", "undo"]
        guard let fields = outer.fields("http", keys: keys) else { return nil }
        let target = fields.required("target", hint: "Name one of `targets`.")
        if let target { reading.check(.target, target) }
        if !fields.has("start") { fields.missing("start", hint: "Write `start: {post: /jobs}`.") }
        let start = request(fields, "start")
        let poll = poll(fields)
        let verify = request(fields, "verify")
        let cancel = request(fields, "cancel")
        let undo = request(fields, "undo")
        let id = fields.text("job")?.text
        if let id, !id.hasPrefix("$") {
            reading.error(
                fields.valuePlace("job"), "`job` is no path into the answer",
                hint: "Write `$.id` or the like.")
        }
        guard let target, let start else { return nil }
        var job = HTTPJob(target: TargetID(rawValue: target.text), start: start)
        job.job = id
        job.poll = poll?.request
        job.every = poll?.every ?? job.every
        job.done = poll?.done
        job.failed = poll?.failed
        job.verify = verify
        job.cancel = cancel
        job.undo = undo
        return job
    }

    private struct Poll {
        let request: HTTPJob.Request
        let every: Period?
        let done: String?
        let failed: String?
    }

    private func poll(_ outer: Fields) -> Poll? {
        let keys = HTTPJobReader.methods + ["body", "every", "done", "failed"]
        guard let fields = outer.fields("poll", keys: keys) else { return nil }
        let every = fields.period("every")
        let failed = fields.text("failed")?.text
        let done = fields.required(
            "done", hint: "Write the condition that says it is done: `$.state = 'ok'`.")?.text
        return request(fields, of: "poll").map { Poll(request: $0, every: every, done: done, failed: failed) }
    }

    private func request(_ outer: Fields, _ key: String) -> HTTPJob.Request? {
        outer.fields(key, keys: HTTPJobReader.methods + ["body"]).flatMap { request($0, of: key) }
    }

    private func request(_ fields: Fields, of key: String) -> HTTPJob.Request? {
        let given = HTTPJobReader.methods.filter(fields.has)
        guard given.count == 1, let method = given.first else {
            reading.error(
                fields.location, "`\(key)` must have one of \(HTTPJobReader.methods.joined(separator: ", "))")
            return nil
        }
        let body = fields.node("body").flatMap { reading.body($0) }
        guard let path = fields.text(method) else { return nil }
        guard path.text.hasPrefix("/") || path.text.hasPrefix("http://") || path.text.hasPrefix("https://")
        else {
            reading.error(path.location, "`\(path.shown)` is no path", hint: "Begin it with `/`.")
            return nil
        }
        return HTTPJob.Request(method: method.uppercased(), path: path.text, body: body?.reveal())
    }
}

extension Reading {
    /// A body: a text as it is, a mapping or list as JSON of texts.
    func body(_ node: YamlNode) -> Secret? {
        if node.scalar != nil { return written(node, "`body`")?.secret }
        var isSecret = false
        var unset: [String] = []
        func json(_ node: YamlNode) -> String {
            switch node.content {
            case .scalar(let raw, _):
                guard !raw.isEmpty, let text = written(node, "a value of `body`") else { return "\"\"" }
                isSecret = isSecret || text.isSecret
                unset += text.unset
                return jsonText(text.text)
            case .sequence(let items): return "[" + items.map(json).joined(separator: ",") + "]"
            case .mapping(let pairs):
                return "{" + pairs.map { jsonText($0.key) + ":" + json($0.value) }.joined(separator: ",")
                    + "}"
            }
        }
        let text = json(node)
        return Secret(text, isSecret: isSecret, unset: unset)
    }

    private func jsonText(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case _: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
