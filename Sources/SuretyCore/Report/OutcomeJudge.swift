/// Judges occurrences by what was certified and shown at their deadlines, however much later that is asked.
public struct OutcomeJudge: Sendable {
    /// A refresh that went well.
    public struct Showing: Hashable, Sendable {
        /// When it ended.
        public let at: Instant
        /// The certificates that it showed.
        public let certificates: Set<CertificateID>

        /// A refresh that ended at an instant.
        public init(at: Instant, certificates: Set<CertificateID>) {
            self.at = at
            self.certificates = certificates
        }
    }

    private let spans: [StepKey: [Stretch.Span]]
    private let showings: [ConsumerID: [Showing]]
    /// What each certificate is of.
    private let places: [CertificateID: StepKey]

    /// A judge who knows these certificates, withdrawn ones included, and these refreshes of each consumer that has one.
    public init(
        _ certificates: [Certificate], of assets: [AssetName: Asset], showings: [ConsumerID: [Showing]]
    ) {
        var spans: [StepKey: [Stretch.Span]] = [:]
        var places: [CertificateID: StepKey] = [:]
        for certificate in certificates {
            guard let slice = certificate.slice(of: assets[certificate.asset]) else { continue }
            spans[StepKey(certificate.asset, slice), default: []].append(Stretch.Span(certificate))
            places[certificate.id] = StepKey(certificate.asset, slice)
        }
        self.places = places
        self.spans = spans.mapValues { $0.sorted { $0.from < $1.from } }
        self.showings = showings.mapValues { $0.sorted { $0.at < $1.at } }
    }

    /// How an occurrence ended or stands; nil before its deadline, unless a person waived it before that.
    ///
    /// - Parameters:
    ///   - serving: The consumers that must be refreshed with it.
    ///   - sources: What it is made from that Surety does not make, to tell when that had landed.
    ///   - next: The next deadline, after which what is not kept is missed; nil: there is none.
    ///   - waiver: That a person waived it, which counts if it was before the deadline; nil: nobody did.
    public func judge(
        _ occurrence: Occurrence, serving: [ConsumerID], sources: [StepKey], next: Instant?, waiver: Waiver?,
        at now: Instant
    ) -> OccurrenceRecord? {
        func record(_ outcome: PromiseView.Outcome, isFinal: Bool) -> OccurrenceRecord {
            OccurrenceRecord(
                promise: occurrence.promise, deadline: occurrence.deadline,
                through: occurrence.lastInterval?.description, outcome: outcome, isFinal: isFinal,
                detectedAt: now)
        }
        if let waiver, waiver.isInTime(for: occurrence.deadline) {
            var waived = record(.waived, isFinal: true)
            waived.reason = waiver.reason
            return waived
        }
        guard now >= occurrence.deadline else { return nil }
        let owed = occurrence.owed.map { item in
            Stretch.joining(
                (spans[StepKey(item.asset, item.slice)] ?? []).filter {
                    item.slice != .whole || $0.from >= occurrence.closesAt
                })
        }
        let end = min(now, next ?? now)
        let isOver = next.map { now >= $0 } ?? false
        var open = record(isOver ? .missed : .late, isFinal: isOver)
        open.landedAt = landedAt(sources)
        // What was there at the deadline counts first, then what was there later; it must have been shown too.
        for instant in instants(of: owed, after: occurrence.deadline, until: end) {
            let held = owed.compactMap { $0.last { $0.contains(instant) } }
            guard held.count == owed.count else { continue }
            let complete = held.map(\.from).max()
            open.completeAt = open.completeAt ?? complete
            guard let complete, let shown = shownAt(held, of: occurrence, to: serving, by: end) else {
                continue
            }
            let isKept = instant == occurrence.deadline && shown <= instant
            let isWarned = held.contains { $0.hasWarnings(at: instant) }
            var ended = record(isKept ? isWarned ? .keptWithWarnings : .kept : .late, isFinal: true)
            ended.completeAt = complete
            ended.shownAt = max(complete, shown)
            ended.landedAt = open.landedAt
            return ended
        }
        return open
    }

    /// When an interval that a judged occurrence rests on lost the certificate that held when it was shown; nil: all hold.
    ///
    /// Whole tables are made anew by each run, which says nothing about what they were.
    public func brokenAt(_ record: OccurrenceRecord, _ occurrence: Occurrence) -> Instant? {
        guard let shown = record.shownAt else { return nil }
        let moment = max(shown, record.deadline)
        return occurrence.owed.filter { $0.slice != .whole }.compactMap { item -> Instant? in
            let spans = spans[StepKey(item.asset, item.slice)] ?? []
            return (spans.last { $0.contains(moment) } ?? spans.last { $0.contains(shown) })?.to
        }.min()
    }

    /// The first instant from another on at which every interval that an occurrence owes is certified; nil: not yet.
    public func mendedAt(_ occurrence: Occurrence, from instant: Instant) -> Instant? {
        let owed = occurrence.owed.filter { $0.slice != .whole }.map {
            Stretch.joining(spans[StepKey($0.asset, $0.slice)] ?? [])
        }
        let later = owed.flatMap { $0.map(\.from) }.filter { $0 > instant }.sorted()
        return ([instant] + later).first { candidate in
            owed.allSatisfy { $0.contains { $0.contains(candidate) } }
        }
    }

    /// A deadline, and each later instant at which something owed began to be certified.
    private func instants(of owed: [[Stretch]], after deadline: Instant, until end: Instant) -> [Instant] {
        [deadline] + owed.flatMap { $0.map(\.from) }.filter { $0 > deadline && $0 <= end }.sorted()
    }

    /// When the last of some consumers was refreshed with a certificate of each stretch, or with a later occurrence while
    /// all of them held; nil if one was not.
    private func shownAt(
        _ held: [Stretch], of occurrence: Occurrence, to consumers: [ConsumerID], by end: Instant
    ) -> Instant? {
        var last = Instant.distantPast
        for consumer in consumers {
            guard let showings = showings[consumer] else { continue }
            let first = showings.first { showing in
                showing.at <= end
                    && (held.allSatisfy { $0.isShown(by: showing.certificates) }
                        || held.allSatisfy { $0.contains(showing.at) } && isLater(showing, than: occurrence))
            }
            guard let first else { return nil }
            last = max(last, first.at)
        }
        return last
    }

    /// Whether a refresh was made for what came after an occurrence: it showed all that was certified then.
    private func isLater(_ showing: Showing, than occurrence: Occurrence) -> Bool {
        showing.certificates.contains { id in
            guard let place = places[id], let interval = place.slice.interval else { return false }
            return occurrence.cover[place.asset]?.last.map { interval.start >= $0.end } ?? false
        }
    }

    private func landedAt(_ sources: [StepKey]) -> Instant? {
        let firsts = sources.map { spans[$0]?.first?.from }
        guard !firsts.isEmpty, firsts.allSatisfy({ $0 != nil }) else { return nil }
        return firsts.compactMap { $0 }.max()
    }
}

extension Certificate {
    /// The slice that it is about, of the asset as it is declared now; nil if that has other intervals.
    fileprivate func slice(of asset: Asset?) -> Slice? {
        guard let start else { return .whole }
        guard let slot = asset?.interval?.cadence.interval(containing: start), slot.start == start,
            slot.end == end
        else { return nil }
        return .interval(slot)
    }
}
