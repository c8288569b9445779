import Foundation

/// What `realpath` says of a path.
enum ResolvedPath {
    /// It exists: absolute, without links and dots.
    case found(String)
    /// It does not exist; `nearest` is the real path of the deepest folder on the way that does.
    case missing(nearest: String)
    /// It cannot be found out, with the number of the error.
    case failed(Int32)

    /// Follows all links of an absolute path.
    init(_ path: String) {
        if let real = Self.real(path) {
            self = .found(real)
            return
        }
        guard errno == ENOENT || errno == ENOTDIR else {
            self = .failed(errno)
            return
        }
        var folder = path[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if let real = Self.real(folder.isEmpty ? "/" : String(folder)) {
                self = .missing(nearest: real)
                return
            }
        }
        self = .missing(nearest: "/")
    }

    /// Whether a real path is a folder or lies below it.
    static func isInside(_ path: String, _ folder: String) -> Bool {
        folder == "/" || path == folder || path.hasPrefix(folder + "/")
    }

    /// The path of `path` as seen from `folder`: itself if it is absolute.
    static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : (folder == "/" ? "" : folder) + "/" + path
    }

    /// What remains of a path below a folder.
    static func relative(_ path: String, to folder: String) -> String {
        String(decoding: path.utf8.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1), as: UTF8.self)
    }

    private static func real(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}

/// The system's words for an error number.
func systemWords(_ code: Int32) -> String { String(cString: strerror(code)) }
