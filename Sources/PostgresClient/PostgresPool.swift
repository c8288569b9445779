public import Logging

/// At most so many connections to one database, lent to whoever asks, in the order of asking.
///
/// Connections are opened when they are needed, looked at before they are lent again, and replaced when they were
/// lost. A session that a body changed (`SET`, `SET ROLE`, temporary tables) is lent on as it is; an open
/// transaction is rolled back.
public actor PostgresPool {
    private let settings: PostgresSettings
    /// The most connections at a time.
    public nonisolated let limit: Int
    private let patience: Duration
    private let clock: any Clock<Duration>
    private let logger: Logger

    private var idle: [PostgresConnection] = []
    private var lent = 0
    private var waiting: [Waiter] = []
    private var lastTicket = 0
    private var hasConnected = false
    private var isClosed = false

    private struct Waiter {
        let ticket: Int
        let isAdmitted: CheckedContinuation<Bool, Never>
    }

    /// A pool without connections yet.
    ///
    /// - Parameters:
    ///   - limit: the most connections at a time, at least 1.
    ///   - patience: how long a server that is restarting or has no connection left is tried again. Servers that
    ///     refuse the user are not, and servers that were never reached neither.
    ///   - clock: what waiting between tries goes by.
    public init(
        _ settings: PostgresSettings, limit: Int = 4, patience: Duration = .seconds(15),
        clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "postgres.pool")
    ) {
        self.settings = settings
        self.limit = max(1, limit)
        self.patience = patience
        self.clock = clock
        self.logger = logger
    }

    /// Lends a connection for the time of a body.
    ///
    /// - Throws: what the body throws, or `PostgresError` when no connection can be had.
    public nonisolated func withConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await lend(try await borrow(), body)
    }

    /// Lends a connection that nobody waits for; nil, without waiting, when as many are lent as may be. A server that takes
    /// no connection now is not tried again.
    ///
    /// - Throws: what the body throws, or `PostgresError` when no connection can be had.
    public nonisolated func withFreeConnection<Value>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value? {
        guard let connection = try await borrowIfFree() else { return nil }
        return try await lend(connection, body)
    }

    private nonisolated func lend<Value>(
        _ connection: PostgresConnection, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Runs a synchronous body on a lent connection's thread; see `PostgresConnection.perform`.
    public nonisolated func perform<Value: Sendable>(
        _ body: @Sendable (PostgresSession) throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in try await connection.perform(body) }
    }

    /// Closes what is idle and refuses whoever asks from now on; lent connections close when they come back.
    public func close() async {
        isClosed = true
        let (refused, unused) = (waiting, idle)
        (waiting, idle) = ([], [])
        for waiter in refused { waiter.isAdmitted.resume(returning: false) }
        for connection in unused { await connection.close() }
    }

    // MARK: Lending

    private func borrow() async throws(PostgresError) -> PostgresConnection {
        try await enter()
        return try await take(patience)
    }

    /// Nobody waits as long as fewer are lent than may be.
    private func borrowIfFree() async throws(PostgresError) -> PostgresConnection? {
        if isClosed { throw .poolClosed }
        guard lent < limit else { return nil }
        lent += 1
        return try await take(.zero)
    }

    /// A connection for a place that was given.
    private func take(_ patience: Duration) async throws(PostgresError) -> PostgresConnection {
        while let connection = idle.popLast() {
            if await connection.isReusable() { return connection }
            logger.debug("replacing a connection that was lost")
            await connection.close()
        }
        do throws(PostgresError) {
            return try await open(patience)
        } catch {
            leave()
            throw error
        }
    }

    private func giveBack(_ connection: PostgresConnection) async {
        if await connection.isReusable(), !isClosed {
            idle.append(connection)
        } else {
            await connection.close()
        }
        leave()
    }

    /// Waits for one of the places; whoever asked first gets it first.
    private func enter() async throws(PostgresError) {
        if isClosed { throw .poolClosed }
        if lent < limit {
            lent += 1
            return
        }
        lastTicket += 1
        let ticket = lastTicket
        let isAdmitted = await withTaskCancellationHandler {
            await withCheckedContinuation { waiting.append(Waiter(ticket: ticket, isAdmitted: $0)) }
        } onCancel: {
            // Ends as soon as the waiter is out of the queue.
            Task { await self.abandon(ticket) }
        }
        guard isAdmitted else { throw isClosed ? .poolClosed : .cancelled }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            lent -= 1
            return
        }
        waiting.removeFirst().isAdmitted.resume(returning: true)
    }

    private func abandon(_ ticket: Int) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).isAdmitted.resume(returning: false)
    }

    // MARK: Opening

    private func open(_ patience: Duration) async throws(PostgresError) -> PostgresConnection {
        var delay = Duration.milliseconds(100)
        var waited = Duration.zero
        while true {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.open(settings) { [logger] notice in
                    logger.debug(
                        "notice",
                        metadata: ["severity": "\(notice.severity)", "sqlstate": "\(notice.sqlState)"])
                }
                hasConnected = true
                return connection
            } catch {
                guard mayPass(error), waited < patience, !isClosed else { throw error }
                logger.notice(
                    "PostgreSQL takes no connection now; trying again",
                    metadata: ["sqlstate": "\(error.sqlState)"])
            }
            // Between half and all of the delay, so that not all come back at once.
            let pause = delay * Double.random(in: 0.5...1)
            do {
                try await clock.sleep(for: pause)
            } catch {
                throw .cancelled
            }
            waited += pause
            delay = min(delay * 2, .seconds(5))
        }
    }

    /// Whether a refusal is likely to pass within the pool's patience.
    private func mayPass(_ error: PostgresError) -> Bool {
        if error.isCancelled { return false }
        if ["57P03", "53300"].contains(error.sqlState) { return true }
        return hasConnected && error.isUnreachable && error.isRetryable
    }
}

extension PostgresError {
    fileprivate static let poolClosed = PostgresError(
        sqlState: "08003", message: "the pool of connections is closed", isConnectionLost: true)
}
