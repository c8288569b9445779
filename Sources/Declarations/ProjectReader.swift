import SuretyCore

/// Reads a project's declarations: text in, a catalogue or located errors out.
public struct ProjectReader {
    private let source: ProjectSource
    private let environmentName: String?

    /// Reads from a source, with the overlay `surety.<environmentName>.yaml` if one is named.
    public init(source: ProjectSource, environmentName: String? = nil) {
        self.source = source
        self.environmentName = environmentName
    }

    /// Reads everything, and finds all errors at once.
    public func read() -> ReadProject {
        let reading = Reading(source)
        guard source.files.contains("surety.yaml") else {
            reading.error(
                SourceLocation(file: "surety.yaml", line: 1, column: 1),
                "there is no `surety.yaml` in \(source.folder)",
                hint: "Name the project's folder with `--project`, or begin one with `surety init`.")
            return ReadProject(catalog: nil, findings: reading.findings, text: "")
        }
        var files = FileReader(reading: reading)
        let others = source.files.sorted().filter { $0 != "surety.yaml" && !isOverlay($0) }
        let roots = (["surety.yaml"] + others).compactMap { files.root($0) }
        let overlay = overlay(&files)
        let sections = Sections(files: roots, overlay: overlay, in: reading)
        let catalog = CatalogReader(reading: reading, sections: sections).catalog()
        let findings = reading.findings.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
        let text = files.texts + reading.attachments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return ReadProject(
            catalog: reading.hasErrors ? nil : catalog, findings: findings,
            text: text.map { "--- \($0.0)\n\($0.1)\n" }.joined())
    }

    /// Whether a file is an overlay, of this environment or another.
    private func isOverlay(_ path: String) -> Bool {
        let parts = path.split(separator: ".")
        return parts.count == 3 && parts[0] == "surety" && !path.contains("/")
    }

    private func overlay(_ files: inout FileReader) -> YamlNode? {
        guard let name = environmentName else { return nil }
        let paths = ["surety.\(name).yaml", "surety.\(name).yml"]
        guard let path = paths.first(where: source.files.contains) else {
            files.reading.error(
                SourceLocation(file: paths[0], line: 1, column: 1), "there is no overlay `\(paths[0])`",
                hint: "Write it, or leave out `--env \(name)`.")
            return nil
        }
        return files.root(path)
    }
}

/// Reads files into their values, and keeps their texts.
struct FileReader {
    /// Where findings go.
    let reading: Reading
    /// The texts that were read, in order, with their paths.
    private(set) var texts: [(String, String)] = []

    /// Reads files for a reading.
    init(reading: Reading) { self.reading = reading }

    /// The value of a file; nil, with one error unless it is empty, when there is none.
    mutating func root(_ path: String) -> YamlNode? {
        guard let bytes = reading.source.read(path) else {
            reading.isPartial = true
            reading.error(SourceLocation(file: path, line: 1, column: 1), "the file cannot be read")
            return nil
        }
        do throws(YamlProblem) {
            let text = try YamlBytes.text(bytes)
            texts.append((path, text))
            return try YamlParser.tree(of: YamlFile(path: path, text: text))
        } catch {
            reading.isPartial = true
            reading.error(
                SourceLocation(file: path, line: error.mark.line, column: error.mark.column), error.message,
                hint: error.hint)
            return nil
        }
    }
}
