import Logging
import SuretyCore

extension StepTask {
    /// Runs a program, once for each slice and generation as far as can be known, and checks what it made.
    func command(
        _ arguments: [String], _ build: Build, _ context: CheckContext
    ) async throws(PortFailure) -> StepOutcome {
        guard !worker.options.rehearse else {
            return .rehearsed(rows: nil, results: [])
        }
        let mark = EffectMark(
            run: worker.run, asset: asset.name, interval: slice.label,
            key: effectKey,
            holder: surroundings.identities.process, intendedAt: surroundings.clock.now())
        if let early = try await adopt(mark, context) { return early }
        if let early = try await settle(mark, build, context) { return early }
        do throws(PortFailure) {
            try await surroundings.record(.effectIntended(mark))
        } catch  where error.kind == .conflict {
            if let early = try await adopt(mark, context) { return early }
            throw error
        }
        let end = try await start(arguments, mark, build)
        let failure = failure(of: end, build)
        if isUnknown(end) {
            // A program that was cut off may have done its work: the intent stays open until somebody knows.
            return try await settle(mark, build, context)
                ?? .failed(
                    failure ?? cause(.stepFailed, "its program was cut off"), isRetryable: true, results: [])
        }
        try await surroundings.record(.effectEnded(mark, failure: failure?.message))
        if let failure {
            let isNotYet = end == .exited(75)
            return isNotYet
                ? .notYet(failure, results: [])
                : .failed(failure, isRetryable: end != .exited(2), results: [])
        }
        return try await judge(mark, context)
    }

    /// The same for the same effect: of this slice and generation, by this definition, from these inputs.
    private var effectKey: String {
        let parts =
            ["\(step.key)", "\(generation)", step.definition.rawValue] + inputs.map(\.id.rawValue).sorted()
        return surroundings.identities.digest(parts.joined(separator: "|"))
    }

    /// What another run, or an earlier try, made already is judged and not made again; nil when nothing was made.
    private func adopt(_ mark: EffectMark, _ context: CheckContext) async throws(PortFailure) -> StepOutcome?
    {
        guard try await surroundings.state.isMade(mark.key, of: asset.name) else { return nil }
        guard let ledger = try await newestEntry(), ledger.generation >= generation else {
            return try await judge(mark, context)
        }
        if let certified = try await certifiedByOther() { return certified }
        guard asset.stop.isEmpty else { return try await judgeEffect(context, ledger: nil) }
        return .built(rows: ledger.rows, results: [])
    }

    /// Judges an effect that was made. One that its checks refuse counts as not made: the program is run again once what
    /// was wrong is mended.
    private func judge(_ mark: EffectMark, _ context: CheckContext) async throws(PortFailure) -> StepOutcome {
        let outcome: StepOutcome
        do throws(PortFailure) {
            outcome = try await judgeEffect(context, ledger: entry(appliedAt: surroundings.clock.now()))
        } catch  where error.kind == .conflict {
            // Another run, which adopted the same effect, was first to write it down.
            guard let certified = try await certifiedByOther() else { throw error }
            return certified
        }
        if case .blocked(let cause, _, _) = outcome, cause.kind != .checkError {
            try await surroundings.record(.effectEnded(mark, failure: cause.message))
        }
        return outcome
    }

    /// What another run certified of the slice; nil if none did.
    private func certifiedByOther() async throws(PortFailure) -> StepOutcome? {
        try await surroundings.warehouse.certificates(of: [asset.name])
            .last { $0.isValid && $0.covers(slice) }
            .map { .certified($0, rows: $0.content.rows, results: $0.results) }
    }

