import Foundation

/// A file that a person names for what a command makes: a new one, or what is there, be it a device or behind a link.
public struct OutputFile: Sendable {
    private let path: String

    /// Why it could not be written.
    public struct Failure: Error, Sendable {
        /// In the system's words.
        public let reason: String
    }

    /// The file at a path.
    public init(_ path: String) { self.path = path }

    /// Writes a text. A file of its own that is there, or none, is replaced as a whole, so that nobody reads half of it;
    /// anything else is written to as it is.
    public func write(_ text: String) throws(Failure) {
        var status = stat()
        let isThere = lstat(path, &status) == 0
        guard !isThere || status.st_mode & S_IFMT == S_IFREG && access(path, W_OK) == 0 else {
            return try writeInPlace(text)
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            return try writeInPlace(text)
        }
        if isThere { chmod(path, status.st_mode & 0o7777) }
    }

    private func writeInPlace(_ text: String) throws(Failure) {
        guard let file = fopen(path, "w") else { throw Failure(reason: String(cString: strerror(errno))) }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
            throw Failure(reason: String(cString: strerror(errno)))
        }
    }
}
