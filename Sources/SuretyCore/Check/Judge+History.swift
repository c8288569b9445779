extension Judge {
    /// A metric against its own history.
    public func relative(
        _ measured: MetricMeasurement, of metric: Metric, _ relative: Relative, _ history: History
    ) -> CheckResult {
        var result = verdict(.notRun)
        result.rows = measured.looked
        result.unit = measured.unit
        result.observed = measured.value?.text(in: zone)
        result.observedNumber = measured.value?.double
        if let value = measured.value, value.ratio == nil {
            return misfit(result, "only numbers and lengths of time are compared with history")
        }
        let selection = history.selection(for: relative)
        let points = selection.points
        guard points.count >= relative.needed else {
            result.why = "learning \(points.count) of \(relative.needed)"
            return result
        }
        if measured.odd > 0 {
            result.verdict = .fail
            result.violations = measured.odd
            result.why = "\(measured.odd.counted("value")) not finite (NaN or infinity)"
            return result
        }
        guard let value = measured.value else {
            result.verdict = .noEvidence
            result.why = "there are no values here"
            return result
        }
        let words = history.words(for: selection)
        switch relative {
        case .withinPrevious(let percent):
            guard let previous = points.last, let other = previous.value else {
                result.verdict = .noEvidence
                result.why = "there are no finite values in \(points.last?.label ?? "the interval before")"
                return result
            }
            result.why = "compared with \(words)"
            return compared(result, value, percent, other)
        case .withinMedian(let percent, _, _):
            guard let median = points.compactMap({ $0.value?.ratio }).median else {
                return misfit(result, "only numbers and lengths of time are compared with history")
            }
            result.why = "compared with the median of \(words)"
            return compared(result, value, percent, median.measured(like: value))
        case .likeUsual: return usual(result, value, metric, points, words)
        }
    }

    private func compared(
        _ result: CheckResult, _ value: Measured, _ percent: String, _ other: Measured
    ) -> CheckResult {
        var result = result
        result.expected = "within \(percent)% of \(other.text(in: zone))"
        guard let holds = value.satisfies(.within(percent: percent), other, in: zone) else {
            return misfit(result, "the two cannot be compared")
        }
        result.verdict = holds ? .pass : .fail
        return result
    }

    private func usual(
        _ result: CheckResult, _ value: Measured, _ metric: Metric, _ points: [HistoryPoint], _ words: String
    ) -> CheckResult {
        guard let ratio = value.ratio, let range = UsualRange(points.compactMap { $0.value?.double }) else {
            return misfit(result, "the values are too large to compare")
        }
        var result = result
        let (low, high) = range.bounds(ofCounts: metric.isCount)
        let isLikely = [(low, false), (high, true)].allSatisfy { bound, isAbove in
            guard let bound else { return true }
            let bounding = Ratio(number: bound, divisor: ExactNumber(1))
            return isAbove ? ratio <= bounding : ratio >= bounding
        }
        result.verdict = isLikely ? .pass : .fail
        let shown = [low, high].map { bound in bound.map { Measured.plain($0).like(value).text(in: zone) } }
        result.expected =
            switch (shown[0], shown[1]) {
            case (let low?, let high?): "between \(low) and \(high)"
            case (let low?, nil): "at least \(low)"
            case (nil, let high?): "at most \(high)"
            case (nil, nil): "any value"
            }
        let middle = Measured.number(range.usualText(ofCounts: metric.isCount)) ?? .count(0)
        let sight = range.sight(ofCounts: metric.isCount).map { "; \($0)" } ?? ""
        result.why = "usual is \(middle.like(value).text(in: zone)), by \(words)\(sight)"
        return result
    }
}

extension History {
    /// Which points were compared with, for people.
    fileprivate func words(for selection: Selection) -> String {
        let points = selection.points
        let recorded = source == .certificates ? " recorded with certificates" : ""
        guard let first = points.first, let last = points.last, points.count > 1 else {
            return (points.first?.label ?? "nothing") + (recorded.isEmpty ? "" : ", as\(recorded)")
        }
        let hour = selection.sameHour ? " of the same hour" : ""
        let day = selection.sameWeekday ? (hour.isEmpty ? " of the same weekday" : " and weekday") : ""
        return "\(points.count) points\(hour)\(day)\(recorded), \(first.label) to \(last.label)"
    }
}

extension UsualRange {
    /// The smallest drop from the usual that would have failed, for people; nil where nothing can drop.
    func sight(ofCounts: Bool) -> String? {
        guard let least = bounds(ofCounts: ofCounts).low?.double else { return nil }
        guard isOfShares else {
            let drop = ExactNumber("\(usual - least)") ?? .zero
            return
                "a drop by \(drop.rounded(to: max(0, 2 - drop.leadingExponent)).withoutTrailingZeros) or more would be seen"
        }
        guard usual > 0 else { return nil }
        // The first count that fails lies one below the lowest likely one.
        let failing = ofCounts ? least - 1 : least
        guard failing >= 0, failing > 0 || ofCounts else { return "even a drop to 0 would not be seen" }
        let percent = ((usual - failing) / usual * 100 - 1e-9).rounded(.up)
        guard percent < 100 else { return "no drop but one to 0 would be seen" }
        return "a drop of \(Int(max(1, percent)))% or more would be seen"
    }
}

extension Ratio {
    /// The same as a value of the kind of another.
    fileprivate func measured(like other: Measured) -> Measured {
        let places = min(12, number.placesOfQuotient(by: divisor))
        let text = number.divided(by: divisor, places: places).withoutTrailingZeros
        if case .length = other { return .length(text) }
        return .quotient(number, of: divisor, text: text.description)
    }
}

extension Measured {
    /// The same number as a value of the kind of another: a length of time where that is one.
    fileprivate func like(_ other: Measured) -> Measured {
        guard case .length = other, case .number(let number, _) = self else { return self }
        return .length(number)
    }
}
