import Engine
import Foundation
import GRDB

extension PortFailure {
    /// What an error of the state's file means.
    init(state error: any Error, at path: String) {
        if let failure = error as? PortFailure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(
                .storeUnusable, "the state \(path) cannot be used: \(error.localizedDescription)",
                hint: "Are the folder and the file there, and may they be written?")
            return
        }
        let said = error.message ?? "no more is known"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .contention, "the state \(path) is held by another process", hint: "Try again.",
                isRetryable: true)
        case .SQLITE_FULL:
            self.init(
                .storeUnusable, "there is no room to write the state \(path)", hint: "Free some disk space.")
        case .SQLITE_CONSTRAINT:
            self.init(.conflict, "the state \(path) refuses a fact that does not fit what it holds: \(said)")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            self.init(
                .storeUnusable, "the state \(path) is damaged or no database: \(said)",
                hint: "Restore it from a copy, or name another state.")
        default:
            self.init(
                .storeUnusable, "the state \(path) cannot be used: \(said)",
                hint: "Are the folder and the file there, and may they be written?")
        }
    }
}
