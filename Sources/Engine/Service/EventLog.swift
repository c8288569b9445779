import SuretyCore

/// What happened in a service, numbered, for those who listen; the last thousand are remembered.
actor EventLog {
    private static let memory = 1000

    private var newest: Int64 = 0
    private var events: [NumberedEvent] = []
    private var listeners: [Int64: AsyncStream<NumberedEvent>.Continuation] = [:]
    private var nextListener: Int64 = 0

    func add(_ event: ServiceEvent) {
        newest += 1
        let numbered = NumberedEvent(id: newest, event: event)
        events.append(numbered)
        if events.count > Self.memory { events.removeFirst(events.count - Self.memory) }
        for (id, listener) in listeners {
            // Who is too far behind is let go, and comes back with the number of the last event that they saw.
            if case .dropped = listener.yield(numbered) { end(id) }
        }
    }

    /// A listener's own stream: what is remembered from after an event, then what happens.
    func listen(after id: Int64?) -> AsyncStream<NumberedEvent> {
        let (stream, continuation) = AsyncStream<NumberedEvent>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.memory + 24))
        let number = nextListener
        nextListener += 1
        if let id { for event in events where event.id > id { continuation.yield(event) } }
        listeners[number] = continuation
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            Task { await self.end(number) }
        }
        return stream
    }

    /// Ends every listener's stream.
    func close() { for id in listeners.keys.sorted() { end(id) } }

    private func end(_ id: Int64) { listeners.removeValue(forKey: id)?.finish() }
}
