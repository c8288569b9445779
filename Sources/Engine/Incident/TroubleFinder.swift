import SuretyCore

/// Finds the root causes that keep promises from being kept.
struct TroubleFinder: Sendable {
    let world: World
    let detective: Detective
    let reader: StandingReader
    let recoveries: Recoveries
    private var planner: Planner { reader.planner }

    /// Every trouble of some promises, those that matter most first: one for each root and class, with everything that it
    /// affects.
    func troubles(of promises: [Promise]) async throws(PortFailure) -> [Trouble] {
        var found: [Trouble] = []
        for promise in promises {
            let view = try await reader.view(of: promise)
            let waived = Set(try await reader.surroundings.state.waivers(of: promise.id).keys)
            found += troubles(of: promise, view, waived)
        }
        found += unowed(among: promises)
        return Dictionary(grouping: found, by: \.root).values.compactMap { troubles in
            Trouble.joined(troubles).map { tellingOfAll($0, troubles) }
        }.sorted { $0.root < $1.root }
    }

    /// A trouble whose cause says of each interval that lost its certificate, and what to do about all of them.
    private func tellingOfAll(_ whole: Trouble, _ troubles: [Trouble]) -> Trouble {
        let lost = troubles.filter { $0.cause.kind == .withdrawn }
        let others = Set(lost.compactMap(\.cause.interval)).subtracting(
            [whole.cause.interval].compactMap(\.self))
        guard let asset = world.catalog.assets[whole.cause.asset], let cadence = asset.interval?.cadence,
            !others.isEmpty
        else { return whole }
        let ranges = cadence.ranges(of: others.compactMap { cadence.interval(labelled: $0) })
        var whole = whole
        whole.cause.message +=
            "; \(others.count) more lost the certificate: \(ranges.joined(separator: ", "))"
        // What else people are asked to do is said once.
        let commands = lost.flatMap(\.cause.recovery).filter { $0.hasPrefix("surety ") }
        let own = whole.cause.recovery
        let steps = own.filter { !$0.hasPrefix("surety ") } + commands + own
        whole.cause.recovery = cadence.joiningCommands(steps.unique())
        return whole
    }

    private func troubles(
        of promise: Promise, _ view: PromiseView, _ waived: Set<String>
    ) -> [Trouble] {
        let required = reader.required(by: promise)
        let missing = required.filter { reader.current($0, for: promise) == nil }
        // What a person let go is nobody's trouble, before its deadline or after it.
        let isLetGo = view.through.map(waived.contains) ?? false
        return together(
            older(than: required, of: promise, waived) + (isLetGo ? [] : newest(missing, of: promise, view)))
    }

    /// What a promise needs and nobody ran is one trouble however many assets it is, at the one that comes first.
    private func together(_ troubles: [Trouble]) -> [Trouble] {
        let idle = troubles.filter { $0.cause.kind == .notRun }
        let assets = Set(idle.map(\.cause.asset)).sorted()
        guard assets.count > 1 else { return troubles }
        let first = assets.first { asset in
            Set(world.catalog.upstream(of: [asset])).isDisjoint(with: assets.filter { $0 != asset })
        }
        guard let root = Trouble.joined(idle.filter { $0.cause.asset == first ?? assets[0] }) else {
            return troubles
        }
        return troubles.filter { $0.cause.kind != .notRun } + [root.holding(idle)]
    }

    /// The trouble of the newest occurrence.
    private func newest(_ missing: [StepKey], of promise: Promise, _ view: PromiseView) -> [Trouble] {
        let isDue: Bool
        switch view.state {
        case .kept: return lost(missing, of: promise)
        case .blocked, .running, .waiting: isDue = false
        case .atRisk, .late, .missed: isDue = true
        case .waived, .unknown: return []
        }
        let isOverdue = view.state == .late || view.state == .missed
        let secondsLeft = view.timeLeftSeconds.map(Double.init)
        let due = isOverdue ? view.deadline : nil
        guard !missing.isEmpty else {
            // A refresh that is under way is no trouble until the deadline has passed.
            return isOverdue
                ? view.cause.map { [trouble($0, nil, promise, secondsLeft, due)] } ?? [] : []
        }
        return missing.flatMap { key in
            detective.causes(of: key, planner).compactMap { cause in
                var cause = cause
                // Before it is late, data that is only awaited is no trouble, nor is what is being made again.
                guard isDue || (CauseClass(cause) != .late || isLost(key)) && !isRunning(cause) else {
                    return nil
                }
                if let risk = view.risk, CauseClass(cause) == .late {
                    cause.message = risk.words(secondsLeft: secondsLeft ?? 0)
                }
                return trouble(cause, key, promise, secondsLeft, due)
            }
        }
    }

