import SuretyCore

/// Finds assets and promises that wait for themselves.
struct CycleReview {
    /// Where findings go.
    let reading: Reading
    /// Everything that was read.
    let catalog: Catalog
    /// Assets in order of declaration.
    let assets: [AssetReader.Declared]
    /// Promises in order of declaration.
    let promises: [PromiseReader.Declared]

    /// A name and the place where it is mentioned.
    private typealias Edge = (to: String, place: SourceLocation)

    /// Notes each cycle with its path.
    func run() {
        find(
            assets.map { declared in
                (
                    declared.asset.name.description,
                    zip(declared.asset.needs, declared.needs).map { ($0.asset.description, $1.location) }
                )
            }, verb: "needs")
        find(
            promises.map { declared in
                (declared.promise.id.rawValue, declared.after.map { ($0.text, $0.location) })
            }, verb: "starts after")
    }

    private func find(_ graph: [(String, [Edge])], verb: String) {
        let edges = Dictionary(graph, uniquingKeysWith: { first, _ in first })
        var finished: Set<String> = []
        for (start, _) in graph where !finished.contains(start) {
            var path = [(name: start, next: 0)]
            var onPath = [start: 0]
            while let (name, next) = path.last {
                let outgoing = edges[name] ?? []
                guard next < outgoing.count else {
                    finished.insert(name)
                    onPath[name] = nil
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let edge = outgoing[next]
                if let index = onPath[edge.to] {
                    let cycle = path[index...].map(\.name) + [edge.to]
                    reading.error(
                        edge.place, "`\(edge.to)` \(verb) itself: \(cycle.joined(separator: " → "))",
                        hint: "Take one of these out.")
                } else if !finished.contains(edge.to), edges[edge.to] != nil {
                    onPath[edge.to] = path.count
                    path.append((edge.to, 0))
                }
            }
        }
    }
}
