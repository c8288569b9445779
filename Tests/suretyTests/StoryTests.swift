import Foundation
import SuretyTestKit
import Testing

/// The stories of the sample, replayed with the built program on both warehouses.
@Suite struct StoryTests {
    /// Where a story's tables are.
    enum Home: String, CaseIterable, Sendable {
        case embedded, postgres

        /// Those that this machine has.
        static let available = allCases.filter { $0 == .embedded || PostgresCluster.isAvailable }

        /// The address of an empty warehouse; nil where the sample brings its own.
        func freshAddress() async throws -> String? {
            switch self {
            case .embedded: nil
            case .postgres: try await PostgresCluster.shared().freshAddress()
            }
        }
    }

    static let stories = (try? Story.all(in: folder)) ?? []
    private static let folder = Program.repository.appendingPathComponent("sample-data/stories")

    @Test func `all stories can be read`() throws {
        let names = try Story.all(in: StoryTests.folder).map(\.name)
        #expect(
            names == [
                "all-good", "duplicate-load", "half-loaded-day", "late-billing", "late-correction",
                "missing-customer-id", "renamed-column", "three-day-outage",
            ])
    }

    @Test(arguments: StoryTests.stories)
    func `no word of a story is left unread`(story: Story) throws {
        let file = StoryTests.folder.appendingPathComponent("\(story.name)/story.json")
        let written = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        let read = try JSONSerialization.jsonObject(with: JSONEncoder().encode(story))
        #expect(words(in: written) == words(in: read))
    }

    /// Every key of a document, with the keys that lead to it.
    private func words(in document: Any, below path: String = "") -> Set<String> {
        if let list = document as? [Any] {
            return list.reduce(into: []) { $0.formUnion(words(in: $1, below: path)) }
        }
        guard let members = document as? [String: Any] else { return [path] }
        return members.reduce(into: []) { $0.formUnion(words(in: $1.value, below: "\(path).\($1.key)")) }
    }

    @Test(.timeLimit(.minutes(30)), arguments: StoryTests.stories, StoryTests.Home.available)
    func `a story goes as it is told`(story: Story, home: Home) async throws {
        var replay = try StoryReplay(story, on: try await home.freshAddress())
        try await replay.play()
    }
}
