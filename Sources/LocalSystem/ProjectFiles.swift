public import Engine
import SuretyCore

/// The files that declarations may name: those below the folder that holds the project.
public struct ProjectFiles: Files {
    /// The project's folder, with links followed.
    public let project: String
    /// The folder around it, which no path leaves.
    public let boundary: String

    /// The files around a project.
    public init(_ folder: ProjectFolder) {
        self.project = folder.path
        self.boundary = folder.parent
    }

    /// The file's bytes; the path is relative to the project, or absolute. Throws `notYet` if there is none, `refused`
    /// if it lies outside, links followed, or is not a regular file.
    public func read(_ path: String) throws(PortFailure) -> [UInt8] {
        try OpenFile(resolve(path)).rest()
    }

    /// Whether there is such a file inside the boundary.
    public func exists(_ path: String) -> Bool { (try? resolve(path)) != nil }

    /// A CSV file's columns and rows. Throws as `read` does, and `refused` if the delimiter cannot be one or the header
    /// cannot be read; reading rows throws `conflict` if the header changed since.
    public func table(
        _ path: String, delimiter: Character, null: String?
    ) throws(PortFailure) -> FileTable {
        guard let format = CSVFormat(delimiter: delimiter, null: null) else {
            throw PortFailure(
                .refused, "\(path): a delimiter is one ASCII character, and neither a quote nor a line end")
        }
        let columns = try CSVFile(resolve(path), shown: path, format).columns
        return FileTable(columns: columns) {
            let file = try CSVFile(resolve(path), shown: path, format)
            guard file.columns == columns else {
                throw PortFailure(
                    .conflict, "the header of \(path) changed while it was read", isRetryable: true)
            }
            return file
        }
    }

    /// The real path of an existing file.
    public func resolve(_ path: String) throws(PortFailure) -> String {
        let outside = PortFailure(
            .refused, "\(path) lies outside \(boundary)",
            hint: "Files that a project names stay inside the folder that holds the project.")
        switch ResolvedPath(ResolvedPath.join(project, path)) {
        case .found(let real):
            guard ResolvedPath.isInside(real, boundary) else { throw outside }
            return real
        case .missing(let nearest):
            guard ResolvedPath.isInside(nearest, boundary) else { throw outside }
            throw PortFailure(.notYet, "there is no file \(path)", isRetryable: true)
        case .failed(let code): throw OpenFile.failure(path, code)
        }
    }
}
