import Presentation
import SuretyCore
import Synchronization

/// Tells the demo's story: to people as it happens, or as one JSON document in the end.
final class DemoTeller: Sendable {
    let console: Console
    private let isQuiet: Bool
    private let scenes = Mutex<[JSONValue]>([])

    init(console: Console, json: Bool) {
        self.console = console
        isQuiet = json
    }

    var style: Style { console.style }

    /// Says something to people.
    func say(_ text: String) {
        guard !isQuiet else { return }
        console.say(text)
    }

    /// A heading and what there is to know.
    func begin(_ heading: String, _ narration: String) {
        say("\n" + style(heading, .strong) + "\n" + narration + "\n\n")
    }

    /// The command that a person would type for what comes next.
    func command(_ line: String) { say(style("$ surety \(line)", .quiet) + "\n") }

    /// Keeps what came of a command, and throws if it is not what the story says.
    func note(
        _ command: String, at now: Instant, _ document: JSONValue, expecting expected: String, _ cameOut: Bool
    ) throws(CommandFailure) {
        scenes.withLock {
            $0.append(
                .object([
                    "at": .string(now.description), "command": .string("surety \(command)"),
                    "expected": .string(expected), "came_out": .bool(cameOut), "document": document,
                ]))
        }
        guard cameOut else {
            throw CommandFailure(
                .no, kind: "demo",
                "the demo did not come out as told: `surety \(command)` should be \(expected)")
        }
    }

    /// The whole as a document.
    func document(cameOut: Bool) -> String {
        JSONValue.object([
            "demo": .object([
                "clock": .string("simulated"), "came_out": .bool(cameOut),
                "scenes": .array(scenes.withLock { $0 }),
            ])
        ]).document
    }
}
