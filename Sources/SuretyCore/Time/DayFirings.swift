/// Instants that come day by day: what deadlines, cron expressions and starts have in common.
///
/// The closures give what fires on a date, ascending, and the next or previous date worth asking for.
struct DayFirings {
    /// The zone whose dates are walked.
    let zone: Zone
    /// What fires on a date, ascending; a firing moved out of a gap still belongs to its own date.
    let instants: (CivilDate) -> [Instant]
    /// The first date not before this one on which something may fire; nil: none within reach.
    let onOrAfter: (CivilDate) -> CivilDate?
    /// The last date not after this one on which something may fire; nil: none within reach.
    let onOrBefore: (CivilDate) -> CivilDate?

    /// How far dates are looked for: 29 February can be eight years away, with a year to spare.
    static let reach = 9 * 366

    /// Firings on dates that satisfy a condition.
    init(zone: Zone, dates: @escaping (CivilDate) -> Bool, instants: @escaping (CivilDate) -> [Instant]) {
        self.init(
            zone: zone, instants: instants,
            onOrAfter: { date in
                (0...DayFirings.reach).lazy.map { date.adding(days: $0) }.first(where: dates)
            },
            onOrBefore: { date in
                (0...DayFirings.reach).lazy.map { date.adding(days: -$0) }.first(where: dates)
            })
    }

    /// Firings on dates that are found quickly.
    init(
        zone: Zone, instants: @escaping (CivilDate) -> [Instant],
        onOrAfter: @escaping (CivilDate) -> CivilDate?, onOrBefore: @escaping (CivilDate) -> CivilDate?
    ) {
        self.zone = zone
        self.instants = instants
        self.onOrAfter = onOrAfter
        self.onOrBefore = onOrBefore
    }

    /// The first firing after an instant.
    func next(after instant: Instant) -> Instant? {
        // A firing of the day before may have been moved out of a gap into this day.
        var date = zone.civil(of: instant).date.adding(days: -1)
        for _ in 0...DayFirings.reach {
            guard let candidate = onOrAfter(date) else { return nil }
            if let found = instants(candidate).first(where: { $0 > instant }) { return found }
            date = candidate.adding(days: 1)
        }
        return nil
    }

    /// The last firing not after an instant.
    func last(atOrBefore instant: Instant) -> Instant? {
        var date = zone.civil(of: instant).date.adding(days: 1)
        for _ in 0...DayFirings.reach {
            guard let candidate = onOrBefore(date) else { return nil }
            if let found = instants(candidate).last(where: { $0 <= instant }) { return found }
            date = candidate.adding(days: -1)
        }
        return nil
    }

    /// All firings in `[from, to)`, ascending.
    func instants(from: Instant, to: Instant) -> [Instant] {
        var found: [Instant] = []
        var date = zone.civil(of: from).date.adding(days: -1)
        let end = zone.civil(of: to).date.adding(days: 1)
        while let candidate = onOrAfter(date), candidate <= end {
            for instant in instants(candidate) where instant >= from && instant < to {
                if let last = found.last, instant <= last { continue }
                found.append(instant)
            }
            date = candidate.adding(days: 1)
        }
        return found
    }
}
