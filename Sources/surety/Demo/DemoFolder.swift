import Foundation
import SuretyCore

/// The folder into which the demo unpacks the sample project.
struct DemoFolder {
    /// Its path.
    let path: String
    /// Whether it stays when the demo is over.
    let isKept: Bool

    /// The project's folder in it.
    var project: String { path + "/checks" }

    /// Unpacks the sample into a folder that stays, which must not hold anything yet, or into one for the time being.
    init(keptAt place: String?) throws(CommandFailure) {
        isKept = place != nil
        do {
            path = try place.map(Self.emptyFolder) ?? Self.temporaryFolder()
            for file in SampleProject.files {
                try Self.write(file.text, to: "\(path)/\(file.path)")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .permission, kind: "permission",
                "the sample project cannot be unpacked: \(error.localizedDescription)")
        }
    }

    /// Lets a file of a story arrive in place of the one that is there.
    func deliver(_ file: String, of story: String) throws(CommandFailure) {
        try deliver(file, from: "sample-data/stories/\(story)/\(file)")
    }

    /// Lets the right file arrive.
    func deliver(_ file: String) throws(CommandFailure) {
        try deliver(file, from: "sample-data/\(file)")
    }

    private func deliver(_ file: String, from origin: String) throws(CommandFailure) {
        guard let text = SampleProject.files.first(where: { $0.path == origin })?.text else {
            throw CommandFailure(.no, kind: "demo", "the sample has no \(origin)")
        }
        do {
            try Self.write(text, to: "\(path)/sample-data/\(file)")
        } catch {
            throw CommandFailure(
                .permission, kind: "permission", "\(file) cannot be written: \(error.localizedDescription)")
        }
    }

    /// Removes it, unless it is kept.
    func remove() {
        guard !isKept else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private static func emptyFolder(_ place: String) throws -> String {
        let url = URL(fileURLWithPath: place).standardizedFileURL
        let present = try? FileManager.default.contentsOfDirectory(atPath: url.path)
        guard present?.isEmpty ?? !FileManager.default.fileExists(atPath: url.path) else {
            throw CommandFailure(
                .conflict, kind: "conflict", "\(place) is not empty; nothing was written",
                hint: "Name a new folder.")
        }
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    private static func temporaryFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "surety-demo-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        return folder.path
    }
}
