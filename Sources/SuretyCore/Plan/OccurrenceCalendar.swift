/// The occurrences of one promise, computed from its declaration: they exist before any run does.
public struct OccurrenceCalendar: Sendable {
    /// The promise.
    public let promise: Promise
    /// The assets that it must have certified.
    public let assets: [Asset]
    /// When the store first saw the promise; decides the first interval owed where the promise has no `since`.
    public let firstSeen: Instant

    /// The boundary up to which nothing is owed.
    private let owedAfter: Instant
    /// The instants after which each asset's owed intervals end.
    private let floors: [AssetName: Instant]
    /// The boundary up to which no asset owes anything.
    private let earliest: Instant

    /// The occurrences of a promise whose `needs` are these assets; others are left aside.
    public init(promise: Promise, assets: [Asset], firstSeen: Instant) {
        let needed = Set(promise.needs)
        let assets = assets.filter { needed.contains($0.name) }.sorted { $0.name < $1.name }
        let owedAfter: Instant
        if let since = promise.since {
            owedAfter = promise.deadline.zone.startOfDay(since)
        } else {
            let unbounded = OccurrenceCalendar(
                promise: promise, assets: assets, firstSeen: firstSeen, owedAfter: .distantPast)
            owedAfter =
                unbounded.newestClosed(at: firstSeen)?.previousBoundary
                ?? unbounded.next(after: firstSeen)?.previousBoundary ?? firstSeen
        }
        self.init(promise: promise, assets: assets, firstSeen: firstSeen, owedAfter: owedAfter)
    }

    private init(promise: Promise, assets: [Asset], firstSeen: Instant, owedAfter: Instant) {
        self.promise = promise
        self.assets = assets
        self.firstSeen = firstSeen
        self.owedAfter = owedAfter
        var floors: [AssetName: Instant] = [:]
        for asset in assets {
            guard let cadence = asset.interval?.cadence else { continue }
            // A date means the interval that holds it, by the asset's own clocks.
            let dates = [promise.since, asset.since].compactMap { $0 }
            let starts = dates.map { cadence.slot(containing: cadence.zone.startOfDay($0)).start }
            let floor = promise.since == nil ? owedAfter : .distantPast
            floors[asset.name] = starts.reduce(floor, Swift.max)
        }
        self.floors = floors
        let ownsWholeTables = assets.contains { $0.interval == nil }
        earliest = (floors.values + (ownsWholeTables ? [owedAfter] : [])).min() ?? owedAfter
    }

