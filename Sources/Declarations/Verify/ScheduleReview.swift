import SuretyCore

/// Looks at a promise's deadlines and starts over some weeks.
struct ScheduleReview {
    /// Where findings go.
    let reading: Reading
    /// Everything that was read.
    let catalog: Catalog
    /// The promise.
    let declared: PromiseReader.Declared
    private var promise: Promise { declared.promise }
    // A fixed stretch of time that holds weekends, ends of months and both changes of the clock: what is said of the
    // declarations does not depend on the day on which they are read.
    private static let origin = (instant: Instant(seconds: 1_767_571_200), date: CivilDate(dayNumber: 20_458))
    private static let most = 40

    /// A review of one promise.
    init(reading: Reading, catalog: Catalog, declared: PromiseReader.Declared) {
        self.reading = reading
        self.catalog = catalog
        self.declared = declared
    }

    /// Notes all that is wrong.
    func run() {
        let due = deadlines()
        guard due.count > 1 else {
            reading.error(
                declared.fields.valuePlace("deadline"),
                "the deadline of the promise `\(promise.id)` never comes",
                hint: "No day is one of those.")
            return
        }
        if let empty = firstOwingNothing(due) {
            let civil = promise.deadline.zone.civil(of: empty)
            reading.error(
                declared.fields.valuePlace("deadline"),
                "the occurrence of \(civil.date) \(civil.time) would owe nothing: the one before owes up to "
                    + "\(promise.through.text) already",
                hint: "Give each deadline an interval of its own.")
        }
        lookAtStarts(due)
    }

    private func deadlines() -> [Instant] {
        var due: [Instant] = []
        var last = ScheduleReview.origin.instant
        while due.count < ScheduleReview.most, let next = promise.deadline.next(after: last) {
            due.append(next)
            last = next
            // A year shows every kind of day there is; more is needed only for rare deadlines.
            if due.count > 1, last.milliseconds(since: ScheduleReview.origin.instant) > 366 * 86_400_000 {
                break
            }
        }
        return due
    }

    private func boundary(_ deadline: Instant) -> Instant? {
        promise.through.boundary(at: deadline, in: promise.deadline.zone)
    }

    private func firstOwingNothing(_ due: [Instant]) -> Instant? {
        guard let last = due.last else { return nil }
        var promise = promise
        // Any date will do: what an occurrence owes is asked without regard to the first interval owed.
        promise.since = promise.since ?? ScheduleReview.origin.date
        let assets = promise.needs.compactMap { catalog.assets[$0] }
        // An asset that is declared nowhere may be all that is owed.
        guard assets.count == promise.needs.count else { return nil }
        return OccurrenceCalendar(promise: promise, assets: assets, firstSeen: ScheduleReview.origin.instant)
            .firstEmptyOccurrence(from: due[0], to: last)
    }

    private func lookAtStarts(_ due: [Instant]) {
        let sample = due.prefix(12)
        for (start, place) in zip(promise.starts, declared.startPlaces) {
            guard let rule = rule(of: start) else { continue }
            let isUseful = sample.contains { deadline in
                guard let closes = boundary(deadline) else { return true }
                let latest = deadline.adding(seconds: -(promise.expected?.seconds ?? 0))
                return rule.last(atOrBefore: latest).map { $0 >= closes } ?? false
            }
            if !isUseful {
                let expected = promise.expected.map { " less the expected \($0)" } ?? ""
                reading.warning(
                    place, "this start cannot precede the deadline of the promise `\(promise.id)`\(expected)",
                    hint: "Let it be earlier, but after the last interval has ended.")
            }
        }
    }

    private func rule(of start: Start) -> DeadlineRule? {
        switch start {
        case .at(let times, let days, let zone): .times(times, on: days, zone: zone)
        case .cron(let cron, let zone): .cron(cron, zone: zone)
        case .every, .once, .after, .hook, .notify, .file, .bucket: nil
        }
    }
}
