import SuretyCore
import Testing

@testable import Engine

@Suite struct `what happened in a service` {
    private func add(_ count: Int, to log: EventLog) {
        for _ in 0..<count { log.add(.declarations(refused: nil)) }
    }

    /// The numbers of all events until the stream ends.
    private func numbers(_ stream: AsyncStream<NumberedEvent>) async -> [Int64] {
        var numbers: [Int64] = []
        for await event in stream { numbers.append(event.id) }
        return numbers
    }

    @Test func `who listens hears what happens from then on, in order`() async {
        let log = EventLog()
        add(2, to: log)
        let stream = log.listen(after: nil)
        add(3, to: log)
        log.close()
        #expect(await numbers(stream) == [3, 4, 5])
    }

    @Test(arguments: [(0, [1, 2, 3, 4]), (2, [3, 4]), (3, [4]), (9, [4])] as [(Int64, [Int64])])
    func `who saw an event hears all that came after it`(seen: Int64, expected: [Int64]) async {
        let log = EventLog()
        add(3, to: log)
        let stream = log.listen(after: seen)
        add(1, to: log)
        log.close()
        #expect(await numbers(stream) == expected)
    }

    @Test func `the last thousand are remembered`() async {
        let log = EventLog()
        add(1500, to: log)
        let stream = log.listen(after: 0)
        log.close()
        #expect(await numbers(stream) == Array(501...1500))
    }

    @Test func `who is too far behind is let go, comes back with what they saw, and holds up no other`() async
    {
        let log = EventLog()
        let slow = log.listen(after: nil)
        add(1100, to: log)
        let seen = await numbers(slow)
        #expect(seen == Array(1...1024))
        let again = log.listen(after: seen.last)
        add(1, to: log)
        log.close()
        #expect(await numbers(again) == Array(1025...1101))
    }
}
