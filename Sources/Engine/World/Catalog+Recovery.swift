import SuretyCore

extension Catalog {
    /// What to do about a slice, the most specific first, and in the end the command that runs it again.
    func recovery(for key: StepKey, run: RunID?) -> [String] {
        let promise = promise(madeFrom: key.asset)
        let declared = (assets[key.asset]?.recovery ?? []) + (promise?.recovery ?? [])
        let filled = declared.map { $0.filling(slice: key.slice, asset: key.asset, run: run) }
        let interval = key.slice.label.map { " --for \($0)" } ?? ""
        let command = "surety run \(promise?.id.rawValue ?? key.asset.description)\(interval)"
        return (filled.contains { $0.hasPrefix("surety ") } ? filled : filled + [command]).unique()
    }

    /// What to do about a slice whose certificate was withdrawn. Where other intervals rest on it too, the command is in the
    /// end the one that makes all that is owed.
    func recovery(forLost key: StepKey, run: RunID?) -> [String] {
        let steps = recovery(for: key, run: run)
        guard let promise = promise(madeFrom: key.asset), isSpread(key.asset, to: promise) else {
            return steps
        }
        let command = "surety run \(promise.id)"
        let generated = key.slice.label.map { "\(command) --for \($0)" }
        return (steps.filter { $0 != generated } + [command]).unique()
    }

    /// What to do about a slice that nobody owes and that is lost because of a root. Where the root goes into other intervals
    /// too, no command that makes all that is owed would make it.
    func recovery(forUnowed key: StepKey, lostWith root: StepKey, _ steps: [String]) -> [String] {
        guard let promise = promise(madeFrom: root.asset), isSpread(root.asset, to: promise) else {
            return steps
        }
        return (steps + recovery(for: key, run: nil)).unique()
    }

    /// Whether an interval of an asset goes into other intervals of what a promise needs.
    private func isSpread(_ name: AssetName, to promise: Promise) -> Bool {
        let chain = Set(upstream(of: promise.needs))
        var found: Set<AssetName> = []
        var open = [name]
        while let name = open.popLast() {
            guard found.insert(name).inserted else { continue }
            for user in assets.values where chain.contains(user.name) {
                for need in user.needs where need.asset == name {
                    switch need.reach {
                    case .last: return true
                    case .overlapping:
                        if user.interval?.cadence != assets[name]?.interval?.cadence { return true }
                        open.append(user.name)
                    case .latest: break
                    }
                }
            }
        }
        return false
    }
}
