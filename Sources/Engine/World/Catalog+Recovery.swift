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
}
