import Declarations
import Engine
import Foundation
import LocalSystem
import Logging
import Outbound
import Presentation
import SuretyCore
import Synchronization

/// A project that was found and read, and the way to its world.
struct Workspace {
    let folder: ProjectFolder
    let project: ReadProject
    let clock: any WallClock
    let environment: [String: String]
    /// The paths of the files that were read, absolute.
    let files: [String]

    /// Finds and reads the project; errors of the declarations are findings, not thrown.
    init(_ options: GlobalOptions, now: String? = nil, announces: Bool = true) throws(CommandFailure) {
        let environment = ProcessInfo.processInfo.environment
        let read = Mutex<Set<String>>([])
        do throws(PortFailure) {
            let folder = try ProjectFolder(
                options.project, from: FileManager.default.currentDirectoryPath)
            let source = ProjectSource(
                folder: folder.path, files: try folder.declarationFiles(),
                read: { path in
                    read.withLock { _ = $0.insert("\(folder.path)/\(path)") }
                    return try? folder.read(path)
                }, environment: { environment[$0] },
                secretFile: { try? folder.secret($0) })
            self.folder = folder
            self.project = ProjectReader(
                source: source, environmentName: options.env ?? environment["SURETY_ENV"]
            ).read()
            self.environment = environment
            self.files = read.withLock { $0.sorted() }
        } catch {
            // A folder without a project is a project that cannot be read.
            guard error.kind == .notYet || error.kind == .refused else { throw CommandFailure(error) }
            let place = SourceLocation(file: options.project ?? "surety.yaml", line: 1, column: 1)
            let finding = Finding(.error, at: place, error.message, hint: error.hint)
            throw InvalidDeclarations.failure([finding], plain: finding.description)
        }
        self.clock = try Workspace.clock(now, environment)
        if announces { announceClock(json: options.json) }
    }

    /// Every output begins with a line about a simulated clock; beside a document it is said on standard error.
    func announceClock(json: Bool) {
        guard clock.simulatedOffset != nil else { return }
        let line = "simulated clock: \(clock.now())\n"
        if json { Console.standard.warn(line) } else { Console.standard.say(line) }
    }

    private static func clock(
        _ now: String?, _ environment: [String: String]
    ) throws(CommandFailure) -> any WallClock {
        let clock: SystemClock
        do throws(PortFailure) {
            clock = try SystemClock(environment: environment)
        } catch {
            throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
        }
        guard let now else { return clock }
        guard let instant = Instant(rfc3339: now) else {
            throw CommandFailure(
                .usage, kind: "usage", "--now \(now) is no RFC 3339 instant",
                hint: "Write it like 2026-11-20T08:00:00Z.")
        }
        return StandingClock(instant: instant, clock: clock)
    }

    /// The catalogue, or a failure that prints every finding.
    func catalog() throws(CommandFailure) -> Catalog {
        guard let catalog = project.catalog else {
            let findings = project.findings.map { "\($0)\n" }.joined()
            throw InvalidDeclarations.failure(project.findings, plain: findings)
        }
        return catalog
    }

    /// Ends with the place of a setting whose environment variable is not set.
    private func require(_ setting: Secret, _ key: String) throws(CommandFailure) {
        guard let name = setting.unset.first else { return }
        let told = unsetVariables.first { $0.message.contains("`\(name)`") }
        let place = told?.location ?? SourceLocation(file: "surety.yaml", line: 1, column: 1)
        let finding = Finding(
            .error, at: place, told?.message ?? "`\(key)` needs \(name), which is not there",
            hint: told?.hint ?? "")
        throw InvalidDeclarations.failure([finding], plain: "\(finding)\n")
    }

    /// The warnings about environment variables that are not set.
    var unsetVariables: [Finding] { project.findings.filter { $0.message.hasSuffix("is not set") } }

    /// The world of the project: warehouse, state and everything else that has effects.
    ///
    /// The warehouse's own schema is made where it is missing, unless only a look is wanted.
    func surroundings(
        prepares: Bool = true, logging level: Logger.Level = .warning
    ) async throws(CommandFailure) -> Surroundings {
        let catalog = try catalog()
        try require(catalog.project.state, "state")
        try require(catalog.project.mainWarehouse.url, "warehouses.main")
        var logger = Logger(label: "surety") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        let clock = clock
        let identities = SystemIdentities(clock: clock)
        let adapters = Adapters(catalog: catalog, clock: clock, logger: logger)
        do throws(PortFailure) {
            let state = try await adapters.state()
            let warehouse = try await adapters.warehouse(prepares: prepares)
            let surroundings = Surroundings(
                catalog: catalog, declarations: project.text, warehouse: warehouse, state: state,
                clock: clock, identities: identities,
                processes: SystemProcesses(in: folder.path, environment: environment),
                files: ProjectFiles(folder), refresher: HTTPRefresher(clock: clock),
                messenger: ChannelMessenger(folder: folder.path, clock: clock, writer: PresentedAlerts()),
                logger: logger,
                person: environment["SURETY_USER"] ?? environment["USER"] ?? "unknown")
            try await DeadRuns(surroundings).end()
            return surroundings
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The project with the same state, warehouse and everything else as one that was read before.
    func surroundings(like other: Surroundings, _ catalog: Catalog) -> Surroundings {
        Surroundings(
            catalog: catalog, declarations: project.text, warehouse: other.warehouse, state: other.state,
            clock: other.clock, identities: other.identities, processes: other.processes, files: other.files,
            refresher: other.refresher, messenger: other.messenger, logger: other.logger,
            person: other.person)
    }

    /// Keeps the state for one service: beside its file, or in the project where the state is no file.
    func lock(listening address: String) throws(CommandFailure) -> ServiceLock {
        let url = try catalog().project.state.reveal()
        let path =
            url.hasPrefix("sqlite:")
            ? URL(fileURLWithPath: String(url.dropFirst("sqlite:".count))).resolvingSymlinksInPath().path
                + ".serve" : "\(folder.path)/.surety/serve.lock"
        do throws(PortFailure) {
            return try ServiceLock(
                path: path,
                holder: "process \(ProcessInfo.processInfo.processIdentifier) on http://\(address)")
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// A clock that stands still, for looking at the world as of an instant.
private struct StandingClock: WallClock {
    let instant: Instant
    let clock: SystemClock

    func now() -> Instant { instant }
    func sleep(seconds: Double) async throws { try await clock.sleep(seconds: seconds) }
    var simulatedOffset: Int64? { clock.simulatedOffset }
}

/// The failure of declarations that cannot be used; with `--json` it is the document of `validate`.
enum InvalidDeclarations {
    /// The failure of a folder that cannot be read as a project.
    static func failure(_ error: PortFailure, in folder: String?) -> CommandFailure {
        let place = SourceLocation(file: (folder.map { "\($0)/" } ?? "") + "surety.yaml", line: 1, column: 1)
        let hint = error.hint.isEmpty ? "" : " \(error.hint)"
        return failure(
            [Finding(.error, at: place, error.message, hint: error.hint)],
            plain: "error: \(error.message).\(hint)\n")
    }

    static func failure(_ findings: [Finding], plain: String) -> CommandFailure {
        let isJSON = CommandLine.arguments.contains("--json")
        if isJSON {
            Console.standard.say(FindingsDocument.json(findings).document)
            Console.standard.exit(.invalid)
        }
        return CommandFailure(.invalid, kind: "declarations", "the declarations are invalid", plain: plain)
    }
}
