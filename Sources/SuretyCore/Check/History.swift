/// The earlier values that a metric is compared with.
public struct History: Hashable, Sendable {
    /// Where its values are from.
    public enum Source: Hashable, Sendable {
        /// The table itself, in the same snapshot.
        case table
        /// What was recorded with certificates.
        case certificates
    }

    /// Its points, oldest first.
    public let points: [HistoryPoint]
    /// The date of what is compared with it.
    public let date: CivilDate
    /// The size of its intervals; nil for whole tables.
    public let grain: Grain?
    /// Where its values are from.
    public let source: Source

    /// Points, and what is compared with them.
    public init(points: [HistoryPoint], date: CivilDate, grain: Grain?, source: Source) {
        self.points = points
        self.date = date
        self.grain = grain
        self.source = source
    }

    /// The values of earlier intervals in the table, from the first of them that ends after the table's first row.
    public init(
        of metric: Metric, in intervals: [DataInterval], from first: Int, values: [Int: Measured?],
        before interval: DataInterval
    ) {
        self.init(
            points: intervals.indices.dropFirst(first).map { index in
                HistoryPoint(intervals[index], values[index] ?? metric.ofNothing)
            }, date: interval.date, grain: interval.grain, source: .table)
    }

    /// What was recorded of earlier intervals; the newest certificate of each counts.
    public init(
        recorded: [RecordedObservation], of intervals: [DataInterval], before interval: DataInterval
    ) {
        let values = Dictionary(recorded.map { ($0.start, $0) }) { $0.certifiedAt < $1.certifiedAt ? $1 : $0 }
        self.init(
            points: intervals.compactMap { interval in
                values[interval.start].map { HistoryPoint(interval, .plain($0.value)) }
            }, date: interval.date, grain: interval.grain, source: .certificates)
    }

    /// What was recorded of a whole table on the days before a date, not before `since`; the newest certificate of a
    /// day counts, so that asking again makes no point.
    public init(recorded: [RecordedObservation], before today: CivilDate, since: CivilDate?, in zone: Zone) {
        let days = Dictionary(grouping: recorded.filter { $0.start == nil }) {
            zone.civil(of: $0.certifiedAt).date
        }
        let points = days.sorted { $0.key < $1.key }.compactMap { date, observations -> HistoryPoint? in
            guard date < today, since.map({ date >= $0 }) ?? true,
                let newest = observations.max(by: { $0.certifiedAt < $1.certifiedAt })
            else { return nil }
            return HistoryPoint(label: date.description, date: date, value: .plain(newest.value))
        }
        self.init(points: points, date: today, grain: nil, source: .certificates)
    }

    /// The points that count for one comparison, and what they have in common.
    struct Selection {
        /// The points, oldest first.
        let points: [HistoryPoint]
        /// Whether they are those of the same weekday alone.
        var sameWeekday = false
        /// Whether they are those of the same hour alone.
        var sameHour = false
    }

    /// The points that count for a comparison.
    func selection(for relative: Relative) -> Selection {
        let known = points.filter { $0.value != nil }
        let weekday = known.filter { $0.date.weekday == date.weekday }
        let isHour = grain == .hour
        switch relative {
        case .withinPrevious: return Selection(points: points.suffix(1))
        case .withinMedian(_, let count, true):
            return Selection(points: weekday.suffix(count), sameWeekday: true, sameHour: isHour)
        case .withinMedian(_, let count, false): return Selection(points: known.suffix(count))
        case .likeUsual:
            let first = date.adding(days: -Relative.usualDays)
            let recent = grain == nil ? known.filter { $0.date >= first } : known
            let sameDay = grain == nil ? weekday.filter { $0.date >= first } : weekday
            guard hasWeekdays, sameDay.count >= relative.needed else {
                return Selection(points: recent, sameHour: isHour)
            }
            return Selection(points: sameDay, sameWeekday: true, sameHour: isHour)
        }
    }

    /// Whether weekdays tell points apart.
    private var hasWeekdays: Bool {
        switch grain {
        case .hour, .day, nil: true
        case .week, .month: false
        }
    }
}

extension Measured {
    /// A number with its plain digits.
    static func plain(_ number: ExactNumber) -> Measured { .number(number, text: number.description) }
}
