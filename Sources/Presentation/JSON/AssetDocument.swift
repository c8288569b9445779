public import SuretyCore

/// The JSON document of assets.
public enum AssetDocument {
    /// `{"assets": […]}`.
    public static func json(_ views: [AssetView]) -> JSONValue {
        .object(["assets": .array(views.map(json))])
    }

    private static func json(_ view: AssetView) -> JSONValue {
        .object([
            "asset": .string(view.name.description),
            "kind": .string(view.kind.rawValue),
            "owner": .optional(view.owner?.rawValue),
            "interval": .optional(view.interval.map(text)),
            "needs": .strings(view.needs.map(\.description)),
            "promises": .strings(view.promises.map(\.rawValue)),
            "newest": .optional(view.newest),
            "certified": .bool(view.certificate != nil),
            "certificate": .optional(view.certificate?.rawValue),
            "certified_at": .optional(view.certifiedAt?.description),
            "certified_through": .optional(view.certifiedThrough),
            "outstanding": .array(
                view.outstanding.map {
                    .object(["interval": .optional($0.interval), "state": .string($0.state.rawValue)])
                }),
        ])
    }

    /// `day of invoice_date on business in Europe/London`.
    private static func text(_ rule: IntervalRule) -> String {
        let cadence = rule.cadence
        return "\(cadence.grain.rawValue) of \(rule.column)" + (cadence.days.map { " on \($0)" } ?? "")
            + " in \(cadence.zone)"
    }
}
