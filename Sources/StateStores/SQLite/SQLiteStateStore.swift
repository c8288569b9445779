import Dispatch
public import Engine
import Foundation
import GRDB
import SuretyCore

/// The state in one SQLite file, which several processes may use at once.
public enum SQLiteStateStore {
    /// Opens the state at a path, making the file and its folders where they are missing, and upgrades an older one.
    ///
    /// `clockOffset` says by how many milliseconds a simulated clock differs from the real one; nil is the real clock.
    /// A file that is no state, is damaged, or was written by a newer program is refused and left as it is
    /// (`storeUnusable`); one whose facts were made under the other kind of clock is a `conflict`.
    public static func open(path: String, clockOffset: Int64? = nil) async throws(PortFailure) -> StoredState
    {
        do {
            let database = try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(
                        with: Swift.Result {
                            try SQLiteStateDatabase(
                                pool: SQLiteStateFile(path: path).open(), path: path,
                                clock: ClockMark(offset: clockOffset))
                        })
                }
            }
            return StoredState(database: database)
        } catch {
            throw PortFailure(state: error, at: path)
        }
    }
}
