import ArgumentParser
import Declarations
import Engine
import Foundation
import PostgresClient
import PostgresWarehouse
import Presentation
import SuretyCore

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Begin a project.",
        discussion: """
            Writes a small valid project to go on from. With --from it reads the catalogue of a PostgreSQL database and
            proposes its tables as sources with checks, and a promise; nothing is changed there. Existing files are never
            overwritten.

              surety init
              surety init my-project --from postgres://me@localhost/warehouse
            """)

    @Argument(help: "The folder to make it in. Default: --project, else checks.") var folder: String?
    @Option(help: "A PostgreSQL database whose tables are proposed as sources: postgres://…") var from:
        String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let place = folder ?? options.project ?? "checks"
        let name = URL(fileURLWithPath: place).standardizedFileURL.lastPathComponent
        let project = name == "checks" || name == "/" ? "my-project" : name
        let files: [NewFile] =
            if let from { try await proposed(from, project) } else { Scaffold.files(project: project) }
        try refuseInvalid(files)
        try write(files, below: place)
        let next = next(place)
        console.say(
            options.json
                ? JSONValue.object([
                    "init": .object([
                        "folder": .string(place), "files": .strings(files.map(\.path)),
                        "next": .strings(next),
                    ])
                ]).document
                : files.map { "wrote \(place)/\($0.path)\n" }.joined() + "Next:\n"
                    + next.map { "  \($0)\n" }.joined())
    }

    private func next(_ place: String) -> [String] {
        let option = folder == nil && options.project == nil ? "" : " --project \(place)"
        let promise = from == nil ? "orders-by-8" : "first-promise"
        let connect =
            from == nil ? [] : ["export SURETY_WAREHOUSE=postgres://…    # the address that you gave"]
        return connect + [
            "surety validate\(option)", "surety plan \(promise)\(option)", "surety run \(promise)\(option)",
        ]
    }

    private func proposed(_ address: String, _ project: String) async throws -> [NewFile] {
        guard address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") else {
            throw CommandFailure(
                .usage, kind: "usage", "--from takes the address of a PostgreSQL database",
                hint: "Write it like postgres://me@localhost/warehouse.")
        }
        let tables = try await attempting { () async throws(PortFailure) -> [TableInfo] in
            try await self.tables(at: address)
        }
        guard let files = Proposal(tables).files(project: project) else {
            throw CommandFailure(
                .no, kind: "empty", "this role sees no table there",
                hint: "Name another database, or give the role USAGE on its schemas.")
        }
        return files
    }

    private func tables(at address: String) async throws(PortFailure) -> [TableInfo] {
        let pool: PostgresPool
        do {
            pool = PostgresPool(try PostgresSettings(address), limit: 1)
        } catch {
            throw PortFailure(
                .unreachable, "\(error)", hint: "Write it like postgres://me@localhost/warehouse.")
        }
        let tables: [TableInfo]
        do throws(PortFailure) {
            tables = try await PostgresWarehouse(pool: pool).tables()
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
        return tables
    }

    /// What is written is read first, so that a project never begins with an error.
    private func refuseInvalid(_ files: [NewFile]) throws {
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, Array($0.text.utf8)) })
        let source = ProjectSource(
            folder: "/", files: texts.keys.filter { $0.hasSuffix(".yaml") }, read: { texts[$0] },
            environment: { _ in nil }, secretFile: { _ in nil })
        let findings = ProjectReader(source: source).read().errors
        guard findings.isEmpty else {
            throw InvalidDeclarations.failure(findings, plain: findings.map { "\($0)\n" }.joined())
        }
    }

    private func write(_ files: [NewFile], below place: String) throws {
        let folder = URL(fileURLWithPath: place)
        let existing = files.filter {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0.path).path)
        }
        guard existing.isEmpty else {
            let names = existing.map { "\(place)/\($0.path)" }.joined(separator: ", ")
            throw CommandFailure(
                .conflict, kind: "conflict", "\(names) is there already; nothing was written",
                hint: "Name another folder.")
        }
        do {
            for file in files {
                let url = folder.appendingPathComponent(file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
            }
        } catch {
            throw CommandFailure(
                .permission, kind: "permission", "\(place) cannot be written: \(error.localizedDescription)")
        }
    }
}
