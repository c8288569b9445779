import SuretyCore
import SuretyTestKit
import Testing

@Suite struct RunMachineTests {
    let raw = Make.source("raw.billing")
    let mart = Make.built("mart.revenue", from: [Need(Make.name("raw.billing"))])
    let now = Make.instant("2026-11-20T06:00:00Z")
    var rawKey: StepKey { StepKey(raw.name, Make.day("2026-11-19")) }
    var martKey: StepKey { StepKey(mart.name, Make.day("2026-11-19")) }

    func machine(_ policy: RunMachine.Policy = .init(), mart: Asset? = nil) -> RunMachine {
        let mart = mart ?? self.mart
        let assets = [raw.name: raw, mart.name: mart]
        let plan = Planner(
            lineage: Lineage(assets: assets, certificates: CertificateIndex([]), now: now)
        ) { _ in "definition" }.plan(.asset(mart), slices: [mart.name: [Make.day("2026-11-19")]])
        return RunMachine(plan: plan, assets: assets, policy: policy)
    }

    func cause(_ kind: Cause.Kind) -> Cause {
        Cause(kind, asset: raw.name, interval: "2026-11-19", message: "41 rows have no customer")
    }

    func starts(_ actions: [RunMachine.Action]) -> [StepKey] {
        actions.compactMap { if case .start(let key, _, _) = $0 { key } else { nil } }
    }

    @Test func `a step starts when its inputs are certified, with their certificates`() {
        var machine = machine()
        let certificate = Make.certificate("c1", raw, Make.day("2026-11-19"))

        #expect(starts(machine.begin(at: now)) == [rawKey])
        let actions = machine.ended(rawKey, .certified(certificate, rows: 3, results: []), at: now)
        #expect(actions.contains(.start(martKey, attempt: 1, inputs: ["c1"])))
    }

    @Test func `a run does not keep the numbers that only certificates keep`() {
        var machine = machine()
        var result = CheckResult(
            Make.check("max a like usual", of: raw.name), of: raw.name, slice: Make.day("2026-11-19"), .pass)
        result.concealed = "5005"
        _ = machine.begin(at: now)
        _ = machine.ended(
            rawKey,
            .certified(
                Make.certificate("c1", raw, Make.day("2026-11-19")), rows: 3, results: [result]), at: now)
        #expect(machine.records.first?.checks == [result.withoutConcealed])
        #expect(result.withoutConcealed.concealed == nil)
    }

    @Test func `what is downstream of a blocked step is skipped with the chain to the root cause`() {
        var machine = machine()
        _ = machine.begin(at: now)
        let actions = machine.ended(rawKey, .blocked(cause(.checkFailed), rows: 3, results: []), at: now)

        #expect(actions.last == .finish(.blocked))
        let skipped = machine.records.last
        #expect(skipped?.state == .skipped)
        #expect(skipped?.cause == cause(.checkFailed))
        #expect(skipped?.chain == ["mart.revenue 2026-11-19", "raw.billing 2026-11-19"])
    }

    @Test func `data that is not there ends the run at once unless it may be waited for`() {
        var impatient = machine()
        _ = impatient.begin(at: now)
        let ended = impatient.ended(rawKey, .notYet(cause(.notReady), results: []), at: now)
        #expect(ended.last == .finish(.waiting))

        var patient = machine(.init(waitUntil: now.adding(seconds: 600)))
        _ = patient.begin(at: now)
        let waits = patient.ended(rawKey, .notYet(cause(.notReady), results: []), at: now)
        #expect(waits.contains(.wakeUp(rawKey, afterSeconds: 60)))
        #expect(starts(patient.isDue(rawKey, at: now.adding(seconds: 60))) == [rawKey])
    }

    @Test func `a passing failure is tried again as often as declared, with growing waits`() {
        var mart = mart
        var build = Build(.sql(Build.SQLText("SELECT 1")), write: .replaceInterval)
        build.retries = RetryPolicy(times: 2, wait: Period(10, .second), backoff: 2, jitter: 0)
        mart.origin = .built(build)
        var machine = machine(mart: mart)
        _ = machine.begin(at: now)
        let certificate = Make.certificate("c1", raw, Make.day("2026-11-19"))
        _ = machine.ended(rawKey, .certified(certificate, rows: 3, results: []), at: now)
        let failure = StepOutcome.failed(cause(.unreachable), isRetryable: true, results: [])

        #expect(machine.ended(martKey, failure, at: now).contains(.wakeUp(martKey, afterSeconds: 10)))
        #expect(starts(machine.isDue(martKey, at: now)) == [martKey])
        #expect(machine.ended(martKey, failure, at: now).contains(.wakeUp(martKey, afterSeconds: 20)))
        #expect(starts(machine.isDue(martKey, at: now)) == [martKey])
        #expect(machine.ended(martKey, failure, at: now).last == .finish(.failed))
    }

