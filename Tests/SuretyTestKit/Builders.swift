public import SuretyCore

/// Short ways to write down declarations and facts in tests.
public enum Make {
    /// The place of everything that is made here.
    public static let location = SourceLocation(file: "test.yaml", line: 1, column: 1)

    /// The zone with a name; tests stop at a name that does not exist.
    public static func zone(_ name: String) -> Zone {
        guard let zone = Zone(name) else { preconditionFailure("no zone \(name)") }
        return zone
    }

    /// An instant in RFC 3339; tests stop at a text that is none.
    public static func instant(_ text: String) -> Instant {
        guard let instant = Instant(rfc3339: text) else { preconditionFailure("no instant \(text)") }
        return instant
    }

    /// The name `schema.table`; tests stop at a text that is none.
    public static func name(_ text: String) -> AssetName {
        guard let name = AssetName(text) else { preconditionFailure("no asset name \(text)") }
        return name
    }

    /// A day in London, or in another zone.
    public static func day(_ label: String, in zone: Zone = Make.zone("Europe/London")) -> Slice {
        guard let interval = Cadence(.day, in: zone).interval(labelled: label) else {
            preconditionFailure("no day \(label)")
        }
        return .interval(interval)
    }

    /// A source of daily rows with one stop check, in London.
    public static func source(_ name: String, days column: String? = "day") -> Asset {
        var asset = Asset(name: Make.name(name), location: location)
        asset.owner = "ana"
        asset.interval = column.map {
            IntervalRule(cadence: Cadence(.day, in: zone("Europe/London")), column: $0)
        }
        asset.stop = [check("rows >= 1", of: asset.name)]
        return asset
    }

    /// An asset built by SQL from others, of daily rows with one stop check, in London.
    public static func built(_ name: String, from needs: [Need], days column: String? = "day") -> Asset {
        var asset = source(name, days: column)
        asset.needs = needs
        asset.origin = .built(
            Build(.sql(Build.SQLText("SELECT 1")), write: column == nil ? .replaceTable : .replaceInterval))
        return asset
    }

    /// The check `rows >= 1` under another text, in a list.
    public static func check(
        _ text: String, of asset: AssetName, in list: CheckList = .stop,
        body: CheckBody = .metric(.rows, .compare(.atLeast, .literal(.number("1"))))
    ) -> Check {
        Check(
            id: CheckID(rawValue: "\(asset)/\(text)"), text: text, list: list, location: location, body: body)
    }

    /// A certificate of a slice, resting on others.
    public static func certificate(
        _ id: CertificateID, _ asset: Asset, _ slice: Slice, inputs: [CertificateID] = [], rows: Int64 = 3,
        at instant: Instant = Make.instant("2026-11-20T05:00:00Z")
    ) -> Certificate {
        let certifier = Certifier(
            asset: asset, slice: slice, run: "run000000001", definition: "definition", inputs: inputs,
            certificate: id)
        let results = asset.stop.map { CheckResult($0, of: asset.name, slice: slice, .pass) }
        let judgement = certifier.judge(evidence(results, rows: rows), at: instant)
        guard case .certified(let certificate) = judgement else {
            preconditionFailure("not certified: \(judgement)")
        }
        return certificate
    }

    /// Evidence of some results over some rows.
    public static func evidence(_ results: [CheckResult], rows: Int64) -> Evidence {
        Evidence(
            results: results, snapshot: SnapshotMark(snapshot: "1:1:", system: "test"),
            content: ContentMark(rows: rows, fingerprint: "f\(rows)"), columns: [])
    }
}