    /// Whether a slice was certified once and is not any more, which is trouble whatever is awaited.
    private func isLost(_ key: StepKey) -> Bool {
        switch planner.standing(of: key) {
        case .withdrawn, .stale: true
        case .none, .current: false
        }
    }

    /// Whether a run is at the root of a cause.
    private func isRunning(_ cause: Cause) -> Bool {
        let slice = world.catalog.assets[cause.asset]?.slice(labelled: cause.interval)
        return slice.map { detective.isRunning(StepKey(cause.asset, $0)) } ?? false
    }

    /// What an occurrence that was kept has lost since: its gate is closed again.
    private func lost(_ missing: [StepKey], of promise: Promise) -> [Trouble] {
        missing.compactMap { key in
            let cause = detective.cause(of: key, planner)
            guard CauseClass(cause) != .late || isLost(key), !detective.isRunning(key) else { return nil }
            return trouble(cause, key, promise, nil, nil)
        }
    }

    /// What was lost of intervals that no promise owes. It is recorded; people hear of it where Surety set out to make it
    /// again by itself, and could not.
    private func unowed(among promises: [Promise]) -> [Trouble] {
        let oldest = world.watchedSince
        let lost = promises.flatMap { promise in
            promise.needs.flatMap { self.lost(of: $0, since: oldest) }.map { (promise: promise, key: $0) }
        }
        guard !lost.isEmpty else { return [] }
        let owed = Set(
            world.catalog.promisesInOrder.flatMap { promise in
                world.occurrences(of: promise).owed(upTo: world.now).flatMap { asset, intervals in
                    intervals.map { StepKey(asset, .interval($0)) }
                }
            })
        let rebuilt = LateRebuilds(planner).lost()
        return lost.filter { !owed.contains($0.key) }.flatMap { promise, key in
            detective.causes(of: key, planner).map { cause in
                let isRefused = cause.kind != .withdrawn && CauseClass(cause) != .late
                return unowed(key, cause, promise, isRecordedOnly: !isRefused || rebuilt[key] == nil)
            }
        }
    }

    private func unowed(
        _ key: StepKey, _ cause: Cause, _ promise: Promise, isRecordedOnly: Bool
    ) -> Trouble {
        var cause = cause
        if let slice = world.catalog.assets[cause.asset]?.slice(labelled: cause.interval) {
            cause.recovery = world.catalog.recovery(
                forUnowed: key, lostWith: StepKey(cause.asset, slice), cause.recovery)
        }
        var trouble = trouble(cause, key, promise, nil, nil)
        trouble.isExperiment = trouble.isExperiment || isRecordedOnly
        return trouble
    }

    /// The intervals of an asset that lost their certificates, and that no run is at; not those that a person undid.
    private func lost(of asset: AssetName, since oldest: Instant) -> [StepKey] {
        world.lineage.certificates.newestOfEach(of: asset).compactMap { certificate in
            guard let slice = world.catalog.assets[asset]?.slice(labelled: certificate.interval),
                let end = slice.interval?.end, end > oldest, certificate.withdrawal?.isUndone != true
            else { return nil }
            let key = StepKey(asset, slice)
            return isLost(key) && !detective.isRunning(key) ? key : nil
        }.sorted()
    }

