import Engine
public import PostgresClient

/// A warehouse on PostgreSQL 15 or newer.
///
/// Everything of one step or question happens on one connection, from its first statement to its last.
public struct PostgresWarehouse: Sendable {
    private let pool: PostgresPool

    /// A warehouse on the connections of a pool.
    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Runs a body on the thread of a connection.
    func onSession<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        let result: Result<Value, PortFailure>
        do {
            result = try await pool.withConnection { connection in
                await connection.perform { session in
                    Result { () throws(PortFailure) in try body(WarehouseSession(session: session)) }
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
