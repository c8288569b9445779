/// Paths as declarations name them.
enum ProjectPath {
    /// The path relative to the project of what a file names; nil if it leaves the project's parent or is absolute.
    static func resolve(_ path: String, from file: String) -> String? {
        guard !path.isEmpty, !path.hasPrefix("/"), !path.contains("\0") else { return nil }
        return normal(file.split(separator: "/").dropLast().map(String.init), path)
    }

    /// The path relative to the project of what the environment names.
    static func resolve(_ path: String) -> String? { resolve(path, from: "surety.yaml") }

    /// An absolute path: as it is, else below the project's folder.
    static func absolute(_ relative: String, in folder: String) -> String {
        var parts = folder.split(separator: "/").map(String.init)
        for part in relative.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    private static func normal(_ folders: [String], _ path: String) -> String? {
        var parts: [String] = []
        for part in folders + path.split(separator: "/").map(String.init) {
            switch part {
            case ".": continue
            case "..":
                if let last = parts.last, last != ".." { parts.removeLast() } else { parts.append("..") }
            default: parts.append(part)
            }
        }
        guard parts.prefix(2) != ["..", ".."] else { return nil }
        return parts.joined(separator: "/")
    }
}
