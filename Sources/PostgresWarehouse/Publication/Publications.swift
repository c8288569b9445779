import Engine
import PostgresClient
import SuretyCore

/// The tables that are built beside an asset, and the views in schema `certified`.
struct Publications {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// How many tables are kept for an asset whose view is re-pointed.
    private static let kept = 3

    /// The name of the table that a run builds beside an asset: `<table>__<run>`, cut to fit 63 bytes.
    static func beside(_ asset: AssetName, run: RunID) -> AssetName {
        let ending = "__\(run)"
        return AssetName(schema: asset.schema, table: cut(asset.table, to: 63 - ending.utf8.count) + ending)
    }

    /// The view that shows an asset.
    static func view(of asset: Asset) -> AssetName? {
        switch asset.publish {
        case .inPlace: nil
        case .view(let name), .certifiedIntervals(let name):
            AssetName(schema: "certified", table: cut(name ?? asset.name.table, to: 63))
        }
    }

    /// The table that holds an asset's rows now.
    func name(of asset: Asset) throws(PortFailure) -> AssetName {
        guard case .view = asset.publish else { return asset.name }
        let row = try session.row(
            """
            SELECT relation_schema, relation_name FROM surety.publication WHERE asset = \(asset.name)
            ORDER BY number DESC LIMIT 1
            """)
        guard let schema = row?[0], let table = row?[1] else { return asset.name }
        return AssetName(schema: schema, table: table)
    }

    /// Notes a table that was built beside an asset.
    func register(_ table: AssetName, of asset: AssetName, run: RunID) throws(PortFailure) {
        try session.run(
            """
            INSERT INTO surety.publication (asset, relation_schema, relation_name, run_id)
            VALUES (\(asset), \(table.schema), \(table.table), \(run.rawValue))
            """)
    }

    /// Makes the asset's view show another table. Columns stay in the order that readers know.
    func repoint(_ asset: Asset, to table: AssetName, replacing: Bool) throws(PortFailure) {
        guard let view = Self.view(of: asset), let built = try TableQuery(session).outline(table) else {
            return
        }
        try CertifiedView(session: session, name: view, source: built, condition: nil, comment: nil)
            .make(replacing: replacing)
    }

    /// Drops the tables before the last ones that were published. One that somebody reads or depends on stays until
    /// the next time.
    func dropOld(of asset: AssetName) throws(PortFailure) {
        let old = try session.rows(
            """
            SELECT number, relation_schema, relation_name FROM surety.publication WHERE asset = \(asset)
            ORDER BY number DESC OFFSET \(Self.kept)
            """)
        for row in old {
            let table = AssetName(schema: row[1] ?? "", table: row[2] ?? "")
            do {
                try session.script("SAVEPOINT surety_drop; SET LOCAL lock_timeout = '100ms'")
                try session.run("DROP TABLE IF EXISTS \(table: table)")
                try session.run(
                    "DELETE FROM surety.publication WHERE number = \(row[0].flatMap { Int64($0) } ?? 0)")
                try session.script("RELEASE SAVEPOINT surety_drop")
            } catch let error where !error.isFatal {
                try session.script("ROLLBACK TO SAVEPOINT surety_drop")
            }
        }
    }

    /// Makes or keeps the view that shows the rows of intervals whose present content was certified.
    func showIntervals(of asset: Asset, zone: Zone, replacing: Bool) throws(PortFailure) {
        guard let view = Self.view(of: asset), let table = try TableQuery(session).outline(asset.name) else {
            return
        }
        let certified =
            "FROM surety.certified_content AS c WHERE c.asset = \(literal(asset.name.description))"
        let (condition, words): (String, String)
        if let rule = asset.interval {
            let form = try SliceCondition(rule, in: table).form
            condition = Self.condition(rule, form, zone: zone, certified: certified)
            words = "\(rule.cadence.grain)s of \(rule.column) in \(zone)"
        } else {
            (condition, words) = (
                "EXISTS (SELECT 1 \(certified) AND c.interval_start IS NULL)", "whole table"
            )
        }
        let shown = CertifiedView(
            session: session, name: view, source: table, condition: condition,
            comment: "Certified rows of \(asset.name), \(words)")
        if try !shown.isCurrent() { try shown.make(replacing: replacing) }
    }

    /// Whether a row's interval is among the certified ones, whatever zone the reader's session is in: by equal first
    /// days, which a hash join can serve, or for hours by their bounds.
    private static func condition(
        _ rule: IntervalRule, _ form: SliceCondition.Form, zone: Zone, certified: String
    ) -> String {
        let column = "t.\(quoted(rule.column))"
        let zone = literal(zone.identifier)
        let wall =
            switch form {
            case .date, .wall: column
            case .instant: "(\(column) AT TIME ZONE \(zone))"
            }
        switch rule.cadence.grain {
        case .hour:
            let bounds = ["c.interval_start", "c.interval_end"].map {
                form == .instant ? $0 : "(\($0) AT TIME ZONE \(zone))"
            }
            return "EXISTS (SELECT 1 \(certified) AND \(column) >= \(bounds[0]) AND \(column) < \(bounds[1]))"
        case .day, .week, .month:
            let unit = literal(rule.cadence.grain.rawValue)
            let start = "date_trunc('day', c.interval_start AT TIME ZONE \(zone))::date"
            return "date_trunc(\(unit), \(wall)::timestamp)::date IN (SELECT \(start) \(certified))"
        }
    }

    /// A name cut to a number of bytes, at the border of a character.
    static func cut(_ name: String, to bytes: Int) -> String {
        var cut = Substring(name)
        while cut.utf8.count > bytes { cut = cut.dropLast() }
        return String(cut)
    }
}
