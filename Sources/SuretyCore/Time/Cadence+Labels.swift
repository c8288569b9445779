extension Cadence {
    /// The most intervals that one range may name.
    public static let longestRange = 100_000

    /// The interval with a label of its own size: `2026-11-19` of days; nil if it is another label or there is none.
    ///
    /// In a repeated hour the label without offset is the first of the two.
    public func interval(labelled text: some StringProtocol) -> DataInterval? {
        guard let label = IntervalLabel(text), label.grain == grain else { return nil }
        return slot(label).flatMap { slot in
            intervals(from: slot.start, to: slot.end, atMost: 1).first
        }
    }

    /// The intervals that a label or a range `A..B`, both included, names; never none.
    ///
    /// A coarser label means all intervals inside it: `2026-11` of days is thirty days. Refused: a finer label than the
    /// intervals, a range that runs backwards or names more than `longestRange`, and one that names none.
    public func intervals(labelled text: String) throws(TimeSyntaxError) -> [DataInterval] {
        var ends = [text]
        if let dots = text.firstRange(of: "..") {
            ends = [String(text[..<dots.lowerBound]), String(text[dots.upperBound...])]
        }
        let first = try span(labelled: ends[0])
        let last = ends.count == 1 ? first : try span(labelled: ends[1])
        guard first.start <= last.start else {
            throw TimeSyntaxError("`\(text)` runs backwards", hint: "Write `\(ends[1])..\(ends[0])`.")
        }
        let limit = Cadence.longestRange
        let found = intervals(from: first.start, to: Swift.max(first.end, last.end), atMost: limit + 1)
        guard found.count <= limit else {
            throw TimeSyntaxError(
                "`\(text)` is more than \(limit) intervals", hint: "Split it into shorter ranges.")
        }
        guard !found.isEmpty else {
            throw TimeSyntaxError(
                "`\(text)` holds no \(grain.rawValue) interval",
                hint: days.map { "There are intervals only on \($0)." } ?? "")
        }
        return found
    }

    private func span(labelled text: String) throws(TimeSyntaxError) -> (start: Instant, end: Instant) {
        guard let label = IntervalLabel(text) else {
            throw TimeSyntaxError(
                "`\(text)` is no interval",
                hint: "Write `2026-11-19`, `2026-11-19T06`, `2026-W47`, `2026-11`, or a range `A..B`.")
        }
        guard label.grain.rank >= grain.rank else {
            throw TimeSyntaxError(
                "`\(text)` is finer than the intervals, which are \(grain.rawValue)s",
                hint: Cadence(grain, in: zone).slot(label).map { "Write `\($0)`." } ?? "")
        }
        guard let slot = Cadence(label.grain, in: zone).slot(label) else {
            throw TimeSyntaxError(
                "there is no `\(text)` in \(zone)",
                hint: "The clocks there skip it, or have another offset then.")
        }
        return (slot.start, slot.end)
    }

    /// The slot that a label names, or that holds what a finer label names; nil if the zone's clocks skip it.
    private func slot(_ label: IntervalLabel) -> DataInterval? {
        switch label {
        case .hour(let date, let hour, let offset):
            return hourSlots(on: date, hour).first { slot in
                guard let offset else { return true }
                return zone.offset(at: slot.start) / 60 == offset
            }
            .map { grain == .hour ? $0 : slot(containing: $0.start) }
        case .day(let date), .week(let date), .month(let date):
            let found = slot(containing: zone.startOfDay(date))
            return label.grain == .day && grain == .day && found.date != date ? nil : found
        }
    }

    /// The hours that start in a wall hour: one, none in a gap, two in an overlap.
    private func hourSlots(on date: CivilDate, _ hour: Int) -> [DataInterval] {
        let hours = Cadence(.hour, in: zone)
        let time = CivilTime(secondOfDay: hour * 3600)
        var slot = hours.slot(containing: zone.instant(of: CivilDateTime(date, time)))
        var found: [DataInterval] = []
        // No clock goes back by more than a day, and the second of two hours comes that much later.
        let last = slot.start.adding(seconds: zone.steadyOffset(on: date) == nil ? 86_400 : 0)
        while slot.start <= last {
            let civil = slot.civilStart
            if civil.date == date, civil.time.hour == hour { found.append(slot) }
            slot = hours.slot(after: slot)
        }
        return found
    }
}
