import Foundation
public import Testing

/// Compares a text with the file `Snapshots/<name>.txt` beside the test's file.
///
/// `SNAPSHOTS=record` in the environment writes the file instead.
public func expectSnapshot(
    _ text: String, named name: String, file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let url = URL(fileURLWithPath: file).deletingLastPathComponent()
        .appendingPathComponent("Snapshots/\(name).txt")
    if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "record" {
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((text + "\n").utf8).write(to: url)
        } catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
        return
    }
    let recorded = try? String(contentsOf: url, encoding: .utf8)
    #expect(recorded == text + "\n", "SNAPSHOTS=record writes it anew", sourceLocation: sourceLocation)
}
