public import SuretyCore

/// Results of checks in words.
public enum CheckText {
    /// A table of results, each that is not a pass with what was expected, observed and why, then a count of verdicts.
    public static func text(_ results: [CheckResult], _ style: Style) -> String {
        var text = ""
        for (place, group) in grouped(results) {
            text += style(place, .strong) + "\n"
            for result in group { text += line(result, style) }
        }
        let lacksRights = results.contains { $0.sqlState == "42501" }
        return text + summary(results) + "\n"
            + (lacksRights ? "`surety doctor` prints the rights that are missing.\n" : "")
    }

    /// One result and, below it, what explains it.
    public static func line(_ result: CheckResult, _ style: Style) -> String {
        var text = "  " + style(word(result), tone(result)) + "  " + result.check.printable
        if result.list == .warn { text += style("  (warn)", .quiet) }
        if let observed = result.observed, result.verdict != .notRun {
            text += style("  observed \(observed.printable)", .quiet)
        }
        if result.proved {
            text += style("  " + (result.why.isEmpty ? "proved" : result.why.printable), .quiet)
        }
        text += "\n"
        let margin = "                "
        if let wrong = result.misremembered { text += margin + style("\(wrong)", .warning) + "\n" }
        if let reused = result.reused { text += margin + style("reused: \(reused)", .quiet) + "\n" }
        guard result.verdict != .pass else { return text }
        if let expected = result.expected { text += margin + "expected \(expected.printable)\n" }
        if let violations = result.violations, violations > 0 {
            let rows = result.rows.flatMap { $0 > 0 ? " of \($0)" : nil } ?? ""
            text += margin + "\(violations)\(rows) \(result.unit ?? "rows")\n"
        }
        if let explanation = result.explanation { text += margin + explanation.printable + "\n" }
        if let state = result.sqlState { text += margin + "SQLSTATE \(state)\n" }
        for sample in result.samples {
            let cells = sample.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value ?? "NULL")" }
            text += margin + style("e.g. " + cells.joined(separator: " ").printable, .quiet) + "\n"
        }
        return text
    }

    /// `3 passed, 1 failed, 1 not run`.
    public static func summary(_ results: [CheckResult]) -> String {
        let words = Verdict.allCases.compactMap { verdict -> String? in
            let count = results.count { $0.verdict == verdict }
            guard count > 0 else { return nil }
            return switch verdict {
            case .pass: "\(count) passed"
            case .fail: "\(count) failed"
            case .noEvidence: "\(count) without evidence"
            case .error: "\(count) with errors"
            case .notRun: "\(count) not run"
            }
        }
        return words.isEmpty ? "no checks" : words.joined(separator: ", ")
    }

    private static func grouped(_ results: [CheckResult]) -> [(String, [CheckResult])] {
        var order: [String] = []
        var groups: [String: [CheckResult]] = [:]
        for result in results {
            let place = result.interval.map { "\(result.asset) \($0)" } ?? result.asset.description
            if groups[place] == nil { order.append(place) }
            groups[place, default: []].append(result)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    private static func word(_ result: CheckResult) -> String {
        let word =
            switch result.verdict {
            case .pass: "pass"
            case .fail: result.accepted ? "accepted" : "FAIL"
            case .noEvidence: "NO EVIDENCE"
            case .error: "ERROR"
            case .notRun: "not run"
            }
        return word + String(repeating: " ", count: max(0, 12 - word.count))
    }

    private static func tone(_ result: CheckResult) -> Style.Tone {
        switch result.verdict {
        case .pass: .good
        case .fail, .noEvidence, .error: result.list == .warn || result.accepted ? .warning : .bad
        case .notRun: .quiet
        }
    }
}
