import SuretyCore

/// Whether the ends of a range are known to be the wrong way round when they are read.
struct BoundOrder {
    let zone: Zone

    func isReversed(_ low: CheckValue, _ high: CheckValue) -> Bool {
        switch (low, high) {
        case (.literal(.number(let low)), .literal(.number(let high))),
            (.percent(let low), .percent(let high)):
            guard let low = DecimalOrder(low), let high = DecimalOrder(high) else { return false }
            return high < low
        case (.period(let low), .period(let high)): return high.seconds < low.seconds
        case (.literal(let low), .literal(let high)):
            guard let low = instant(of: low), let high = instant(of: high) else { return false }
            return high < low
        default:
            guard let low = rank(low), let high = rank(high), low.kind == high.kind else { return false }
            return high.rank < low.rank
        }
    }

    /// Milliseconds since 1970, of the start of the day for a date; nil for what is no time.
    private func instant(of literal: Literal) -> Int64? {
        switch literal {
        case .number, .text, .word: return nil
        case .date(let date): return zone.instant(of: CivilDateTime(date)).milliseconds
        case .dateTime(let civil, let milliseconds, let offset):
            let start = offset.map { civil.millisecondsAsUTC - Int64($0) * 1000 }
            return (start ?? zone.instant(of: civil).milliseconds) + Int64(milliseconds)
        }
    }

    private func rank(_ value: CheckValue) -> (kind: Int, rank: Int)? {
        switch value {
        case .yesterday: (0, 0)
        case .today: (0, 1)
        case .now: (0, 2)
        case .intervalStart: (1, 0)
        case .intervalEnd: (1, 1)
        case .literal, .percent, .period, .column: nil
        }
    }
}
