import Foundation
import Testing

/// Steps that run a program, whose effect no transaction of ours takes back.
@Suite(.timeLimit(.minutes(30))) struct CommandStepTests {
    /// The program notes each of its runs and its fence, makes the data unless told not to, and its check can be made to
    /// fail.
    private static let sections = """
        assets:
          ext.data:
            owner: ana
            build: {sql: sql/data.sql, write: script}
          ext.x:
            owner: ana
            interval: day of day
            build:
              command: [sh, -c, "echo $SURETY_IDEMPOTENCY_KEY >> ../effects.txt; sleep 0.2"]
            stop:
              - row "id > 0"
        """

    private func program(_ value: Int) throws -> Program {
        try SmallProject.program(Self.sections, files: ["checks/sql/data.sql": Self.sql(value)])
    }

    private static func sql(_ value: Int) -> String {
        "DROP TABLE IF EXISTS ext.x; CREATE TABLE ext.x (id integer, day date); "
            + "INSERT INTO ext.x VALUES (\(value), '2026-11-19')"
    }

    private func effects(_ program: Program) -> Int {
        let file = program.folder.url.appendingPathComponent("effects.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count
    }

    @Test func `five runs at once make one effect`() async throws {
        let program = try program(1)
        #expect(try await program.run("run", "ext.data").code == 0)
        let codes = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<5 {
                group.addTask { try await program.run("run", "ext.x", "--for", "2026-11-19").code }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.allSatisfy { $0 == 0 || $0 == 7 }, "\(codes)")
        #expect(codes.contains(0))
        #expect(effects(program) == 1)
    }

    @Test
    func `an effect that its checks refuse is made again once what was wrong is mended, and then no more`()
        async throws
    {
        let program = try program(-1)
        #expect(try await program.run("run", "ext.data").code == 0)
        #expect(try await program.run("run", "ext.x", "--for", "2026-11-19").code == 1)
        #expect(effects(program) == 1)
        try program.folder.write("checks/sql/data.sql", Self.sql(1))
        #expect(try await program.run("run", "ext.data", "--again").code == 0)
        let mended = try await program.run("run", "ext.x", "--for", "2026-11-19")
        #expect(mended.code == 0, "\(mended)")
        #expect(effects(program) == 2)
        #expect(try await program.run("run", "ext.x", "--for", "2026-11-19", "--again").code == 0)
        #expect(effects(program) == 3)
    }
}
