/// Does the same with several things, a few at a time, with the outcome of doing it one after another.
struct SideBySide: Sendable {
    /// How many at a time; at least one.
    let most: Int

    /// What came of each input, in their order.
    ///
    /// Throws what the first input failed with that failed, whichever failed earlier; inputs after it are not begun once
    /// that is known, and cancelled when nothing before it is going on any more.
    func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @escaping @Sendable (Input) async throws(PortFailure) -> Output
    ) async throws(PortFailure) -> [Output] {
        let ends = await withTaskGroup(of: (Int, Result<Output, PortFailure>).self) { group in
            var ends: [Int: Result<Output, PortFailure>] = [:]
            var running: Set<Int> = []
            var next = 0
            var firstFailed: Int?
            while true {
                while firstFailed == nil, next < inputs.count, running.count < max(1, most) {
                    running.insert(next)
                    group.addTask { [next] in (next, await Self.end(of: inputs[next], body)) }
                    next += 1
                }
                guard let (index, end) = await group.next() else { return ends }
                running.remove(index)
                ends[index] = end
                if case .failure = end { firstFailed = min(index, firstFailed ?? index) }
                if let firstFailed, !running.contains(where: { $0 < firstFailed }) { group.cancelAll() }
            }
        }
        var outputs: [Output] = []
        for (_, end) in ends.sorted(by: { $0.key < $1.key }) { outputs.append(try end.get()) }
        return outputs
    }

    private static func end<Input: Sendable, Output: Sendable>(
        of input: Input, _ body: @Sendable (Input) async throws(PortFailure) -> Output
    ) async -> Result<Output, PortFailure> {
        do throws(PortFailure) { return .success(try await body(input)) } catch { return .failure(error) }
    }
}