    /// The occurrence that is nominally due at an instant; nil if none is, or if it owes nothing.
    public func occurrence(dueAt deadline: Instant) -> Occurrence? {
        guard promise.deadline.last(atOrBefore: deadline) == deadline else { return nil }
        return candidate(dueAt: deadline).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first occurrence due after an instant; nil if there is none within reach.
    public func next(after instant: Instant) -> Occurrence? {
        // No deadline comes before its boundary.
        var reached = Swift.max(instant, earliest)
        for _ in 0..<OccurrenceCalendar.patience {
            guard let deadline = promise.deadline.next(after: reached) else { return nil }
            if let found = candidate(dueAt: deadline), !found.isEmpty { return found }
            reached = deadline
        }
        return nil
    }

    /// The last occurrence due at an instant or before; nil if there is none.
    public func last(dueAtOrBefore instant: Instant) -> Occurrence? {
        var reached = instant
        for _ in 0..<OccurrenceCalendar.patience {
            guard let deadline = promise.deadline.last(atOrBefore: reached),
                let found = candidate(dueAt: deadline), found.boundary > earliest
            else { return nil }
            if !found.isEmpty { return found }
            reached = deadline.adding(milliseconds: -1)
        }
        return nil
    }

    /// The newest occurrence whose cover has closed, due already or due next; nil if there is none yet.
    ///
    /// On a Monday from 00:00 it is the one that owes Friday to Sunday.
    public func newestClosed(at now: Instant) -> Occurrence? {
        var newest = last(dueAtOrBefore: now).flatMap { $0.hasClosed(at: now) ? $0 : nil }
        var upcoming = next(after: now)
        while let occurrence = upcoming, occurrence.hasClosed(at: now) {
            newest = occurrence
            upcoming = next(after: occurrence.deadline)
        }
        return newest
    }

    /// All occurrences due in `[from, to)`, ascending.
    public func all(from: Instant, to: Instant) -> [Occurrence] {
        var found: [Occurrence] = []
        var boundary = promise.deadline.previous(before: from).flatMap(boundary(at:))
        for deadline in promise.deadline.instants(from: from, to: to) {
            guard let own = self.boundary(at: deadline) else { continue }
            let occurrence = occurrence(dueAt: deadline, boundary: own, after: boundary)
            if !occurrence.isEmpty { found.append(occurrence) }
            boundary = own
        }
        return found
    }

    /// The occurrence that owes an interval of an asset; nil if none does.
    public func occurrence(owing interval: DataInterval, of asset: AssetName) -> Occurrence? {
        // No deadline comes before the boundary that it is reckoned from.
        var upcoming = next(after: interval.end.adding(milliseconds: -1))
        while let occurrence = upcoming, occurrence.previousBoundary < interval.end {
            if occurrence.cover[asset]?.contains(interval) == true { return occurrence }
            upcoming = next(after: occurrence.deadline)
        }
        return nil
    }

    /// The instant at which waiting and trying again for a deadline end: `give_up` after it, else the next deadline.
    public func givesUp(for deadline: Instant) -> Instant? {
        guard let time = promise.giveUp else { return promise.deadline.next(after: deadline) }
        return DeadlineRule.times([time], on: nil, zone: promise.deadline.zone).next(after: deadline)
    }

    /// The owed intervals of each asset that have ended, ascending, from the first one owed.
    public func owed(upTo now: Instant) -> [AssetName: [DataInterval]] {
        assets.reduce(into: [:]) { owed, asset in
            if asset.interval != nil { owed[asset.name] = self.owed(of: asset, upTo: now) }
        }
    }

    /// The owed intervals of one asset that have ended, ascending; none of a whole table, and none of an asset that the
    /// promise does not need.
    public func owed(of asset: Asset, upTo now: Instant) -> [DataInterval] {
        guard let cadence = asset.interval?.cadence, let floor = floors[asset.name] else { return [] }
        return cadence.intervals(endingAfter: floor, to: now)
    }

    /// The first deadline in `[from, to)` whose occurrence would owe nothing, `since` left aside; nil if there is none.
    public func firstEmptyOccurrence(from: Instant, to: Instant) -> Instant? {
        var before = promise.deadline.previous(before: from).flatMap(boundary(at:))
        for deadline in promise.deadline.instants(from: from, to: to) {
            guard let own = boundary(at: deadline) else { continue }
            let start = before ?? earlierBoundary(than: own)
            before = own
            guard assets.contains(where: { $0.interval == nil }) else {
                let owes = assets.contains { asset in
                    asset.interval?.cadence.interval(endingAtOrBefore: own).map { $0.end > start } ?? false
                }
                if !owes { return deadline }
                continue
            }
            if own <= start { return deadline }
        }
        return nil
    }

    /// How many deadlines in a row may owe nothing before the search for one that does is given up.
    private static let patience = 1000

    private func boundary(at deadline: Instant) -> Instant? {
        promise.through.boundary(at: deadline, in: promise.deadline.zone)
    }

    /// The occurrence due at a deadline of the rule, perhaps an empty one.
    private func candidate(dueAt deadline: Instant) -> Occurrence? {
        guard let own = boundary(at: deadline) else { return nil }
        let before = promise.deadline.previous(before: deadline).flatMap(boundary(at:))
        return occurrence(dueAt: deadline, boundary: own, after: before)
    }

    private func occurrence(dueAt deadline: Instant, boundary: Instant, after previous: Instant?)
        -> Occurrence
    {
        let start = previous ?? earlierBoundary(than: boundary)
        var cover: [AssetName: [DataInterval]] = [:]
        var whole: [AssetName] = []
        for asset in assets {
            guard let cadence = asset.interval?.cadence else {
                if boundary > Swift.max(start, owedAfter) { whole.append(asset.name) }
                continue
            }
            let floor = Swift.max(start, floors[asset.name] ?? start)
            let intervals = cadence.intervals(endingAfter: floor, to: boundary)
            if !intervals.isEmpty { cover[asset.name] = intervals }
        }
        return Occurrence(
            promise: promise.id, deadline: deadline, boundary: boundary, previousBoundary: start,
            cover: cover,
            wholeTables: whole)
    }

    /// The boundary one interval of `through` earlier, for an occurrence that has none before it.
    private func earlierBoundary(than boundary: Instant) -> Instant {
        let zone = promise.deadline.zone
        return switch promise.through {
        case .priorHour: Cadence(.hour, in: zone).slot(containing: boundary.adding(milliseconds: -1)).start
        case .priorDay: Cadence(.day, in: zone).slot(containing: boundary.adding(milliseconds: -1)).start
        case .priorBusinessDay:
            self.boundary(at: boundary.adding(milliseconds: -1))
                ?? Cadence(.day, in: zone).slot(containing: boundary.adding(milliseconds: -1)).start
        case .priorWeek: Cadence(.week, in: zone).slot(containing: boundary.adding(milliseconds: -1)).start
        case .priorMonth: Cadence(.month, in: zone).slot(containing: boundary.adding(milliseconds: -1)).start
        }
    }
}
