extension Asset {
    /// Everything of the declaration that affects the data, as one text: build, write, parameters, interval, inputs,
    /// `ready` and `stop` checks.
    ///
    /// Equal for equal declarations on every machine; the owner, notes, `warn`, retries and timeouts are left out.
    public var definitionText: String {
        var lines = ["asset \(name)"]
        if let interval { lines.append("interval \(interval.definitionText)") }
        if let since { lines.append("since \(since)") }
        lines.append("empty \(empty.definitionText)")
        lines += needs.map { "need \($0.definitionText)" }
        lines += params.sorted { $0.key < $1.key }.map { "param \($0.key) \($0.value.definitionText)" }
        if let build { lines += build.definitionLines }
        if auditTime == .afterCommit { lines.append("audit after commit") }
        lines += ready.map { "ready \($0.definitionText)" }
        lines += stop.map { "stop \($0.definitionText)" }
        return lines.joined(separator: "\n")
    }
}

extension IntervalRule {
    fileprivate var definitionText: String {
        "\(cadence.grain.rawValue) of \(quoted(column))" + (cadence.days.map { " on \($0)" } ?? "")
            + " in \(cadence.zone)"
    }
}

extension EmptyRule {
    fileprivate var definitionText: String {
        switch self {
        case .refused: "refused"
        case .allowed: "allowed"
        case .allowedOn(let days): "allowed on \(days)"
        case .allowedExceptOn(let days): "allowed except on \(days)"
        }
    }
}

extension Need {
    fileprivate var definitionText: String {
        switch reach {
        case .overlapping(let within): "\(asset)" + (within.map { " within \($0)" } ?? "")
        case .latest(let within): "\(asset) latest" + (within.map { " within \($0)" } ?? "")
        case .last(let period): "\(asset) last \(period)"
        }
    }
}

extension SQLValue {
    fileprivate var definitionText: String {
        switch self {
        case .null: "null"
        case .text(let text): "text \(quoted(text))"
        case .integer(let number): "integer \(number)"
        case .decimal(let digits): "decimal \(digits)"
        case .boolean(let flag): "boolean \(flag)"
        case .date(let date): "date \(date)"
        case .instant(let instant): "instant \(instant)"
        case .civil(let civil): "civil \(civil)"
        }
    }
}

extension Build {
    fileprivate var definitionLines: [String] { work.definitionLines + ["write \(write.definitionText)"] }
}

extension Build.Work {
    fileprivate var definitionLines: [String] {
        switch self {
        case .sql(let sql): ["sql \(quoted(sql.text))"]
        case .command(let words): ["command \(words.map(quoted).joined(separator: " "))"]
        case .load(let file):
            [
                "load \(quoted(file.path)) delimiter \(quoted(String(file.delimiter)))"
                    + (file.null.map { " null \(quoted($0))" } ?? "")
            ]
        case .http(let job): job.definitionLines
        case .manual(let work): ["manual \(quoted(work.ask))"]
        case .choose(let choices):
            choices.map { "choose \(quoted($0.condition?.text ?? "")) \(quoted($0.sql.text))" }
        }
    }
}

extension HTTPJob {
    fileprivate var definitionLines: [String] {
        ["http \(target) \(start.method) \(quoted(start.path)) \(quoted(start.body ?? ""))"]
    }
}

extension WriteMode {
    fileprivate var definitionText: String {
        switch self {
        case .replaceInterval: "replace interval"
        case .replaceTable: "replace table"
        case .append: "append"
        case .merge(let keys): "merge on \(keys.map(quoted).joined(separator: ", "))"
        case .view: "view"
        case .script: "script"
        }
    }
}

extension Check {
    fileprivate var definitionText: String {
        var text = quoted(self.text)
        if let filter { text += " where \(quoted(filter))" }
        // The text of a check that names a file says nothing about what is in it.
        if case .sql(let sql, _) = body { text += " sql \(quoted(sql))" }
        if case .row(.condition(let condition)) = body { text += " row \(quoted(condition))" }
        return text
    }
}

/// A text in quotes, on one line, so that no two lists of texts read the same.
private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        + "\""
}
