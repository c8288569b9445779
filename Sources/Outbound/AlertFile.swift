import Engine
import Foundation
import SuretyCore

/// A file that alerts are appended to, a JSON document on each line.
struct AlertFile {
    private let path: String

    /// The file at a path, which is relative to a folder unless it is absolute.
    init(path: String, in folder: String) {
        self.path = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    /// Appends a line and returns once it is on the disk; the folder is made where it is missing.
    func append(_ line: String) throws(PortFailure) {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        // A line that was cut off by a crash must not swallow this one.
        let start = endsInsideLine(file) ? "\n" : ""
        let bytes = Array((start + line + "\n").utf8)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else { throw failure() }
    }

    private func endsInsideLine(_ file: Int32) -> Bool {
        let size = lseek(file, 0, SEEK_END)
        guard size > 0, let reader = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? reader.close() }
        try? reader.seek(toOffset: UInt64(size - 1))
        return (try? reader.read(upToCount: 1)) != Data([UInt8(ascii: "\n")])
    }

    private func failure() -> PortFailure {
        let words = String(cString: strerror(errno))
        return PortFailure(
            .unreachable, "the alert could not be written to \(path): \(words)",
            hint: "Is there room, and may the folder be written?", isRetryable: true)
    }
}
