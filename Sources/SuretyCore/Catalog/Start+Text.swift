extension Start {
    /// As declared, for people: `at 05:30 on business`, `every 15m`, `after payments-by-6`.
    public var text: String {
        switch self {
        case .at(let times, let days, _):
            "at " + times.map(\.description).joined(separator: ", ") + (days.map { " on \($0)" } ?? "")
        case .every(let period, _): "every \(period)"
        case .cron(let cron, _): "cron \(cron.text)"
        case .once: "once"
        case .after(let promises): "after " + promises.map(\.rawValue).joined(separator: ", ")
        case .hook(let name): "hook \(name)"
        case .notify(let channel): "notify \(channel)"
        case .file(let path): "file \(path)"
        case .bucket(let url): "bucket \(url)"
        }
    }
}
