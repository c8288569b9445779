import SuretyCore
import Synchronization

/// What happened in a service, numbered, for those who listen; the last thousand are remembered.
final class EventLog: Sendable {
    private static let memory = 1000

    private struct State {
        var newest: Int64 = 0
        var events: [NumberedEvent] = []
        var listeners: [Int64: AsyncStream<NumberedEvent>.Continuation] = [:]
        var nextListener: Int64 = 0
    }

    private let state = Mutex(State())

    func add(_ event: ServiceEvent) {
        let late = state.withLock { state -> [AsyncStream<NumberedEvent>.Continuation] in
            state.newest += 1
            let numbered = NumberedEvent(id: state.newest, event: event)
            state.events.append(numbered)
            state.events.removeFirst(max(0, state.events.count - Self.memory))
            // Who is too far behind is let go, and comes back with the number of the last event that they saw.
            return state.listeners.compactMap { id, listener in
                if case .dropped = listener.yield(numbered) {
                    state.listeners.removeValue(forKey: id)
                } else {
                    nil
                }
            }
        }
        for listener in late { listener.finish() }
    }

    /// A listener's own stream: what is remembered from after an event, then what happens.
    func listen(after id: Int64?) -> AsyncStream<NumberedEvent> {
        let (stream, continuation) = AsyncStream<NumberedEvent>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.memory + 24))
        let number = state.withLock { state in
            if let id { for event in state.events where event.id > id { continuation.yield(event) } }
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    /// Ends every listener's stream.
    func close() {
        let all = state.withLock { state in
            defer { state.listeners = [:] }
            return state.listeners.map(\.value)
        }
        for listener in all { listener.finish() }
    }
}
