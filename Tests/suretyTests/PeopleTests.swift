import Foundation
import Testing

/// What only the catalogue of the warehouse can tell about declarations.
@Suite(.timeLimit(.minutes(30))) struct CatalogueTests {
    @Test func `hours of a column without a zone are refused where the catalogue tells`() async throws {
        let program = try SmallProject.program(
            """
            assets:
              raw.maker:
                owner: ana
                build: {sql: sql/maker.sql, write: script}
              raw.h:
                owner: ana
                interval: hour of at
                stop: [rows > 0]
            """, files: ["checks/sql/maker.sql": "CREATE TABLE raw.h (at timestamp)"])
        #expect(try await program.run("validate").code == 0)
        #expect(try await program.run("run", "raw.maker").code == 0)
        let refused = try await program.run("validate")
        #expect(refused.code == 3, "\(refused)")
        #expect(refused.errors.contains("are not clear where clocks change"), "\(refused)")
    }
}

/// What people decide, and what becomes of it.
@Suite(.timeLimit(.minutes(30))) struct PeopleTests {
    private static let sections = """
        assets:
          raw.maker:
            owner: ana
            build: {sql: sql/maker.sql, write: script}
          raw.t:
            owner: ana
            stop:
              - id not null
              - columns unchanged
        """

    @Test func `accepting changed columns makes them what is compared with`() async throws {
        let program = try SmallProject.program(
            Self.sections,
            files: ["checks/sql/maker.sql": "CREATE TABLE raw.t (id integer); INSERT INTO raw.t VALUES (1)"])
        #expect(try await program.run("run", "raw.maker").code == 0)
        let first = try await program.run("run", "raw.t")
        #expect(first.code == 0, "\(first)")

        try program.folder.write("checks/sql/maker.sql", "ALTER TABLE raw.t ADD COLUMN name text")
        #expect(try await program.run("run", "raw.maker", "--again").code == 0)
        #expect(try await program.run("check", "raw.t").code == 1)
        let accepted = try await program.run(
            "accept", "columns unchanged", "--asset", "raw.t", "--reason", "The name is welcome.")
        #expect(accepted.code == 0, "\(accepted)")
        let after = try await program.run("check", "raw.t")
        #expect(after.code == 0, "\(after)")
        #expect(try await program.run("run", "raw.t").code == 0)

        try program.folder.write("checks/sql/maker.sql", "ALTER TABLE raw.t ADD COLUMN other text")
        #expect(try await program.run("run", "raw.maker", "--again").code == 0)
        let other = try await program.run("check", "raw.t")
        #expect(other.code == 1, "\(other)")
    }
}