    @Test func `without a declaration a passing failure in the warehouse is tried again shortly`() {
        var machine = machine()
        _ = machine.begin(at: now)
        let failure = StepOutcome.failed(cause(.conflict), isRetryable: true, results: [])
        for seconds in [2.0, 4, 8] {
            #expect(machine.ended(rawKey, failure, at: now).contains(.wakeUp(rawKey, afterSeconds: seconds)))
            #expect(starts(machine.isDue(rawKey, at: now)) == [rawKey])
        }
        #expect(machine.ended(rawKey, failure, at: now).last == .finish(.failed))
    }

    @Test func `without a declaration a program that failed is not tried again`() {
        var mart = mart
        mart.origin = .built(Build(.command(["false"]), write: .replaceInterval))
        var machine = machine(mart: mart)
        _ = machine.begin(at: now)
        _ = machine.ended(
            rawKey, .certified(Make.certificate("c1", raw, Make.day("2026-11-19")), rows: 3, results: []),
            at: now)
        let failure = StepOutcome.failed(cause(.stepFailed), isRetryable: true, results: [])
        #expect(machine.ended(martKey, failure, at: now).last == .finish(.failed))
    }

    @Test func `a failure that cannot pass by itself is not tried again`() {
        var machine = machine()
        _ = machine.begin(at: now)
        let actions = machine.ended(
            rawKey, .failed(cause(.permission), isRetryable: false, results: []), at: now)
        #expect(actions.last == .finish(.failed))
    }

    @Test func `cancelling begins nothing new and ends the run`() {
        var machine = machine()
        _ = machine.begin(at: now)
        _ = machine.cancel(at: now)
        let actions = machine.ended(
            rawKey, .failed(cause(.cancelled), isRetryable: true, results: []), at: now)
        #expect(starts(actions).isEmpty)
        #expect(actions.last == .finish(.cancelled))
        #expect(machine.records.first { $0.asset == rawKey.asset }?.state == .cancelled)
    }

    /// A machine over so many steps that need nothing, in a pool.
    private func independent(_ count: Int, _ policy: RunMachine.Policy) -> (RunMachine, [StepKey]) {
        var assets: [AssetName: Asset] = [:]
        for number in 0..<count {
            var asset = Make.built("mart.t\(100 + number)", from: [], days: nil)
            asset.pool = "heavy"
            assets[asset.name] = asset
        }
        let keys = assets.keys.sorted().map { StepKey($0, .whole) }
        let planner = Planner(
            lineage: Lineage(assets: assets, certificates: CertificateIndex([]), now: now)
        ) { _ in "definition" }
        let first = Make.built("mart.t100", from: [], days: nil)
        let plan = planner.plan(.asset(first), slices: assets.mapValues { _ in [.whole] })
        return (RunMachine(plan: plan, assets: assets, policy: policy), keys)
    }

    @Test(arguments: [
        RunMachine.Policy(stepLimit: 3), RunMachine.Policy(stepLimit: 16, pools: ["heavy": 3]),
    ])
    func `no more steps run at once than there is room for, and the next begins when one ends`(
        policy: RunMachine.Policy
    ) {
        var (machine, keys) = independent(10, policy)
        var running = starts(machine.begin(at: now))
        #expect(running == Array(keys.prefix(3)))
        var ended: [StepKey] = []
        while !running.isEmpty {
            let key = running.removeFirst()
            ended.append(key)
            running += starts(machine.ended(key, .built(rows: 1, results: []), at: now))
            #expect(running.count == min(3, 10 - ended.count))
        }
        #expect(ended == keys)
    }

    @Test func `a step that is tried again gives its place to others meanwhile`() {
        var (machine, keys) = independent(2, .init(stepLimit: 1))
        _ = machine.begin(at: now)
        let failed = machine.ended(
            keys[0], .failed(cause(.unreachable), isRetryable: true, results: []), at: now)
        #expect(starts(failed) == [keys[1]])
        #expect(starts(machine.isDue(keys[0], at: now)) == [])
        #expect(starts(machine.ended(keys[1], .built(rows: 1, results: []), at: now)) == [keys[0]])
    }
}
