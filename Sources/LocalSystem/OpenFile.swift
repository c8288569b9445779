import Engine
import Foundation

/// A regular file that is open for reading, and closed when the value is gone.
final class OpenFile {
    private let descriptor: Int32
    private let path: String

    /// Opens a file whose links have been followed already. Throws `notYet` if there is none, `permission` if it may
    /// not be read, `refused` if it is not a regular file.
    init(_ path: String) throws(PortFailure) {
        // Without O_NONBLOCK, a pipe in place of the file would hang us.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        self.path = path
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw PortFailure(.refused, "\(path) is not a file")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes, nil at the end.
    func chunk(_ size: Int = 64 << 10) throws(PortFailure) -> [UInt8]? {
        while true {
            var code: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                let got = read(descriptor, buffer.baseAddress, size)
                code = got < 0 ? errno : 0
                count = max(got, 0)
            }
            if code == EINTR { continue }
            guard code == 0 else { throw Self.failure(path, code) }
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// All bytes from here on.
    func rest() throws(PortFailure) -> [UInt8] {
        var all: [UInt8] = []
        while let more = try chunk() { all += more }
        return all
    }

    /// The failure for an error number.
    static func failure(_ path: String, _ code: Int32) -> PortFailure {
        switch code {
        case ENOENT, ENOTDIR: PortFailure(.notYet, "there is no file \(path)", isRetryable: true)
        case EACCES, EPERM: PortFailure(.permission, "\(path) may not be read: \(systemWords(code))")
        case EMFILE, ENFILE, ENOMEM:
            PortFailure(.exhausted, "\(path) cannot be read: \(systemWords(code))", isRetryable: true)
        default: PortFailure(.refused, "\(path) cannot be read: \(systemWords(code))")
        }
    }
}
