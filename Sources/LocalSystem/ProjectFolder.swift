public import Engine
import Foundation

/// The folder of a project: the one that holds `surety.yaml`.
public struct ProjectFolder: Hashable, Sendable {
    /// Its absolute path, with links followed.
    public let path: String
    /// The folder around it.
    public var parent: String {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The folder given, or the nearest one from `workingDirectory` upwards that holds `surety.yaml`, or `checks` in it.
    /// Throws `notYet` naming the path when there is no `surety.yaml`.
    public init(_ given: String?, from workingDirectory: String) throws(PortFailure) {
        if let given {
            try self.init(at: ResolvedPath.join(workingDirectory, given), shown: given)
            return
        }
        guard case .found(var folder) = ResolvedPath(workingDirectory) else {
            throw PortFailure(.notYet, "there is no folder \(workingDirectory)")
        }
        while true {
            if Self.holdsProject(folder) {
                self.init(real: folder)
                return
            }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { break }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
        try self.init(at: ResolvedPath.join(workingDirectory, "checks"), shown: "checks")
    }

    private init(at path: String, shown: String) throws(PortFailure) {
        let hint = "Name the project's folder with --project, or make one with `surety init`."
        guard case .found(let real) = ResolvedPath(path) else {
            throw PortFailure(.notYet, "there is no folder \(path)", hint: hint)
        }
        guard Self.holdsProject(real) else {
            throw PortFailure(.notYet, "there is no surety.yaml in \(real)", hint: hint)
        }
        self.init(real: real)
    }

    private init(real: String) { self.path = real }

    private static func holdsProject(_ folder: String) -> Bool {
        var status = stat()
        return stat(ResolvedPath.join(folder, "surety.yaml"), &status) == 0
            && status.st_mode & S_IFMT == S_IFREG
    }

    /// The paths of all `*.yaml` and `*.yml` files below the folder, relative to it and sorted; hidden files and folders
    /// are skipped, links followed, each file once; folders reached by a link out of the project are left alone. Throws
    /// `refused` for a declaration that is a link out of the project or to nowhere.
    public func declarationFiles() throws(PortFailure) -> [String] {
        var walk = Walk(root: path)
        try walk.enter(path)
        return walk.files.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The bytes of a file below the folder's parent; the path is relative to the folder.
    public func read(_ file: String) throws(PortFailure) -> [UInt8] { try ProjectFiles(self).read(file) }

    /// The text that `${file:PATH}` stands for: the file's, without the line end at its end. The path is absolute, or
    /// relative to the folder, and may lie anywhere; at most 64 KiB are taken.
    public func secret(_ file: String) throws(PortFailure) -> String {
        let place = ResolvedPath.join(path, file)
        guard case .found(let real) = ResolvedPath(place) else {
            throw PortFailure(.notYet, "there is no file \(place)")
        }
        let bytes = try OpenFile(real).rest()
        guard bytes.count <= 64 << 10, let text = String(validating: bytes, as: UTF8.self) else {
            throw PortFailure(.refused, "\(place) is not a text of at most 64 KiB")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { return String(text.dropLast()) }
        return text
    }

    /// A walk through the folders of a project.
    private struct Walk {
        let root: String
        /// The path shown of each real path.
        var files: [String: String] = [:]
        private var entered: Set<String> = []

        init(root: String) { self.root = root }

        mutating func enter(_ folder: String) throws(PortFailure) {
            guard entered.insert(folder).inserted else { return }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
                throw PortFailure(.permission, "the folder \(folder) may not be read")
            }
            for name in names where !name.hasPrefix(".") {
                try visit(ResolvedPath.join(folder, name), isDeclaration: Self.isDeclaration(name))
            }
        }

        private mutating func visit(_ place: String, isDeclaration: Bool) throws(PortFailure) {
            let shown = ResolvedPath.relative(place, to: root)
            guard case .found(let real) = ResolvedPath(place) else {
                guard isDeclaration else { return }
                throw PortFailure(.refused, "\(shown) is a link that leads nowhere")
            }
            var status = stat()
            guard stat(real, &status) == 0 else { return }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            guard isFolder || isDeclaration else { return }
            guard ResolvedPath.isInside(real, root) else {
                guard isDeclaration else { return }
                throw PortFailure(
                    .refused, "\(shown) is a link to \(real), outside the project",
                    hint: "Put the file itself into the project.")
            }
            if isFolder { return try enter(real) }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw PortFailure(.refused, "\(shown) is not a regular file")
            }
            let itself = ResolvedPath.relative(real, to: root)
            let candidates = [files[real], shown].compactMap { $0 }
            files[real] = candidates.min { Self.rank($0, itself) < Self.rank($1, itself) }
        }

        /// Of several paths to one file, `surety.yaml` is shown before the file's own, and that before any link.
        private static func rank(_ shown: String, _ itself: String) -> (Int, String) {
            (shown == "surety.yaml" ? 0 : shown == itself ? 1 : 2, shown)
        }

        private static func isDeclaration(_ name: String) -> Bool {
            name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        }
    }
}
