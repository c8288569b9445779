import Dispatch
public import Engine
import Foundation
import GRDB
import GRDBSQLite
import SuretyCore
import Synchronization

/// A warehouse in one folder: a SQLite file for each schema, attached together; for demos, tests and small use.
///
/// Several processes may use it at once; one writes at a time, and each of its transactions is atomic over all files.
/// Nothing blocks the cooperative pool.
public final class EmbeddedWarehouse: Sendable {
    private let queue: DatabaseQueue
    private let slot: WatchSlot
    private let files: WarehouseFiles
    private let memory = Mutex(Memory())

    private struct Memory {
        /// Whether the tables in `surety.db` were found or made by this process.
        var isMade = false
        /// What the simulated clock adds to the real one; 0 for the real one.
        var clockOffset: Int64 = 0
    }

    private init(queue: DatabaseQueue, slot: WatchSlot, files: WarehouseFiles) {
        self.queue = queue
        self.slot = slot
        self.files = files
    }

    /// Opens the warehouse in a folder, which is made where it is missing.
    public static func open(folder: String) async throws(PortFailure) -> EmbeddedWarehouse {
        let files = WarehouseFiles(folder: URL(fileURLWithPath: folder).standardizedFileURL.path)
        let result: Swift.Result<EmbeddedWarehouse, PortFailure> = await withCheckedContinuation {
            continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: Swift.Result { () throws(PortFailure) in try connect(files) })
            }
        }
        return try result.get()
    }

    private static func connect(_ files: WarehouseFiles) throws(PortFailure) -> EmbeddedWarehouse {
        try files.make()
        let slot = WatchSlot()
        var configuration = GRDB.Configuration()
        configuration.label = "surety.warehouse"
        configuration.busyMode = .callback { _ in slot.current?.waitForLock() ?? false }
        configuration.prepareDatabase { database in
            guard let handle = database.sqliteConnection else { return }
            Functions.register(on: handle)
            sqlite3_progress_handler(
                handle, 2000,
                { data in
                    guard let data else { return 0 }
                    let watch = Unmanaged<WatchSlot>.fromOpaque(data).takeUnretainedValue().current
                    return watch?.mustStop() == true ? 1 : 0
                }, Unmanaged.passUnretained(slot).toOpaque())
            // A large step must not lock readers out before it commits.
            try database.execute(sql: "PRAGMA cache_spill = OFF")
            try database.execute(sql: "PRAGMA main.synchronous = FULL")
        }
        // Opening reads `main.db`, which every commit locks for a moment.
        slot.current = Watch(lockWait: .seconds(10))
        defer { slot.current = nil }
        do {
            let queue = try DatabaseQueue(path: files.mainPath, configuration: configuration)
            return EmbeddedWarehouse(queue: queue, slot: slot, files: files)
        } catch let error as DatabaseError {
            throw PortFailure(
                sqlite: error.extendedResultCode.rawValue, "\(files.mainPath): \(error.message ?? "")",
                stop: nil)
        } catch {
            throw PortFailure(.unreachable, "the warehouse \(files.folder) cannot be opened: \(error)")
        }
    }

    /// What the simulated clock adds to the real one.
    var clockOffset: Int64 {
        get { memory.withLock { $0.clockOffset } }
        set { memory.withLock { $0.clockOffset = newValue } }
    }

    /// Runs a piece of work on the connection's own thread, with all schemas attached and Surety's tables made.
    ///
    /// Work that is not `cancellable` is brought to its end although the task is cancelled.
    func onConnection<Answer: Sendable>(
        waiting: Duration = .seconds(10), making schemas: [String] = [], cancellable: Bool = true,
        _ body: @escaping @Sendable (WarehouseConnection, _ schemas: [String]) throws(PortFailure) -> Answer
    ) async throws(PortFailure) -> Answer {
        let watch = Watch(lockWait: waiting)
        let result: Swift.Result<Answer, PortFailure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.asyncWriteWithoutTransaction { database in
                    continuation.resume(
                        returning: Swift.Result { () throws(PortFailure) in
                            guard let handle = database.sqliteConnection else {
                                throw PortFailure(.unreachable, "the warehouse is closed")
                            }
                            guard !watch.isCancelled else {
                                throw PortFailure(.cancelled, "it was cancelled", sqlState: "57014")
                            }
                            watch.wait(waiting)
                            self.slot.current = watch
                            defer { self.slot.current = nil }
                            let connection = WarehouseConnection(handle: handle, watch: watch)
                            let attached = try self.files.attach(
                                connection, making: schemas + WarehouseFiles.own)
                            try self.makeTables(connection, waiting: waiting)
                            return try body(connection, attached)
                        })
                }
            }
        } onCancel: {
            if cancellable { watch.cancel() }
        }
        return try result.get()
    }

    private func makeTables(_ connection: WarehouseConnection, waiting: Duration) throws(PortFailure) {
        guard !memory.withLock({ $0.isMade }) else { return }
        let book = Book(connection)
        if try !book.isMade() {
            let offset = clockOffset
            try connection.writing(waiting: waiting) { () throws(PortFailure) in
                (try book.make(clockOffset: offset), .commit)
            }
        }
        memory.withLock { $0.isMade = true }
    }
}
