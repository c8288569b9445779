import SuretyCore

/// Metrics in the Prometheus text format 0.0.4: timestamps, not ages, so that a dead service is seen.
public enum MetricsText {
    /// The media type of the text.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The text of a snapshot, the same for the same snapshot.
    public static func text(_ snapshot: MetricsSnapshot) -> String {
        (service(snapshot) + promises(snapshot) + assets(snapshot) + work(snapshot) + people(snapshot))
            .map(\.text).joined()
    }

    private static func service(_ snapshot: MetricsSnapshot) -> [MetricFamily] {
        var build = MetricFamily("build_info", .gauge, "The program that runs.")
        // The program is not told which commit it is built from.
        build.add(1, ["version": snapshot.version, "commit": "unknown"])
        var tick = MetricFamily(
            "scheduler_last_tick_timestamp_seconds", .gauge,
            "When deadlines and schedules were last looked at.")
        if let tickedAt = snapshot.tickedAt { tick.add(tickedAt.seconds) }
        return [build, tick]
    }

    private static func promises(_ snapshot: MetricsSnapshot) -> [MetricFamily] {
        var state = MetricFamily("promise_state", .gauge, "Whether a promise is in a state of the board.")
        var deadline = MetricFamily(
            "promise_deadline_timestamp_seconds", .gauge,
            "The deadline of the newest occurrence that can be complete, else the next one.")
        for view in snapshot.promises {
            let tier = String(view.tier.rawValue)
            for word in PromiseView.State.allCases {
                state.add(
                    view.state == word ? 1 : 0,
                    ["promise": view.id.rawValue, "tier": tier, "state": word.rawValue])
            }
            if let due = view.deadline { deadline.add(due.seconds, ["promise": view.id.rawValue]) }
        }
        var margin = MetricFamily(
            "promise_margin_seconds", .gauge,
            "By how much the newest judged occurrence was early; negative where it was late.")
        for (promise, seconds) in sorted(snapshot.margins) {
            margin.add(seconds, ["promise": promise.rawValue])
        }
        var occurrences = MetricFamily(
            "promise_occurrences_total", .counter, "Judged occurrences of a promise, by outcome.")
        for (promise, counts) in sorted(snapshot.occurrences) {
            for outcome in PromiseView.Outcome.allCases {
                occurrences.add(
                    counts[outcome] ?? 0, ["promise": promise.rawValue, "outcome": outcome.rawValue])
            }
        }
        return [state, deadline, margin, occurrences]
    }

    private static func assets(_ snapshot: MetricsSnapshot) -> [MetricFamily] {
        var certified = MetricFamily(
            "asset_certified", .gauge, "Whether the newest closed interval of an asset is certified.")
        var through = MetricFamily(
            "asset_certified_through_timestamp_seconds", .gauge,
            "The end of the last interval up to which all that is owed is certified.")
        var success = MetricFamily(
            "asset_last_success_timestamp_seconds", .gauge,
            "When the newest certificate of an asset was given.")
        var outstanding = MetricFamily(
            "intervals_outstanding", .gauge, "Intervals that are owed and not certified, by state.")
        for view in snapshot.assets {
            let name = view.name.description
            certified.add(view.certificate == nil ? 0 : 1, ["asset": name])
            if let until = view.certifiedUntil { through.add(until.seconds, ["asset": name]) }
            if let last = view.lastCertifiedAt { success.add(last.seconds, ["asset": name]) }
            let states = Dictionary(grouping: view.outstanding, by: \.state)
            for state in StepState.allCases {
                guard let count = states[state]?.count else { continue }
                outstanding.add(count, ["asset": name, "state": state.rawValue])
            }
        }
        return [certified, through, success, outstanding]
    }

    private static func work(_ snapshot: MetricsSnapshot) -> [MetricFamily] {
        var runs = MetricFamily("runs_total", .counter, "Runs of a promise or asset that ended, by how.")
        for (target, counts) in sorted(snapshot.runs) {
            for state in RunState.allCases {
                guard let count = counts[state] else { continue }
                runs.add(count, ["promise": target, "outcome": state.rawValue])
            }
        }
        var durations = MetricFamily(
            "run_duration_seconds", .histogram, "How long ended runs of a promise or asset took.")
        for (target, took) in sorted(snapshot.durations) { durations.add(took, ["promise": target]) }
        var checks = MetricFamily("check_results_total", .counter, "Results of a check, by verdict.")
        for (asset, byCheck) in sorted(snapshot.checks) {
            for (check, counts) in sorted(byCheck) {
                for verdict in Verdict.allCases {
                    guard let count = counts[verdict] else { continue }
                    checks.add(
                        count,
                        ["asset": asset.description, "check": check.rawValue, "outcome": verdict.rawValue])
                }
            }
        }
        var values = MetricFamily(
            "check_value", .gauge, "What a check observed last, where that is a number.")
        for (asset, byCheck) in sorted(snapshot.observed) {
            for (check, value) in sorted(byCheck) {
                values.add(value, ["asset": asset.description, "check": check.rawValue])
            }
        }
        return [runs, durations, checks, values]
    }

    private static func people(_ snapshot: MetricsSnapshot) -> [MetricFamily] {
        var decisions = MetricFamily("gate_decisions_total", .counter, "Answers of a consumer's gate.")
        for (consumer, counts) in sorted(snapshot.gates) {
            decisions.add(counts.open, ["consumer": consumer.rawValue, "decision": "open"])
            decisions.add(counts.closed, ["consumer": consumer.rawValue, "decision": "closed"])
        }
        var gates = MetricFamily("gate_open", .gauge, "Whether a gate's newest answer was open.")
        for (consumer, isOpen) in sorted(snapshot.openGates) {
            gates.add(isOpen ? 1 : 0, ["consumer": consumer.rawValue])
        }
        var incidents = MetricFamily("incidents_open", .gauge, "Open incidents, by severity.")
        if let open = snapshot.openIncidents {
            for severity in Severity.allCases {
                incidents.add(open[severity] ?? 0, ["severity": severity.rawValue])
            }
        }
        var sent = MetricFamily("notifications_total", .counter, "Messages, by what became of them.")
        for (channel, counts) in sorted(snapshot.messages) {
            for state in MessageMemory.State.allCases {
                guard let count = counts[state] else { continue }
                sent.add(count, ["channel": channel.rawValue, "outcome": state.rawValue])
            }
        }
        var backlog = MetricFamily("notification_backlog", .gauge, "Messages that wait to be sent.")
        if let waiting = snapshot.backlog { backlog.add(waiting) }
        return [decisions, gates, incidents, sent, backlog]
    }

    private static func sorted<Key: Comparable, Value>(_ numbers: [Key: Value]) -> [(Key, Value)] {
        numbers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension Instant {
    /// Seconds since 1970-01-01T00:00:00Z.
    fileprivate var seconds: Double { Double(milliseconds) / 1000 }
}
