public import SuretyCore

/// The JSON documents of `status` and `explain`.
public enum StatusDocument {
    /// `{"promises": […]}`.
    public static func json(_ views: [PromiseView]) -> JSONValue {
        .object(["promises": .array(views.map(json))])
    }

    static func json(_ view: PromiseView) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(view.id.rawValue),
            "promise": .string(view.promise),
            "owner": .string(view.owner.rawValue),
            "tier": .integer(Int64(view.tier.rawValue)),
            "deadline": .optional(view.deadline?.description),
            "time_left_s": .optional(view.timeLeftSeconds),
            "through": .optional(view.through),
            "state": .string(view.state.rawValue),
            "outcome": .optional(view.outcome?.rawValue),
            "certified_through": .optional(view.certifiedThrough),
            "incident": .optional(view.incident?.rawValue),
            "cause": view.cause.map(RunDocument.json) ?? .null,
        ]
        if !view.chain.isEmpty { members["chain"] = .array(view.chain.map(json)) }
        return .object(members)
    }

    private static func json(_ link: PromiseView.Link) -> JSONValue {
        .object([
            "asset": .string(link.asset.description),
            "interval": .optional(link.interval),
            "kind": .string(link.kind.rawValue),
            "state": .string(link.state.rawValue),
            "why": .optional(link.why.isEmpty ? nil : link.why),
        ])
    }

    /// `{"explain": {…}}`.
    public static func json(_ explanation: Explanation) -> JSONValue {
        .object([
            "explain": .object([
                "target": .string(explanation.target),
                "promise": explanation.promise.map(json) ?? .null,
                "chain": .array(explanation.links.map(json)),
                "root": explanation.root.map(RunDocument.json) ?? .null,
                "path": .strings(explanation.path),
                "next_firings": .array(
                    explanation.nextFirings.map {
                        .object(["start": .string($0.what), "at": .optional($0.at?.description)])
                    }),
                "next": .string(explanation.next),
            ])
        ])
    }
}
