import SuretyCore

/// The state of reading one project: what was found so far, and what later sections need to know.
final class Reading {
    /// Where the project comes from.
    let source: ProjectSource
    /// Errors and warnings in the order in which they were found.
    private(set) var findings: [Finding] = []
    /// Whether some file could not be read, so that names may be missing through no fault of those who use them.
    var isPartial = false
    /// The project's zone.
    var zone = Zone.utc
    /// Calendars by id.
    var calendars: [CalendarID: BusinessCalendar] = [:]
    /// Where each id of each kind is declared.
    var declared: [Kind: [String: SourceLocation]] = [:]
    /// The texts of other files that declarations name, by path relative to the project.
    private(set) var attachments: [String: String] = [:]
    private var seen: Set<Finding> = []
    private var perFile: [String: Int] = [:]
    private let substitution: Substitution

    /// A kind of thing that has ids.
    enum Kind: String, Hashable {
        case calendar, owner, channel, promise, asset, consumer, target, pool, warehouse
    }

    /// Most findings told of one file.
    static let findingLimit = 200

    /// Reading from a source.
    init(_ source: ProjectSource) {
        self.source = source
        self.substitution = Substitution(
            environment: source.environment, secretFile: source.secretFile)
    }

    /// Notes an error.
    func error(_ place: SourceLocation, _ message: String, hint: String = "") {
        add(Finding(.error, at: place, message, hint: hint))
    }

    /// Notes a warning.
    func warning(_ place: SourceLocation, _ message: String, hint: String = "") {
        add(Finding(.warning, at: place, message, hint: hint))
    }

    /// Notes that a name is declared nowhere, unless a file that may declare it could not be read.
    func unresolved(_ place: SourceLocation, _ message: String, hint: String = "") {
        if !isPartial { error(place, message, hint: hint) }
    }

    private func add(_ finding: Finding) {
        // What is wrong with a declaration `for_each` of some values is told once.
        guard seen.insert(finding).inserted else { return }
        let count = perFile[finding.location.file, default: 0] + 1
        perFile[finding.location.file] = count
        if count <= Reading.findingLimit { findings.append(finding) }
        if count == Reading.findingLimit + 1 {
            let place = SourceLocation(file: finding.location.file, line: finding.location.line, column: 1)
            findings.append(
                Finding(.error, at: place, "there is more wrong with this file", hint: "Mend the rest first.")
            )
        }
    }

    /// Whether there are errors.
    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// A text with its variables filled in; nil, with an error, when it is no text.
    func written(_ node: YamlNode, _ what: String) -> Written? {
        guard let raw = node.scalar else {
            error(node.location, "\(what) must be text, not \(node.kind)")
            return nil
        }
        guard !node.isBlank else {
            error(node.location, "\(what) has no value", hint: "Write one, or leave the key out.")
            return nil
        }
        do {
            let filled = try substitution.fill(raw)
            for name in filled.unset {
                let isFile = name.hasPrefix("file:")
                warning(
                    node.location,
                    isFile
                        ? "the file `\(name.dropFirst(5))` of \(what) cannot be read"
                        : "the environment variable `\(name)` of \(what) is not set",
                    hint: isFile ? "" : "Set it, or give a default: `${\(name):-…}`.")
            }
            return Written(
                raw: raw, text: filled.text, location: node.location, isSecret: filled.isSecret,
                unset: filled.unset)
        } catch {
            self.error(node.location, error.message, hint: "`$${` is a literal `${`.")
            return nil
        }
    }

    /// The text of a file that a declaration names; nil, with an error at the naming place, when there is none.
    func attachment(_ path: Written, _ what: String) -> (text: String, path: String)? {
        guard let resolved = projectPath(path, what) else { return nil }
        if let text = attachments[resolved] { return (text, resolved) }
        guard let bytes = source.read(resolved) else {
            error(
                path.location, "there is no file `\(path.shown)`",
                hint: "The path is relative to the file that names it.")
            return nil
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: body, as: UTF8.self), !text.utf8.contains(0) else {
            error(path.location, "the file `\(path.shown)` is not UTF-8 text")
            return nil
        }
        attachments[resolved] = text
        return (text, resolved)
    }

    /// A path relative to the project; nil, with an error, when it leaves the project's parent.
    func projectPath(_ path: Written, _ what: String) -> String? {
        let resolved =
            path.isSecret
            ? ProjectPath.resolve(path.text) : ProjectPath.resolve(path.text, from: path.location.file)
        guard let resolved else {
            error(
                path.location,
                path.text.hasPrefix("/")
                    ? "the path `\(path.shown)` is absolute"
                    : "the path `\(path.shown)` leaves the project's parent",
                hint: "\(what) is a path relative to this file, inside the project's parent.")
            return nil
        }
        return resolved
    }

    /// Notes the place of an id; an error when it is taken.
    func declare(_ kind: Kind, _ id: String, at place: SourceLocation) -> Bool {
        if let first = declared[kind]?[id] {
            error(
                place, "the \(kind.rawValue) `\(abbreviated(id))` is declared twice",
                hint: "First at \(first).")
            return false
        }
        declared[kind, default: [:]][id] = place
        return true
    }

    /// Whether an id is declared, with an error where it is used when it is not.
    @discardableResult
    func check(_ kind: Kind, _ name: Written) -> Bool {
        let known = declared[kind] ?? [:]
        if known[name.text] != nil { return true }
        let hint = name.isSecret ? "" : Nearest.hint(for: name.text, among: known.keys.sorted())
        let article = "aeiou".contains(kind.rawValue.prefix(1)) ? "an" : "a"
        unresolved(
            name.location, "there is no \(kind.rawValue) `\(name.shown)`",
            hint: hint.isEmpty ? "Declare \(article) \(kind.rawValue) with this id." : hint)
        return false
    }
}
