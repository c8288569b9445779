import Foundation
import Testing

/// What a person is shown before a backfill.
@Suite(.timeLimit(.minutes(30))) struct BackfillTests {
    @Test func `the preview tells what is replaced, what reopens, how long it takes and what it endangers`()
        async throws
    {
        var program = try Program.onSample(at: "2026-03-31T05:35:00+01:00")
        #expect(try await program.run("run", "revenue-by-8").code == 0)
        program.environment["SURETY_CLOCK"] = "2026-04-01T07:50:00+01:00"
        let file = program.folder.url.appendingPathComponent("checks/sql/revenue_daily.sql")
        let sql = try String(contentsOf: file, encoding: .utf8)
        try Data((sql + "\n-- changed\n").utf8).write(to: file)
        program.environment["SURETY_USER"] = "ana"
        let words = ["backfill", "mart.revenue_daily", "--for", "2026-03-30", "--stale", "--dry-run"]
        let preview = try await program.run(words)
        #expect(preview.code == 0, "\(preview)")
        for line in [
            "note on mart.revenue_daily: Finance closes the month on its third business day.",
            "replaces 3 rows of mart.revenue_daily 2026-03-30",
            "reopens revenue-by-8 through 2026-03-30, due 2026-03-31 08:00 +01:00",
            "takes about ", ", judged by the last 8 of each",
            "endangers revenue-by-8 through 2026-03-31, due 2026-04-01 08:00 +01:00",
        ] {
            #expect(preview.output.contains(line), "\(line): \(preview)")
        }
        let document = try await program.run(words + ["--json"])
        #expect(document.output.contains(#""replaces": ["#), "\(document)")
        // How long depends on the machine.
        let members =
            try JSONSerialization.jsonObject(with: Data(document.output.utf8)) as? [String: Any]
        #expect((members?["estimate_s"] as? Double ?? 0) > 0, "\(document)")
    }
}
