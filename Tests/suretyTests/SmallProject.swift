import Foundation

/// Projects that a test writes itself: a beginning that all share, and what the test is about.
enum SmallProject {
    /// A program beside a project with these assets and promises, under a clock of its own.
    static func program(
        _ sections: String, files: [String: String] = [:], at instant: String = "2026-11-20T09:00:00Z"
    ) throws -> Program {
        let folder = try TemporaryFolder()
        try folder.write("checks/surety.yaml", beginning + sections)
        for (path, text) in files { try folder.write(path, text) }
        return Program(folder: folder, environment: ["SURETY_CLOCK": instant, "SURETY_USER": "ana"])
    }

    private static let beginning = """
        surety: 1
        project: small
        timezone: Europe/London
        state: sqlite:.surety/state.db
        warehouses:
          main: ${SURETY_WAREHOUSE:-sqlite:.surety/warehouse}
        calendars:
          business: {days: mon tue wed thu fri}
        owners:
          ana: {name: Ana, email: ana@small.example, to: [inbox]}
        channels:
          inbox: {file: .surety/alerts.ndjson}
        routes:
          - {to: [owner]}

        """
}
