extension Relative {
    /// How many earlier values it takes.
    public var needed: Int {
        switch self {
        case .withinPrevious: 1
        case .withinMedian(_, let count, _): count
        case .likeUsual: UsualRange.fewest
        }
    }

    /// Days that `like usual` looks back over hours and days: eight weeks.
    static let usualDays = 56

    /// The intervals before another that may hold its history, oldest first, none before `since`.
    ///
    /// `like usual` looks back eight weeks of days, at the same hour of the days of eight weeks, at 26 weeks or at 24
    /// months. `same weekday` of hours is the same hour too. With `stepsOver`, a median finds its points among three
    /// times as many intervals, as not each of them has a value.
    public func intervals(
        before interval: DataInterval, of cadence: Cadence, since: CivilDate?, stepsOver: Bool
    ) -> [DataInterval] {
        let walk = Walk(
            cadence: cadence, interval: interval, floor: since.map { cadence.zone.startOfDay($0) })
        switch (self, interval.grain) {
        case (.withinPrevious, _): return walk.last(1)
        case (.withinMedian(_, let count, let sameWeekday), let grain):
            let wanted = stepsOver ? 3 * count : count
            guard sameWeekday, grain == .day || grain == .hour else { return walk.last(wanted) }
            return walk.sameTime(everyDays: 7, times: 2 * wanted + 4).suffix(wanted)
        case (.likeUsual, .day), (.likeUsual, .hour):
            return walk.sameTime(everyDays: 1, times: Self.usualDays)
        case (.likeUsual, .week): return walk.last(26)
        case (.likeUsual, .month): return walk.last(24)
        }
    }

    /// Steps from an interval into the past.
    private struct Walk {
        let cadence: Cadence
        let interval: DataInterval
        /// The instant before which no interval starts.
        let floor: Instant?

        private func isIn(_ other: DataInterval) -> Bool {
            other.start < interval.start && floor.map { other.start >= $0 } ?? true
        }

        /// The last so many intervals, oldest first.
        func last(_ count: Int) -> [DataInterval] {
            var found: [DataInterval] = []
            while found.count < count, let earlier = cadence.interval(before: found.last ?? interval),
                isIn(earlier)
            {
                found.append(earlier)
            }
            return found.reversed()
        }

        /// The intervals that start at the same wall time so many days before, and again, oldest first.
        func sameTime(everyDays days: Int, times: Int) -> [DataInterval] {
            (1...times).reversed().compactMap { back in
                let date = interval.date.adding(days: -days * back)
                return sameTime(on: date).flatMap { isIn($0) ? $0 : nil }
            }
        }

        private func sameTime(on date: CivilDate) -> DataInterval? {
            guard interval.grain == .hour else { return cadence.interval(starting: date) }
            let wall = CivilDateTime(date, interval.civilStart.time)
            let found = cadence.interval(containing: cadence.zone.instant(of: wall))
            return found?.civilStart == wall ? found : nil
        }
    }
}
