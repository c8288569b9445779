import CLibPQ

/// What a socket is ready for, and whether its thread was woken meanwhile.
struct SocketReadiness: OptionSet {
    let rawValue: Int32

    static let reading = SocketReadiness(rawValue: Int32(CLIBPQ_READABLE))
    static let writing = SocketReadiness(rawValue: Int32(CLIBPQ_WRITABLE))
    static let woken = SocketReadiness(rawValue: Int32(CLIBPQ_WOKEN))

    /// Waits until a socket is ready, the pipe wakes, or the time is over; nil waits for ever.
    ///
    /// Empty when the time is over; can come back early. Nil when the socket cannot be waited for.
    static func wait(
        for wanted: SocketReadiness, on socket: Int32, waking pipe: WakePipe?, upTo patience: Duration?
    ) -> SocketReadiness? {
        let happened = clibpq_wait(
            socket, pipe?.descriptor ?? -1, wanted.rawValue, patience?.wholeMilliseconds ?? -1)
        guard happened >= 0 else { return nil }
        let readiness = SocketReadiness(rawValue: happened)
        if readiness.contains(.woken) { pipe?.drain() }
        return readiness
    }
}

extension Duration {
    /// Milliseconds, rounded up, within what a wait can take.
    var wholeMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        let milliseconds = Double(seconds) * 1_000 + Double(attoseconds) / 1e15
        return Int32(max(0, min(milliseconds.rounded(.up), 2_147_483_000)))
    }
}
