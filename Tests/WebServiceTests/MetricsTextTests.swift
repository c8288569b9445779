import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `the text of metrics` {
    @Test func `each metric says what it is, once, and nothing is told of what is not known`() {
        #expect(
            MetricsText.text(MetricsSnapshot(version: "0.1.0")) == """
                # HELP surety_build_info The program that runs.
                # TYPE surety_build_info gauge
                surety_build_info{version="0.1.0",commit="unknown"} 1

                """)
    }

    @Test func `what has been counted is told in order`() {
        var snapshot = MetricsSnapshot(version: "1")
        snapshot.runs = ["b": [.failed: 2], "a": [.certified: 10, .blocked: 1]]
        snapshot.checks = [Make.name("raw.a"): ["raw.a/rows >= 1": [.pass: 4, .fail: 1]]]
        snapshot.margins = ["p": -90.5]
        snapshot.occurrences = ["p": [.late: 1]]
        snapshot.messages = ["pager": [.delivered: 3, .dead: 1]]
        let lines = MetricsText.text(snapshot).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines.dropFirst() == [
                "surety_promise_margin_seconds{promise=\"p\"} -90.5",
                "surety_promise_occurrences_total{promise=\"p\",outcome=\"kept\"} 0",
                "surety_promise_occurrences_total{promise=\"p\",outcome=\"kept_with_warnings\"} 0",
                "surety_promise_occurrences_total{promise=\"p\",outcome=\"late\"} 1",
                "surety_promise_occurrences_total{promise=\"p\",outcome=\"missed\"} 0",
                "surety_promise_occurrences_total{promise=\"p\",outcome=\"waived\"} 0",
                "surety_promise_occurrences_total{promise=\"p\",outcome=\"unknown\"} 0",
                "surety_runs_total{promise=\"a\",outcome=\"certified\"} 10",
                "surety_runs_total{promise=\"a\",outcome=\"blocked\"} 1",
                "surety_runs_total{promise=\"b\",outcome=\"failed\"} 2",
                "surety_check_results_total{asset=\"raw.a\",check=\"raw.a/rows >= 1\",outcome=\"pass\"} 4",
                "surety_check_results_total{asset=\"raw.a\",check=\"raw.a/rows >= 1\",outcome=\"fail\"} 1",
                "surety_notifications_total{channel=\"pager\",outcome=\"delivered\"} 3",
                "surety_notifications_total{channel=\"pager\",outcome=\"dead\"} 1",
            ])
    }

    @Test func `how long runs took is a histogram, each bucket with all below it`() {
        var snapshot = MetricsSnapshot(version: "1")
        snapshot.durations = [
            "p": RunDurations(within: [1: 2, 60: 3, 14_400: 1], beyond: 4, milliseconds: 90_000_500)
        ]
        let lines = MetricsText.text(snapshot).split(separator: "\n").filter {
            $0.contains("run_duration")
        }
        let buckets = [
            ("1", 2), ("5", 2), ("15", 2), ("30", 2), ("60", 5), ("120", 5), ("300", 5), ("600", 5),
            ("1200", 5), ("1800", 5), ("3600", 5), ("7200", 5), ("14400", 6), ("+Inf", 10),
        ].map { "surety_run_duration_seconds_bucket{promise=\"p\",le=\"\($0.0)\"} \($0.1)" }
        #expect(
            lines.map(String.init) == [
                "# HELP surety_run_duration_seconds How long ended runs of a promise or asset took.",
                "# TYPE surety_run_duration_seconds histogram",
            ] + buckets + [
                "surety_run_duration_seconds_sum{promise=\"p\"} 90000.5",
                "surety_run_duration_seconds_count{promise=\"p\"} 10",
            ])
    }

    @Test func `what was certified and observed last is told`() {
        var snapshot = MetricsSnapshot(version: "1")
        var view = AssetView(of: Make.source("raw.a"))
        view.lastCertifiedAt = Instant(milliseconds: 1_795_165_200_000)
        snapshot.assets = [view]
        snapshot.observed = [Make.name("raw.a"): ["raw.a/rows": 12, "raw.a/rate": 0.25]]
        let lines = MetricsText.text(snapshot).split(separator: "\n")
        for line in [
            "surety_asset_last_success_timestamp_seconds{asset=\"raw.a\"} 1795165200",
            "surety_check_value{asset=\"raw.a\",check=\"raw.a/rate\"} 0.25",
            "surety_check_value{asset=\"raw.a\",check=\"raw.a/rows\"} 12",
        ] {
            #expect(lines.contains { $0 == line }, "\(line)")
        }
    }

    @Test func `quotes, backslashes and line feeds in a label are escaped`() {
        var snapshot = MetricsSnapshot(version: "1")
        snapshot.runs = ["a\"b\\c\nd": [.certified: 1]]
        #expect(
            MetricsText.text(snapshot).contains(
                "surety_runs_total{promise=\"a\\\"b\\\\c\\nd\",outcome=\"certified\"} 1\n"))
    }

    @Test func `an instant between two seconds keeps its milliseconds`() {
        var snapshot = MetricsSnapshot(version: "1")
        snapshot.tickedAt = Instant(milliseconds: 1_795_165_200_250)
        #expect(
            MetricsText.text(snapshot).contains(
                "surety_scheduler_last_tick_timestamp_seconds 1795165200.25\n"))
    }
}