    /// Decides about an earlier try whose end is not known; nil when the program may be run.
    private func settle(
        _ mark: EffectMark, _ build: Build, _ context: CheckContext
    ) async throws(PortFailure) -> StepOutcome? {
        let open = try await surroundings.state.openEffects(of: asset.name)
        guard let earlier = open.last(where: { $0.interval == mark.interval }) else { return nil }
        if earlier.run != mark.run, surroundings.identities.isRunning(earlier.holder) == true,
            try await surroundings.state.run(earlier.run)?.endedAt == nil
        {
            throw PortFailure(
                .conflict, "run \(earlier.run) is at it", hint: "Look at `surety show \(earlier.run)`.")
        }
        // Its process may have ended between the two looks, having written down how it went.
        guard try await surroundings.state.openEffects(of: asset.name).contains(earlier) else {
            return try await adopt(mark, context)
        }
        if let verify = build.verify {
            switch try await start(verify, mark, build) {
            case .exited(0):
                try await surroundings.record(.effectEnded(earlier, failure: nil))
                // One that was made from other inputs is known to have ended, and is made anew.
                return earlier.key == mark.key ? try await judge(earlier, context) : nil
            case .exited(1):
                try await surroundings.record(
                    .effectEnded(earlier, failure: "verify says that it was not done"))
                return nil
            case .exited, .signalled, .timedOut: break
            }
        } else if build.idempotent {
            try await surroundings.record(.effectEnded(earlier, failure: "its end is not known; run again"))
            return nil
        }
        var cause = cause(
            .needsOperator,
            "run \(earlier.run) began it and was ended before it was known how it went")
        let interval = slice.label.map { " --for \($0)" } ?? ""
        cause.recovery = [
            "look whether it took effect, then: surety done \(asset.name)\(interval)",
            "or declare `verify:` or `idempotent: true` in its build",
        ]
        let done = try await surroundings.state.manualDone(asset.name, interval: slice.label)
        if let done, done > earlier.intendedAt {
            try await surroundings.record(.effectEnded(earlier, failure: nil))
            return earlier.key == mark.key ? try await judge(earlier, context) : nil
        }
        return .needsOperator(cause)
    }

    private func isUnknown(_ end: ProcessEnd) -> Bool {
        switch end {
        case .exited: false
        case .signalled, .timedOut: true
        }
    }

    private func start(
        _ arguments: [String], _ mark: EffectMark, _ build: Build
    ) async throws(PortFailure) -> ProcessEnd {
        let filled = arguments.map { $0.filling(slice: slice, asset: asset.name, run: worker.run) }
        let (lines, feed) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(2 * Teller.mostLines))
        let teller = Teller(surroundings: surroundings, run: worker.run, key: step.key)
        async let told: Void = teller.tell(lines)
        defer { feed.finish() }
        let end = try await surroundings.processes.run(
            filled, environment: environment(mark), timeout: build.timeout
        ) { feed.yield($0) }
        feed.finish()
        await told
        return end
    }

    private func environment(_ mark: EffectMark) -> [String: String] {
        var environment = [
            "SURETY_IDEMPOTENCY_KEY": mark.key,
            "SURETY_RUN": worker.run.rawValue,
            // Grows with every try, so that whoever is asked can refuse what an earlier one still sends.
            "SURETY_FENCE": String(mark.intendedAt.milliseconds),
        ]
        if let interval = slice.interval {
            environment["SURETY_INTERVAL_START"] = interval.start.description
            environment["SURETY_INTERVAL_END"] = interval.end.description
            environment["SURETY_INTERVAL_DATE"] = interval.date.description
        }
        return environment
    }

    private func failure(of end: ProcessEnd, _ build: Build) -> Cause? {
        switch end {
        case .exited(0): nil
        case .exited(75): cause(.notReady, "its program says: not yet (exit 75)")
        case .exited(let code): cause(.stepFailed, "its program ended with exit code \(code)")
        case .signalled(let signal): cause(.stepFailed, "its program was ended by signal \(signal)")
        case .timedOut:
            cause(.timeout, "its program took longer than \(build.timeout?.description ?? "allowed")")
        }
    }
}

/// Writes down what a step's program says, in the order in which it says it, at most so many lines of each try.
private struct Teller: Sendable {
    static let mostLines = 5000

    let surroundings: Surroundings
    let run: RunID
    let key: StepKey

    func tell(_ lines: AsyncStream<String>) async {
        var batch: [Fact] = []
        var told = 0
        for await line in lines {
            told += 1
            guard told <= Self.mostLines else { continue }
            batch.append(.stepSaid(run, asset: key.asset, interval: key.slice.label, text: line))
            guard batch.count >= 200 else { continue }
            await store(batch)
            batch = []
        }
        if told > Self.mostLines {
            batch.append(
                .stepSaid(
                    run, asset: key.asset, interval: key.slice.label,
                    text: "… \(told - Self.mostLines) more lines were left out"))
        }
        await store(batch)
    }

    private func store(_ batch: [Fact]) async {
        guard !batch.isEmpty else { return }
        do {
            try await surroundings.state.record(batch, at: surroundings.clock.now())
        } catch {
            surroundings.logger.warning(
                "what a step said could not be stored", metadata: ["why": "\(error)"])
        }
    }
}
