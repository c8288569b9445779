import Engine
public import PostgresClient

/// A warehouse on PostgreSQL 15 or newer.
///
/// Everything of one step or question happens on one connection, from its first statement to its last.
public struct PostgresWarehouse: Sendable {
    private let pool: PostgresPool
    private let desk: PostgresPool
    /// How rounds of checks make way for others.
    var courtesy = Courtesy()
    /// How fast checks were lately.
    let pace = Pace()

    /// A warehouse on the connections of a pool.
    ///
    /// - Parameter desk: The connections on which certificates are read and written beside steps, so that steps that hang
    ///   hold nothing else up; nil: the same.
    public init(pool: PostgresPool, desk: PostgresPool? = nil) {
        self.pool = pool
        self.desk = desk ?? pool
    }

    /// Runs a body on the thread of a connection that steps do not use.
    func atDesk<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value { try await onSession(of: desk, body) }

    /// Runs a body on the thread of a connection.
    func onSession<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value { try await onSession(of: pool, body) }

    private func onSession<Value: Sendable>(
        of pool: PostgresPool, _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        let result: Result<Value, PortFailure>
        let pace = pace
        do {
            result = try await pool.withConnection { connection in
                await connection.perform { session in
                    Result { () throws(PortFailure) in
                        try body(WarehouseSession(session: session, pace: pace))
                    }
                }
            }
        } catch let error as PostgresError {
            throw PortFailure(error)
        } catch is CancellationError {
            throw PortFailure(.cancelled, "cancelled before a connection to the warehouse was free")
        } catch {
            throw PortFailure(.unreachable, "\(error)")
        }
        return try result.get()
    }
}
