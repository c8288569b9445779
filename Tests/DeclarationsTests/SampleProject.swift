import Declarations
import SuretyCore

/// A project held in memory.
struct SampleProject {
    /// Texts of files by path relative to the project.
    var files: [String: String] = [:]
    /// Environment variables.
    var environment: [String: String] = [:]
    /// Texts of secrets' files.
    var secrets: [String: String] = [:]

    /// Reads it.
    func read(env: String? = nil) -> ReadProject {
        read(bytes: files.mapValues { Array($0.utf8) }, env: env)
    }

    /// Reads files of bytes in its surroundings.
    func read(bytes: [String: [UInt8]], env: String? = nil) -> ReadProject {
        let environment = environment
        let secrets = secrets
        let source = ProjectSource(
            folder: "/srv/acme", files: bytes.keys.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") },
            read: { bytes[$0] }, environment: { environment[$0] }, secretFile: { secrets[$0] })
        return ProjectReader(source: source, environmentName: env).read()
    }

    /// The findings of it, a line each.
    func findings(env: String? = nil) -> [String] { read(env: env).findings.map(\.description) }

    /// The head of a project, to which sections are added.
    static let head = """
        surety: 1
        project: acme
        timezone: Europe/London
        warehouses: {main: "postgres://db.example/acme"}
        calendars:
          business: {days: mon tue wed thu fri}
        channels:
          inbox: {file: .surety/alerts.ndjson}
        owners:
          ana: {name: Ana, to: [inbox]}
          team: {name: Team, members: [ana], to: [inbox]}

        """

    /// A project of one promise on one source, whose files may be added to.
    static func small(
        promise: String = "", asset: String = "", rest: String = "", files: [String: String] = [:]
    ) -> SampleProject {
        let text =
            head + """
                promises:
                  orders-by-8:
                    promise: By 08:00 every day, operations sees all orders through the prior day.
                    owner: ana
                    deadline: 08:00
                    through: prior day
                    needs: [raw.orders]
                    recovery: [Ask the shop.]
                \(indented(promise, by: 4))
                assets:
                  raw.orders:
                    interval: day of ordered_on
                    stop: [order_id not null]
                \(indented(asset, by: 4))
                \(rest)
                """
        return SampleProject(files: files.merging(["surety.yaml": text]) { $1 })
    }

    private static func indented(_ text: String, by spaces: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
    }
}
