import Foundation

/// A process that outlives this one just long enough to remove a cluster.
final class PostgresClusterKeeper: Sendable {
    private let process: PostgresClusterProcess

    /// Keeps the cluster in a folder until this object or this process is gone.
    init(home: String) throws {
        process = try PostgresClusterProcess(
            PostgresClusterTools.command(PostgresClusterScripts.keep, [home]), readsFromUs: true)
    }

    deinit { process.letGo() }
}
