public import Engine
import Foundation

/// Keeps a state for one service: whoever holds the lock of its file, as long as their process lives.
public final class ServiceLock: Sendable {
    private let file: Int32

    /// Takes the lock at a path and notes who holds it; a conflict that names the holder if another process has it.
    public init(path: String, holder: String) throws(PortFailure) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else {
            throw PortFailure(
                .storeUnusable, "the lock \(path) cannot be made: \(String(cString: strerror(errno)))",
                hint: "May the folder be written?")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let other = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            close(file)
            throw PortFailure(
                .conflict, "another service is at this state: \(other.isEmpty ? "unknown" : other)",
                hint: "Ask that one, or stop it first.")
        }
        ftruncate(file, 0)
        let bytes = Array(holder.utf8)
        _ = pwrite(file, bytes, bytes.count, 0)
        self.file = file
    }

    deinit { close(file) }
}
