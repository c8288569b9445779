import Foundation
import SuretyCore
import SuretyTestKit

/// What reached people over the sample's channel: a file with a document in each line.
enum StoryAlerts {
    private struct Line: Decodable {
        struct Data: Decodable {
            let incident: Incident
            let cause: Cause
            let promises: [Promise]
            let affected: Affected
            let owner: Owner?
        }
        struct Incident: Decodable {
            let severity: Severity
        }
        struct Cause: Decodable {
            let asset: AssetName
        }
        struct Promise: Decodable {
            let id: PromiseID
        }
        struct Affected: Decodable {
            let intervals: [String]
        }
        struct Owner: Decodable {
            let route: String
        }
        let type: String
        let data: Data

        var alert: Story.ExpectedAlert {
            Story.ExpectedAlert(
                event: type.replacing("incident.", with: ""), root: data.cause.asset,
                severity: data.incident.severity, promises: data.promises.map(\.id),
                intervals: data.affected.intervals, channel: data.owner?.route ?? "")
        }
    }

    /// All messages since the beginning, in the order in which they were sent.
    static func all(in folder: TemporaryFolder) throws -> [Story.ExpectedAlert] {
        let file = folder.url.appendingPathComponent("checks/.surety/alerts.ndjson")
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Foundation.Data($0.utf8)).alert
        }
    }
}
