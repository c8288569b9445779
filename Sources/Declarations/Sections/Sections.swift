import SuretyCore

/// The top-level keys of all files of a project, gathered.
struct Sections {
    /// Keys that only one file may hold.
    static let single = ["surety", "project", "timezone", "state", "routes", "escalate", "limits", "report"]
    /// Keys whose ids may be spread over files.
    static let spread = [
        "warehouses", "calendars", "owners", "channels", "pools", "promises", "assets", "consumers",
        "targets",
    ]
    /// Keys that an overlay may hold.
    static let overlaid = ["state", "warehouses", "channels", "targets", "routes", "pools"]

    private var singles: [String: YamlPair] = [:]
    private var entries: [String: [YamlPair]] = [:]

    /// The keys of a project's files, and of an overlay that replaces some.
    init(files: [YamlNode], overlay: YamlNode?, in reading: Reading) {
        for root in files {
            for pair in reading.entries(root, "a file of declarations") { add(pair, in: reading) }
        }
        guard let overlay else { return }
        for pair in reading.entries(overlay, "an overlay") { lay(pair, in: reading) }
    }

    /// The only value of a key.
    func single(_ key: String) -> YamlPair? { singles[key] }
    /// All ids of a key, in order of files and lines.
    func entries(_ key: String) -> [YamlPair] { entries[key] ?? [] }

    private mutating func add(_ pair: YamlPair, in reading: Reading) {
        if Sections.single.contains(pair.key) {
            if let first = singles[pair.key] {
                reading.error(
                    pair.keyNode.location, "`\(pair.key)` is declared twice",
                    hint: "First at \(first.keyNode.location).")
            } else {
                singles[pair.key] = pair
            }
        } else if Sections.spread.contains(pair.key) {
            entries[pair.key, default: []] += reading.entries(pair.value, "`\(pair.key)`")
        } else {
            let known = Sections.single + Sections.spread
            let nearest = Nearest.hint(for: pair.key, among: known)
            reading.error(
                pair.keyNode.location, "unknown key `\(abbreviated(pair.key))`",
                hint: nearest.isEmpty ? "A file may have: \(known.joined(separator: ", "))." : nearest)
        }
    }

    private mutating func lay(_ pair: YamlPair, in reading: Reading) {
        guard Sections.overlaid.contains(pair.key) else {
            reading.error(
                pair.keyNode.location, "an overlay cannot override `\(abbreviated(pair.key))`",
                hint: "It may hold only: \(Sections.overlaid.joined(separator: ", ")).")
            return
        }
        guard Sections.spread.contains(pair.key) else {
            singles[pair.key] = pair
            return
        }
        let laid = reading.entries(pair.value, "`\(pair.key)`")
        let replaced = Set(laid.map(\.key))
        entries[pair.key] = entries(pair.key).filter { !replaced.contains($0.key) } + laid
    }
}
