public import Foundation
public import SuretyCore

/// A story: what happens to the sample project over some days, and what is then to be seen.
///
/// A story is a folder below `sample-data/stories` with `story.json` and the files that it puts in place of the good
/// ones. It is replayed on a copy of the sample: first the files in `withhold` are taken away, then the moments follow
/// one another. In each, files change, the commands run under a clock that shows the moment, and then all is compared; in
/// the end the report of a week is.
public struct Story: Codable, Sendable, CustomStringConvertible {
    /// Its name, that of its folder.
    public var name: String
    /// What it is about, in a sentence.
    public var about: String
    /// Files below `sample-data` that are not there when it begins.
    public var withhold: [String]
    /// What happens, in order.
    public var moments: [Moment]
    /// The report that follows.
    public var report: ExpectedReport

    /// The name, for test reports.
    public var description: String { name }

    /// A moment of a story.
    public struct Moment: Codable, Sendable {
        /// What the clock shows.
        public var at: Instant
        /// What is happening, for people.
        public var says: String
        /// Files below `sample-data` that the story's own of the same path replace.
        public var put: [String]?
        /// Files below `sample-data` that become the good ones again.
        public var restore: [String]?
        /// The commands that are run, in order.
        public var commands: [Command]
        /// The state of promises on the board afterwards; those not named may have any.
        public var board: [String: String]?
        /// The answers of gates afterwards, by consumer.
        public var gates: [String: Gate]?
        /// The results of checks, from the last step of the asset and interval that is remembered.
        public var verdicts: [ExpectedVerdict]?
        /// All that reached people since the moment before, in order; nil: it is not compared.
        public var alerts: [ExpectedAlert]?
    }

    /// A command and how it ends.
    public struct Command: Codable, Sendable {
        /// The words after `surety`.
        public var run: [String]
        /// The person at the keyboard, as `SURETY_USER` says; nil: nobody in particular.
        public var by: String?
        /// Its exit code.
        public var exit: Int32
    }

    /// The answer of a gate.
    public struct Gate: Codable, Sendable {
        /// `open` or `closed`.
        public var decision: String
        /// Texts that the reasons hold between them.
        public var words: [String]?
    }

    /// The result of a check.
    public struct ExpectedVerdict: Codable, Sendable {
        /// The asset.
        public var asset: AssetName
        /// The interval, as on the command line.
        public var interval: String
        /// The check's name, or its text.
        public var check: String
        /// What it found out.
        public var verdict: Verdict
        /// What it saw, if that is compared.
        public var observed: String?
        /// How many rows break it, if that is compared.
        public var violations: Int64?
    }

    /// All stories in a folder, by name.
    public static func all(in folder: URL) throws -> [Story] {
        let files = FileManager.default
        return try files.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { $0.appendingPathComponent("story.json") }
            .filter { files.fileExists(atPath: $0.path) }
            .map { try JSONDecoder().decode(Story.self, from: Data(contentsOf: $0)) }
            .sorted { $0.name < $1.name }
    }

    /// Makes a copy of the sample in an empty folder, as it is when the story begins: `checks` and `sample-data`.
    public func begin(from sample: URL, in folder: URL) throws {
        try Story.copy(sample, to: folder)
        for path in withhold {
            try FileManager.default.removeItem(at: folder.appendingPathComponent("sample-data/\(path)"))
        }
    }

    /// Makes a copy of the sample in an empty folder: `checks`, without what was run there, and `sample-data`.
    public static func copy(_ sample: URL, to folder: URL) throws {
        let files = FileManager.default
        for name in ["checks", "sample-data"] {
            try files.copyItem(
                at: sample.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        let used = folder.appendingPathComponent("checks/.surety")
        if files.fileExists(atPath: used.path) { try files.removeItem(at: used) }
    }

    /// Changes the files of a copy as a moment asks.
    public func change(_ folder: URL, at moment: Moment, from sample: URL) throws {
        let data = sample.appendingPathComponent("sample-data")
        let changes =
            (moment.put ?? []).map { ($0, data.appendingPathComponent("stories/\(name)/\($0)")) }
            + (moment.restore ?? []).map { ($0, data.appendingPathComponent($0)) }
        for (path, source) in changes {
            try Data(contentsOf: source).write(to: folder.appendingPathComponent("sample-data/\(path)"))
        }
    }
}
