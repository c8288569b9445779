import Engine
import Hummingbird
import ServiceLifecycle
import SuretyCore

/// Server-sent events for one who listens, until they leave, the service shuts down, or they fall too far behind: then
/// they connect again and go on where they were.
struct EventStream: Sendable {
    /// Seconds between signs of life.
    static let pause = 15.0
    /// How many events wait for a slow listener.
    static let limit = 1024
    /// How many listen at once.
    static let listeners = 100

    /// The engine.
    let front: any ServiceFront
    /// The newest event that the listener has seen; nil: none.
    let seen: Int64?
    /// The listener's place, which they have for as long as the stream lives.
    let seat: Seats.Seat

    /// Writes events as they happen. The writer is the server's, and wants to be used where the server runs.
    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        defer { withExtendedLifetime(seat) {} }
        let events = await front.events(after: seen)
        let (pieces, inbox) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(EventStream.limit))
        let clock = front.surroundings.clock
        try await writer.write(ByteBuffer(string: EventText.beginning))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events { EventStream.put(EventText.text(event), in: inbox) }
                inbox.finish()
            }
            group.addTask {
                while true {
                    try await clock.sleep(seconds: EventStream.pause)
                    EventStream.put(EventText.heartbeat, in: inbox)
                }
            }
            group.addTask {
                try await gracefulShutdown()
                inbox.finish()
            }
            defer { group.cancelAll() }
            for await piece in pieces { try await writer.write(ByteBuffer(string: piece)) }
        }
        try await writer.finish(nil)
    }

    private static func put(_ piece: String, in inbox: AsyncStream<String>.Continuation) {
        switch inbox.yield(piece) {
        case .dropped: inbox.finish()
        case .enqueued, .terminated: break
        @unknown default: break
        }
    }
}
