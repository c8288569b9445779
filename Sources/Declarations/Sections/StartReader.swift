import SuretyCore

/// Reads what begins runs by itself.
struct StartReader {
    /// Where findings go.
    let reading: Reading
    private static let kinds = ["at", "every", "cron", "once", "after", "hook", "notify", "file", "bucket"]

    /// A start, and the promises that it comes after.
    func start(_ node: YamlNode) -> (Start, after: [Written])? {
        let fields = Fields(node, "a start", keys: StartReader.kinds + ["in"], in: reading)
        let given = StartReader.kinds.filter(fields.has)
        guard given.count == 1, let kind = given.first else {
            if case .mapping = node.content {
                reading.error(
                    node.location,
                    "a start must have one of \(StartReader.kinds.joined(separator: ", "))"
                        + (given.isEmpty ? "" : ", not \(given.joined(separator: " and "))"))
            }
            return nil
        }
        if fields.has("in"), kind != "cron", kind != "every" {
            reading.error(fields.place("in"), "`in` has no meaning beside `\(kind)`")
        }
        if kind == "after" {
            let after = fields.texts("after").filter { reading.check(.promise, $0) }
            if fields.list("after").isEmpty { reading.error(node.location, "`after` names no promise") }
            return after.isEmpty ? nil : (.after(after.map { PromiseID(rawValue: $0.text) }), after)
        }
        return simple(kind, fields).map { ($0, []) }
    }

    private func simple(_ kind: String, _ fields: Fields) -> Start? {
        switch kind {
        case "at": at(fields)
        case "every": every(fields)
        case "cron":
            fields.text("cron").flatMap { reading.cron($0, in: fields) }.map { .cron($0.0, zone: $0.1) }
        case "once": once(fields)
        case "hook": name(fields, "hook").map(Start.hook)
        case "notify": name(fields, "notify").map(Start.notify)
        case "file": fields.text("file").flatMap { reading.projectPath($0, "`file`") }.map(Start.file)
        case _: bucket(fields)
        }
    }

    private func at(_ fields: Fields) -> Start? {
        guard let text = fields.text("at"), let rule = reading.dueTimes(text) else { return nil }
        switch rule {
        case .times(let times, let days, let zone): return .at(times, on: days, zone: zone)
        case .cron(let cron, let zone): return .cron(cron, zone: zone)
        }
    }

    private func every(_ fields: Fields) -> Start? {
        let zone = fields.text("in").flatMap(reading.zone(_:)) ?? reading.zone
        guard let period = fields.period("every") else { return nil }
        guard period.seconds <= 86_400 else {
            reading.error(
                fields.valuePlace("every"), "`every` is longer than a day: `\(period)`",
                hint: "It is counted from local midnight; write `at` or `cron` for longer ones.")
            return nil
        }
        return .every(period, zone: zone)
    }

    private func once(_ fields: Fields) -> Start? {
        guard let flag = fields.flag("once") else { return nil }
        if flag { return .once }
        reading.error(fields.valuePlace("once"), "`once: false` starts nothing", hint: "Leave it out.")
        return nil
    }

    private func name(_ fields: Fields, _ key: String) -> String? {
        guard let text = fields.text(key) else { return nil }
        let isGood =
            text.text.utf8.count <= 63
            && text.text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0)
            }
        guard isGood else {
            reading.error(
                text.location, "`\(text.shown)` is no name of a \(key)",
                hint: "It has letters, digits, `-`, `_` and `.`, at most 63.")
            return nil
        }
        return text.text
    }

    private func bucket(_ fields: Fields) -> Start? {
        guard let text = fields.text("bucket") else { return nil }
        let schemes = ["s3://", "gs://", "gcs://", "azure://", "az://", "abfs://", "abfss://"]
        guard let scheme = schemes.first(where: text.text.hasPrefix), text.text.utf8.count > scheme.utf8.count
        else {
            reading.error(
                text.location, "`\(text.shown)` names no bucket",
                hint: "Write `s3://BUCKET/KEY`, `gs://BUCKET/KEY` or `azure://CONTAINER/KEY`.")
            return nil
        }
        return .bucket(text.text)
    }
}
