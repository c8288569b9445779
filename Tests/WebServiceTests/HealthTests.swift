import Engine
import Hummingbird
import SuretyCore
import SuretyTestKit
import Testing

@testable import WebService

@Suite struct `the service's health` {
    @Test func `a service that looks at its deadlines lives`() async throws {
        let stage = try await Stage()
        #expect(try await stage.ask("/healthz").status == 200)
        stage.clock.pass(seconds: 90)
        #expect(try await stage.ask("/healthz").status == 200)
        stage.clock.pass(seconds: 1)
        let reply = try await stage.ask("/healthz")
        #expect(reply.status == 503)
        #expect(reply.text.contains("\"ticked_at\": \"2026-11-20T09:00:00Z\""))
    }

    @Test func `one that has not looked yet has as long as any other`() async throws {
        let stage = try await Stage()
        stage.front.change { $0.health.tickedAt = nil }
        #expect(try await stage.ask("/healthz").status == 200)
        stage.clock.pass(seconds: 91)
        #expect(try await stage.ask("/healthz").status == 503)
    }

    @Test func `one that takes no work is not ready, and says why`() async throws {
        let stage = try await Stage()
        #expect(try await stage.ask("/readyz").status == 200)
        stage.front.change {
            $0.health.isReady = false
            $0.health.problem = "the warehouse is not there"
        }
        let reply = try await stage.ask("/readyz")
        #expect(reply.status == 503)
        #expect(reply.text.contains("\"problem\": \"the warehouse is not there\""))
        #expect(try await stage.ask("/healthz").status == 200)
    }

    @Test func `metrics are told in the text format`() async throws {
        let stage = try await Stage(metrics: Counted())
        try await stage.state.record(
            [
                .incidentChanged(Stage.incident("inc_1", at: stage.now)),
                .gateAnswered(
                    GateAnswer(
                        consumer: "board", isOpen: true, intervals: [], certifiedThrough: [:], reasons: [],
                        certificates: [])),
            ], at: stage.now)
        let reply = try await stage.ask("/metrics")
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        for line in [
            "surety_build_info{version=\"0.1.0\",commit=\"unknown\"} 1",
            "surety_promise_state{promise=\"revenue-by-8\",tier=\"2\",state=\"late\"} 1",
            "surety_promise_state{promise=\"revenue-by-8\",tier=\"2\",state=\"kept\"} 0",
            "surety_promise_deadline_timestamp_seconds{promise=\"revenue-by-8\"} 1795161600",
            "surety_asset_certified{asset=\"mart.revenue\"} 0",
            "surety_intervals_outstanding{asset=\"raw.orders\",state=\"pending\"} 1",
            "surety_gate_open{consumer=\"board\"} 1", "surety_incidents_open{severity=\"high\"} 1",
            "surety_incidents_open{severity=\"critical\"} 0", "surety_notification_backlog 3",
            "surety_scheduler_last_tick_timestamp_seconds 1795165200",
            "surety_gate_decisions_total{consumer=\"board\",decision=\"closed\"} 2",
        ] {
            #expect(reply.text.contains(line + "\n"), "\(line)")
        }
    }
}

/// Numbers of which only those of gates are known.
private struct Counted: MetricsSource {
    private var unknown: PortFailure { PortFailure(.storeUnusable, "the state is not there") }

    func occurrenceCounts() async throws(PortFailure) -> [PromiseID: [PromiseView.Outcome: Int64]] {
        throw unknown
    }
    func margins() async throws(PortFailure) -> [PromiseID: Double] { throw unknown }
    func runCounts() async throws(PortFailure) -> [String: [RunState: Int64]] { throw unknown }
    func checkCounts() async throws(PortFailure) -> [AssetName: [CheckID: [Verdict: Int64]]] { throw unknown }
    func runDurations() async throws(PortFailure) -> [String: RunDurations] { throw unknown }
    func checkValues() async throws(PortFailure) -> [AssetName: [CheckID: Double]] { throw unknown }
    func gateCounts() async throws(PortFailure) -> [ConsumerID: GateCounts] {
        ["board": GateCounts(open: 5, closed: 2)]
    }
    func messageCounts() async throws(PortFailure) -> [ChannelID: [MessageMemory.State: Int64]] {
        throw unknown
    }
}
