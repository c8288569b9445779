import SuretyTestKit

@testable import SuretyCore

/// The facts of a week, written down shortly: unless another is named, 2026-W47, 16 to 22 November, in London at UTC.
///
/// Instants of November 2026 are written `20T08:00`.
struct ReportWeek {
    var facts: ReportFacts

    init(
        _ catalog: Catalog = ReportWeek.catalog, week: String = "2026-W47", generatedAt: String? = nil
    ) {
        guard let week = Cadence(.week, in: catalog.project.zone).interval(labelled: week) else {
            preconditionFailure("no week \(week)")
        }
        facts = ReportFacts(
            week: week, generatedAt: generatedAt.map { moment($0) } ?? week.end.adding(seconds: 6 * 3600),
            catalog: catalog, definition: "d")
    }

    var report: WeeklyReport { WeeklyReport(facts) }

    /// `raw.orders` becomes `mart.revenue`, which `revenue-by-8` owes and `board` shows; all is owned and checked well.
    static let catalog: Catalog = {
        let zone = Make.zone("Europe/London")
        var catalog = Catalog(
            project: ProjectSettings(name: "acme", zone: zone, state: Secret("sqlite:s"), warehouses: [:]))
        let orders = Make.source("raw.orders")
        let revenue = Make.built("mart.revenue", from: [Need(orders.name)])
        catalog.assets = [orders.name: orders, revenue.name: revenue]
        catalog.owners["ana"] = Owner(id: "ana", name: "Ana", to: ["inbox"])
        catalog.channels["inbox"] = AlertChannel(id: "inbox", kind: .file("inbox"))
        catalog.routes = [Route(when: [:], to: ["owner"], continues: false)]
        catalog.add(promise("revenue-by-8", tier: .one))
        catalog.consumers["board"] = Consumer(
            id: "board", location: Make.location, name: "Board", owner: "ana", uses: [revenue.name])
        return catalog
    }()

    /// A promise of `mart.revenue` each day at eight, in the board.
    static func promise(_ id: PromiseID, tier: Tier = .two) -> Promise {
        var promise = Promise(
            id: id, location: Make.location, sentence: "Revenue by eight.", owner: "ana",
            deadline: .times(
                [CivilTime(secondOfDay: 8 * 3600)], on: nil, zone: Make.zone("Europe/London")),
            through: .priorDay, needs: [Make.name("mart.revenue")])
        promise.tier = tier
        promise.serves = ["board"]
        promise.recovery = ["Run it again."]
        return promise
    }

    // MARK: - What is written down

    /// The occurrence due at an instant, unless another time is named at 08:00.
    mutating func occurrence(
        _ due: String, _ outcome: PromiseView.Outcome, of promise: PromiseID = "revenue-by-8",
        shown: String? = nil, isFinal: Bool = true, restated: String? = nil
    ) {
        let deadline = moment(due.contains("T") ? due : "\(due)T08:00")
        var record = OccurrenceRecord(
            promise: promise, deadline: deadline, through: nil, outcome: outcome, isFinal: isFinal,
            detectedAt: deadline)
        record.shownAt = shown.map { moment($0) }
        record.restatedAt = restated.map { moment($0) }
        facts.occurrences.append(record)
    }

    /// So many occurrences, a day between two, the last at 08:00 on 20 November, with these margins in seconds; nil where
    /// nothing was shown.
    mutating func occurrences(_ margins: [Double?]) {
        for (number, margin) in margins.enumerated() {
            let deadline = moment("20T08:00").adding(seconds: Int64(number - margins.count + 1) * 86_400)
            let outcome: PromiseView.Outcome = margin.map { $0 >= 0 ? .kept : .late } ?? .missed
            var record = OccurrenceRecord(
                promise: "revenue-by-8", deadline: deadline, through: nil, outcome: outcome, isFinal: true,
                detectedAt: deadline)
            record.shownAt = margin.map { deadline.adding(milliseconds: -Int64($0 * 1000)) }
            facts.occurrences.append(record)
        }
    }

