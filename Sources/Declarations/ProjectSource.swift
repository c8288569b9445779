/// Where a project's declarations come from: names of files, and ways to read them.
public struct ProjectSource: Sendable {
    /// The absolute path of the project's folder.
    public let folder: String
    /// Every `.yaml` and `.yml` file below the folder, hidden folders left out, relative to it.
    public let files: [String]
    /// Reads a file by its path relative to the folder, which may begin with `../`; nil if it cannot be read.
    public let read: @Sendable (String) -> [UInt8]?
    /// The value of an environment variable; nil if it is not set.
    public let environment: @Sendable (String) -> String?
    /// Reads the text of a secret's file; nil if it cannot be read.
    public let secretFile: @Sendable (String) -> String?

    /// A source that reads by closures.
    public init(
        folder: String, files: [String], read: @escaping @Sendable (String) -> [UInt8]?,
        environment: @escaping @Sendable (String) -> String?,
        secretFile: @escaping @Sendable (String) -> String?
    ) {
        self.folder = folder
        self.files = files
        self.read = read
        self.environment = environment
        self.secretFile = secretFile
    }
}
