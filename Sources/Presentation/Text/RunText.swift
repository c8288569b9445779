public import SuretyCore

/// A run in words: a line for each step as it changes, and what came of it in the end.
public enum RunText {
    /// The line with which a run begins.
    public static func beginning(_ run: RunRecord, _ style: Style) -> String {
        let intervals = run.intervals.isEmpty ? "" : " for \(spell(run.intervals))"
        return style("\(run.target)\(intervals)", .strong) + style("  run \(run.id)", .quiet) + "\n"
    }

    /// A step that changed; empty for changes that a reader need not see. A cause that was told already, of another
    /// interval of the asset, is not told again.
    public static func line(_ step: StepRecord, told causes: inout Set<String>, _ style: Style) -> String {
        guard let cause = step.cause, step.state.isEnd, step.state != .skipped else {
            return line(step, style)
        }
        let group = group(of: cause)
        guard causes.contains(group) else {
            causes.insert(group)
            return line(step, style)
        }
        var quiet = step
        quiet.cause = nil
        return line(quiet, style)
    }

    /// A step that changed; empty for changes that a reader need not see.
    public static func line(_ step: StepRecord, _ style: Style) -> String {
        guard step.state != .pending, step.state != .running, step.state != .checking else { return "" }
        var text = "  " + style(padded(word(step)), tone(step.state)) + "  " + place(step)
        if let rows = step.rows, step.state == .certified || step.state == .built {
            text += style("  \(rows) \(rows == 1 ? "row" : "rows")", .quiet)
        }
        if step.attempts > 1 { text += style("  \(step.attempts) tries", .quiet) }
        text += "\n"
        if let cause = step.cause, step.state != .skipped {
            text += "                " + cause.message.printable + "\n"
        }
        for result in step.checks where result.list == .warn && result.isUnfavourable {
            text += "                " + style("warning: \(result.sentence.printable)", .warning) + "\n"
        }
        return text
    }

    /// What came of it: certified, or the cause at the root, its owner, what to do.
    public static func ending(_ run: RunRecord, _ style: Style) -> String {
        switch run.state {
        case .certified:
            guard run.steps.contains(where: { !$0.kept }) else {
                return style("Nothing to do: ", .good) + "all of it is certified.\n"
            }
            guard run.steps.contains(where: { $0.state == .certified }) else {
                return style("Built", .good) + ". Without a stop check nothing certifies it.\n"
            }
            return style("Certified", .good)
                + (run.intervals.isEmpty ? "" : " through \(run.intervals.last ?? "")") + ".\n"
        case .nothingOwed: return "Nothing is owed yet.\n"
        case .rehearsed:
            return style("Rehearsed", .good) + ": it would have been certified. Nothing was changed.\n"
        case .running: return "Still running.\n"
        case .cancelled: return style("Cancelled", .warning) + ". What was running was rolled back.\n"
        case .interrupted:
            return style("Interrupted", .warning)
                + ": its process was gone before it ended. What it had committed stands; run it again for the rest.\n"
        case .blocked, .failed, .waiting: return reasons(run, style)
        }
    }

    /// Each cause once, with all the intervals that it is said of.
    private static func reasons(_ run: RunRecord, _ style: Style) -> String {
        var order: [String] = []
        var groups: [String: [StepRecord]] = [:]
        for step in run.steps {
            guard let cause = step.cause else { continue }
            let group = group(of: cause)
            if groups[group] == nil { order.append(group) }
            groups[group, default: []].append(step)
        }
        let texts = order.compactMap { groups[$0] }.map { reason($0, style) }
        return texts.joined() + "  next      surety explain \(run.target)\n"
    }

    /// The same for causes that differ in their interval only.
    private static func group(of cause: Cause) -> String {
        "\(cause.asset)|" + (cause.interval.map { cause.message.replacing($0, with: "…") } ?? cause.message)
    }

