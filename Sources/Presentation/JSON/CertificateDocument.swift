public import SuretyCore

/// The JSON document of a certificate.
public enum CertificateDocument {
    /// `{"certificate": {…}}`; `checks` are the results that it was given for, where it does not hold them itself.
    public static func json(_ certificate: Certificate, checks: [CheckResult]) -> JSONValue {
        let results = certificate.results.isEmpty ? checks : certificate.results
        return .object([
            "certificate": .object([
                "id": .string(certificate.id.rawValue),
                "asset": .string(certificate.asset.description),
                "interval": .optional(certificate.interval),
                "interval_start": .optional(certificate.start?.description),
                "interval_end": .optional(certificate.end?.description),
                "certified_at": .string(certificate.certifiedAt.description),
                "run": .string(certificate.run.rawValue),
                "definition": .string(certificate.definition.rawValue),
                "inputs": .strings(certificate.inputs.map(\.rawValue)),
                "warnings": .integer(Int64(certificate.warnings)),
                "rows": .integer(certificate.content.rows),
                "fingerprint": .string(certificate.content.fingerprint),
                "columns": .strings(certificate.columns.map(\.name)),
                "snapshot": json(certificate.snapshot),
                "withdrawn_at": .optional(certificate.withdrawal?.at.description),
                "withdrawn_because": .optional(certificate.withdrawal?.why),
                "checks": .array(results.map(CheckDocument.json)),
            ])
        ])
    }

    private static func json(_ snapshot: SnapshotMark) -> JSONValue {
        .object([
            "snapshot": .string(snapshot.snapshot),
            "system": .string(snapshot.system),
            "timeline": .integer(Int64(snapshot.timeline)),
            "position": .optional(snapshot.position.isEmpty ? nil : snapshot.position),
            "relation": .optional(snapshot.relation.isEmpty ? nil : snapshot.relation),
        ])
    }
}