    /// An incident at an asset, and its id.
    @discardableResult
    mutating func incident(
        _ asset: String = "raw.orders", opened: String, fault: String? = nil, resolved: String? = nil,
        check: String? = "rows >= 1", promises: [PromiseID] = ["revenue-by-8"], affects: [String] = [],
        severity: Severity = .high, acknowledged: String? = nil, rating: Incident.Rating? = nil
    ) -> IncidentID {
        let cause = Cause(
            .checkFailed, asset: Make.name(asset), interval: nil, check: check, message: "no rows",
            owner: "ana")
        var trouble = Trouble(
            cause: cause, intervals: [], affects: affects, promises: promises, consumers: [],
            severity: severity)
        trouble.faultAt = fault.map { moment($0) }
        let id = IncidentID(rawValue: "inc_\(facts.incidents.count + 1)")
        var incident = Incident(id: id, trouble: trouble, at: moment(opened))
        if let resolved {
            incident.resolvedAt = moment(resolved)
            incident.status = .resolved
        }
        incident.acknowledgement = acknowledged.map {
            Incident.Acknowledgement(by: "ana", at: moment($0), rating: rating)
        }
        facts.incidents.append(incident)
        return id
    }

    /// A message about an incident, queued when that opened, and what became of it.
    mutating func message(
        _ event: IncidentBook.Event = .opened, about incident: IncidentID, number: Int = 1,
        delivered: String? = nil, superseded: String? = nil, dead: String? = nil,
        hold: AlertMessage.Hold? = nil, escalation: Int? = nil, isTest: Bool = false
    ) {
        guard var known = facts.incidents.first(where: { $0.id == incident }) else { return }
        known.sequence = number
        let alert = Alert(event: event, at: known.openedAt, incident: known, headline: "h")
        var message = AlertMessage(
            alert, to: AlertRecipient(channel: "inbox", person: nil), dueAt: known.openedAt,
            escalation: escalation, hold: hold)
        message.isTest = isTest
        fact(.messageQueued(message), at: known.openedAt)
        if let delivered { fact(.messageDelivered(message.id, receipt: nil), at: moment(delivered)) }
        if let superseded { fact(.messageSuperseded(message.id), at: moment(superseded)) }
        if let dead { fact(.messageFailed(message.id, why: "410", again: nil), at: moment(dead)) }
    }

    mutating func fact(_ fact: Fact, at instant: Instant) {
        facts.facts.append(FactMemory(at: instant, fact: fact))
        facts.facts.sort { $0.at < $1.at }
    }

    /// A run of a target that somebody or something began.
    mutating func run(
        _ target: String, _ trigger: String, began: String, state: RunState = .certified
    ) {
        var run = RunRecord(
            id: "run000000001", target: target, intervals: [], trigger: trigger, definition: "d",
            startedAt: moment(began), steps: [])
        run.state = state
        facts.runs.append(run)
    }

    /// An approval that was asked for and given.
    mutating func approval(_ id: String, of asset: String, asked: String, answered: String) {
        let request = ApprovalRequest(
            id: id, run: "run000000001", asset: Make.name(asset), interval: "2026-11-17", definition: "d",
            by: ["ana"], askedAt: moment(asked), expiresAt: nil)
        fact(.approvalAsked(request), at: moment(asked))
        fact(.approvalAnswered(id: id, by: "ana", approved: true, reason: nil), at: moment(answered))
    }

    /// When all that the occurrence due then owes was certified again; nil: it is not.
    mutating func mended(_ due: String, _ time: String?) {
        let key = Occurrence.Key(
            promise: "revenue-by-8", deadline: moment(due.contains("T") ? due : "\(due)T08:00"))
        facts.mended[key] = time.map { moment($0) }
    }

    /// A refresh of a consumer that ended well.
    mutating func refreshed(_ consumer: ConsumerID, _ time: String, _ key: String) {
        facts.refreshes.append(RefreshMark(consumer: consumer, intervals: [], key: key))
        facts.refreshedAt.append(moment(time))
    }

    /// A failing check that Ben takes as it is.
    mutating func acceptance(
        _ asset: String, accepted: String, interval: String? = nil, baseline: [ColumnInfo]? = nil
    ) {
        var acceptance = CheckAcceptance(
            check: "c", asset: Make.name(asset), interval: interval, reason: "known", until: nil, by: "ben")
        acceptance.baseline = baseline.map { CheckAcceptance.Baseline(columns: $0, at: moment(accepted)) }
        fact(.checkAccepted(acceptance), at: moment(accepted))
    }
}

/// The instant `20T08:00` of November 2026, or one in RFC 3339.
func moment(_ text: String) -> Instant {
    Make.instant(text.hasSuffix("Z") ? text : "2026-11-\(text):00Z")
}

extension Catalog {
    mutating func add(_ promise: Promise) { promises[promise.id] = promise }
    mutating func add(_ asset: Asset) { assets[asset.name] = asset }
}
