import Engine
public import PostgresClient

/// A warehouse on PostgreSQL 15 or newer.
///
/// Everything of one step happens on one connection, from its first statement to its last, and all of a round of questions
/// in one snapshot.
public struct PostgresWarehouse: Sendable {
    private let pool: PostgresPool
    private let desk: PostgresPool
    /// How rounds of checks make way for others.
    var courtesy = Courtesy()
    /// When they use several connections.
    var company = Company()
    /// How fast checks were lately.
    let pace = Pace()
    /// What slices held that were looked at.
    let contents = ContentMemory()
    /// The role that checks are asked as; nil: that of the connections.
    let checksRole: String?

    /// A warehouse on the connections of a pool.
    ///
    /// - Parameters:
    ///   - desk: The connections on which certificates are read and written beside steps, so that steps that hang hold
    ///     nothing else up; nil: the same.
    ///   - checksRole: The role that checks are asked as, of which that of the connections is a member; nil: its own.
    public init(pool: PostgresPool, desk: PostgresPool? = nil, checksRole: String? = nil) {
        self.pool = pool
        self.desk = desk ?? pool
        self.checksRole = checksRole
    }

    /// Runs a body on the thread of a connection that steps do not use.
    func atDesk<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value { try await onSession(of: desk, body) }

    /// Runs a body on the thread of a connection.
    func onSession<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value { try await onSession(of: pool, body) }

    /// Runs a body on the thread of a connection that nobody waits for; nil, without waiting, when there is none.
    func onFreeSession<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value? {
        try await lent { () async throws in
            try await pool.withFreeConnection { await result(of: body, on: $0) }
        }?.get()
    }

    /// The most connections that steps and rounds have.
    var connections: Int { pool.limit }

    private func onSession<Value: Sendable>(
        of pool: PostgresPool, _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        try await lent { () async throws in
            try await pool.withConnection { await result(of: body, on: $0) }
        }.get()
    }

    /// What a loan of a connection came to, its failures in the core's words.
    private func lent<Value>(_ loan: () async throws -> Value) async throws(PortFailure) -> Value {
        do {
            return try await loan()
        } catch let error as PostgresError {
            throw PortFailure(error)
        } catch is CancellationError {
            throw PortFailure(.cancelled, "cancelled before a connection to the warehouse was free")
        } catch {
            throw PortFailure(.unreachable, "\(error)")
        }
    }

    /// What a body came to on a connection's thread.
    private func result<Value: Sendable>(
        of body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value,
        on connection: PostgresConnection
    ) async -> Result<Value, PortFailure> {
        await connection.perform { [pace, checksRole] session in
            Result { () throws(PortFailure) in
                try body(WarehouseSession(session: session, pace: pace, checksRole: checksRole))
            }
        }
    }
}