    /// What is said of steps that one cause stopped.
    private static func reason(_ steps: [StepRecord], _ style: Style) -> String {
        guard let first = steps.first, let cause = first.cause else { return "" }
        let intervals = steps.compactMap { $0.cause?.interval }.unique().sorted()
        let place = intervals.isEmpty ? "\(cause.asset)" : "\(cause.asset) \(spell(intervals))"
        var text = "\(heading(first, style)): \(place): \(cause.message.printable)\n"
        let affected = steps.filter { $0.state == .skipped }
        let names = affected.map(\.asset).unique().map { asset in
            let intervals = affected.filter { $0.asset == asset }.compactMap(\.interval).unique().sorted()
            return intervals.isEmpty ? "\(asset)" : "\(asset) \(spell(intervals))"
        }
        if !names.isEmpty { text += "  holds up  \(names.joined(separator: ", "))\n" }
        if let owner = cause.owner { text += "  owner     \(owner)\n" }
        for line in cause.recovery { text += "  recover   \(line)\n" }
        return text
    }

    /// The word for how a step stands; what is skipped stands as its root cause does.
    private static func heading(_ step: StepRecord, _ style: Style) -> String {
        switch step.state {
        case .blocked: style("Blocked", .bad)
        case .failed: style("Failed", .bad)
        case .needsOperator: style("Needs a person", .bad)
        case .cancelled: style("Cancelled", .warning)
        case .skipped: style("Skipped", .warning)
        case .awaitingData, .awaitingApproval, .awaitingPerson, .pending, .running, .checking, .certified,
            .built:
            style("Not yet", .warning)
        }
    }

    /// A table of runs, the newest first, their beginnings in a zone.
    public static func history(_ runs: [RunRecord], in zone: Zone, _ style: Style) -> String {
        guard !runs.isEmpty else { return "Nothing has run yet.\n" }
        var table = TextTable(["RUN", "TARGET", "INTERVALS", "STATE", "TRIGGER", "STARTED", "TOOK"])
        for run in runs {
            let took = run.endedAt.map { seconds($0.milliseconds(since: run.startedAt)) } ?? "-"
            table.add([
                .init(run.id.rawValue), .init(run.target), .init(spell(run.intervals)),
                .init(run.state.rawValue, tone(run.state)), .init(run.trigger),
                .init(zone.words(run.startedAt)), .init(took),
            ])
        }
        return table.text(style)
    }

    /// A run with all its steps.
    public static func text(_ run: RunRecord, _ style: Style) -> String {
        beginning(run, style)
            + run.steps.map { line($0, style) + $0.checks.map { CheckText.line($0, style) }.joined() }
            .joined()
            + ending(run, style)
    }

    /// A few intervals as a person says them: `2026-11-17, 2026-11-19` or `2026-11-01 … 2026-11-19 (19)`.
    public static func spell(_ intervals: [String]) -> String {
        guard intervals.count > 3, let first = intervals.first, let last = intervals.last else {
            return intervals.joined(separator: ", ")
        }
        return "\(first) … \(last) (\(intervals.count))"
    }

    /// Milliseconds as seconds: `0.42 s`.
    static func seconds(_ milliseconds: Int64) -> String {
        let hundredths = String(milliseconds % 1000 / 10)
        return "\(milliseconds / 1000).\(hundredths.count < 2 ? "0" + hundredths : hundredths) s"
    }

    /// Seconds as people say them: `0.42 s`, `25 s`, `12 min`, `3 h 05 min`.
    public static func duration(seconds: Double) -> String {
        let whole = Int64(seconds.rounded())
        if seconds < 10 { return self.seconds(Int64(seconds * 1000)) }
        if whole < 90 { return "\(whole) s" }
        let minutes = (whole + 30) / 60
        return minutes < 60
            ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min"
    }

    private static func place(_ step: StepRecord) -> String {
        step.interval.map { "\(step.asset) \($0)" } ?? step.asset.description
    }

    private static func word(_ step: StepRecord) -> String {
        step.kept ? "kept" : step.state.rawValue.split(separator: "_").joined(separator: " ")
    }

    private static func padded(_ word: String) -> String {
        word + String(repeating: " ", count: max(0, 12 - word.count))
    }

    static func tone(_ state: StepState) -> Style.Tone {
        switch state {
        case .certified, .built: .good
        case .blocked, .failed, .needsOperator: .bad
        case .awaitingData, .awaitingApproval, .awaitingPerson, .cancelled: .warning
        case .skipped, .pending, .running, .checking: .quiet
        }
    }

    private static func tone(_ state: RunState) -> Style.Tone {
        switch state {
        case .certified, .rehearsed: .good
        case .blocked, .failed: .bad
        case .waiting, .cancelled, .interrupted: .warning
        case .running, .nothingOwed: .neutral
        }
    }
}
