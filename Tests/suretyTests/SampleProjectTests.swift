import Foundation
import Testing

@testable import surety

/// The sample project in the program is the one in the repository.
@Suite struct SampleProjectTests {
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func `the embedded sample holds the same files as the repository`() throws {
        var onDisk: [String: String] = [:]
        for folder in ["checks", "sample-data"] {
            let paths = try FileManager.default.subpathsOfDirectory(
                atPath: root.appendingPathComponent(folder).path)
            for path in paths where !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
                let url = root.appendingPathComponent("\(folder)/\(path)")
                guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
                    continue
                }
                onDisk["\(folder)/\(path)"] = try String(contentsOf: url, encoding: .utf8)
            }
        }
        let embedded = Dictionary(uniqueKeysWithValues: SampleProject.files.map { ($0.path, $0.text) })
        #expect(embedded == onDisk, "run .ci/embed-sample")
    }
}
