import Engine
import Presentation
import SuretyCore

/// Events as they go over the wire.
enum EventText {
    /// A comment, which keeps a quiet connection open.
    static let heartbeat = ":\n\n"
    /// What a stream begins with: how long to wait before connecting again, in milliseconds.
    static let beginning = "retry: 2000\n\n"

    /// `id:`, `event:` and `data:`, the data being a JSON document on one line.
    static func text(_ numbered: NumberedEvent) -> String {
        let (name, data) = document(numbered.event)
        return "id: \(numbered.id)\nevent: \(name)\ndata: \(data.line)\n\n"
    }

    private static func document(_ event: ServiceEvent) -> (name: String, data: JSONValue) {
        switch event {
        case .run(let run): ("run", RunDocument.json(run))
        case .step(let run, let step):
            ("step", .object(["run": .string(run.rawValue), "step": RunDocument.json(step)]))
        case .incident(let incident): ("incident", .object(["incident": IncidentText.json(incident)]))
        case .gate(let answer): ("gate", GateDocument.json(answer))
        case .declarations(let refused):
            (
                "declarations",
                .object([
                    "declarations": .object([
                        "accepted": .bool(refused == nil), "refused_because": .optional(refused),
                    ])
                ])
            )
        }
    }
}
