public import Engine
public import SuretyCore

/// Runs the programs that declarations name, without a shell.
public struct SystemProcesses: Processes {
    private let folder: String
    private let inherited: [String: String]
    private let grace: Duration

    /// Programs run in a folder with what the allow-list lets through of an environment. A program that is to end is
    /// given `grace` between the polite signal and the other.
    public init(
        in folder: String, environment: [String: String], grace: Duration = .seconds(10)
    ) {
        self.folder = folder
        self.inherited = environment.filter { Self.isAllowed($0.key) }
        self.grace = grace
    }

    /// Runs a program in its own process group, with nothing on its standard input.
    ///
    /// Both outputs are merged and handed on line by line, at most 16 kB each and without control characters. When the
    /// program has ended, what is left of its group is killed. Throws `refused` if there is no such program and
    /// `cancelled` when the task was cancelled, in both cases with nothing left running.
    public func run(
        _ arguments: [String], environment: [String: String], timeout: Period?,
        saying: @escaping @Sendable (String) -> Void
    ) async throws(PortFailure) -> ProcessEnd {
        var program = Program(arguments, in: folder)
        program.environment = inherited.merging(environment) { _, given in given }
        program.timeout = timeout.map { .seconds($0.seconds) }
        program.grace = grace
        return try await program.run(saying: saying)
    }

    /// Whether a variable of the present environment is handed on: what programs need to find themselves, and no
    /// secrets.
    static func isAllowed(_ name: String) -> Bool {
        ["PATH", "HOME", "LANG", "TZ", "TMPDIR"].contains(name) || name.hasPrefix("LC_")
    }
}