    /// What is wrong with intervals that were owed before: late since, or certified once and not any more.
    private func older(than required: [StepKey], of promise: Promise, _ waived: Set<String>) -> [Trouble] {
        let oldest = world.watchedSince
        let calendar = world.occurrences(of: promise)
        return world.owed(by: .promise(promise), judgedBy: planner)
            .flatMap { asset, slices in slices.map { StepKey(asset, $0) } }.sorted()
            .filter { !required.contains($0) && ($0.slice.interval?.end ?? oldest) > oldest }
            .flatMap { key -> [Trouble] in
                guard !planner.isCurrent(key) else { return [] }
                // It stays late, whatever is tried and however many days go by, until it is certified.
                let due = missedDeadline(of: key, calendar, waived)
                let secondsLeft = due.map { Double($0.milliseconds(since: world.now)) / 1000 }
                return detective.causes(of: key, planner).compactMap { cause in
                    guard
                        due != nil || (CauseClass(cause) != .late || isLost(key)) && !detective.isRunning(key)
                    else { return nil }
                    return trouble(cause, key, promise, secondsLeft, due)
                }
            }
    }

    /// The deadline that passed while an interval had never been certified; nil where none did that the store has seen,
    /// or where a person waived it.
    private func missedDeadline(
        of key: StepKey, _ calendar: OccurrenceCalendar, _ waived: Set<String>
    ) -> Instant? {
        guard planner.standing(of: key) == .none, let interval = key.slice.interval,
            let occurrence = calendar.occurrence(owing: interval, of: key.asset),
            occurrence.deadline <= world.now, occurrence.deadline >= calendar.firstSeen
        else { return nil }
        return occurrence.lastInterval.map { waived.contains($0.description) } ?? false
            ? nil : occurrence.deadline
    }

    private func trouble(
        _ cause: Cause, _ key: StepKey?, _ promise: Promise, _ secondsLeft: Double?, _ due: Instant?
    ) -> Trouble {
        let remembered = key.flatMap { detective.memory(of: $0)?.step.chain } ?? []
        let chain = remembered.last == cause.place ? remembered : steps(from: cause, to: key)
        var trouble = Trouble(
            cause, affects: chain + [cause.place] + (key.map { [$0.description] } ?? []), of: promise,
            secondsLeft: secondsLeft, recovery: recoveries.seconds(for: promise), due: due)
        trouble.faultAt = faultAt(cause, secondsLeft: secondsLeft)
        return trouble
    }

    /// The steps between what lost its certificate and a slice that rests on it.
    private func steps(from cause: Cause, to key: StepKey?) -> [String] {
        guard cause.kind == .withdrawn, let key,
            let root = world.catalog.assets[cause.asset]?.slice(labelled: cause.interval)
        else { return [] }
        return detective.between(StepKey(cause.asset, root), key, planner).map(\.description)
    }

    /// When a step at the root ended, or what was owed became late.
    private func faultAt(_ cause: Cause, secondsLeft: Double?) -> Instant? {
        let slice = world.catalog.assets[cause.asset]?.slice(labelled: cause.interval)
        let ended = slice.flatMap { detective.memory(of: StepKey(cause.asset, $0))?.at }
        guard CauseClass(cause) == .late || ended == nil else { return ended }
        return secondsLeft.flatMap { $0 <= 0 ? world.now.adding(milliseconds: Int64($0 * 1000)) : nil }
    }
}

extension Trouble {
    /// A cause as one promise sees it.
    ///
    /// - Parameters:
    ///   - recovery: Seconds that recovery of the promise typically takes.
    ///   - due: The deadline that has passed because of it; nil: none has.
    init(
        _ cause: Cause, affects: [String], of promise: Promise, secondsLeft: Double?, recovery: Double,
        due: Instant?
    ) {
        self.init(
            cause: cause, intervals: cause.interval.map { [$0] } ?? [], affects: Set(affects).sorted(),
            promises: [promise.id], consumers: promise.serves.sorted(),
            severity: Severity(tier: promise.tier, secondsLeft: secondsLeft, recovery: recovery),
            isExperiment: promise.experiment)
        if let due { overdue = ["\(promise.id) \(due)"] }
    }
}
