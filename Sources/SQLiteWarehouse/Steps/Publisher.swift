import Engine
import SuretyCore

/// Keeps `certified.<table>`, a table in `certified.db` that holds copies of certified rows.
struct Publisher {
    let connection: WarehouseConnection

    init(_ connection: WarehouseConnection) { self.connection = connection }

    /// Where and what is published of an asset.
    private struct Place {
        let asset: AssetName
        let table: AssetName
        /// Which rows belong to an interval; nil: the asset has none.
        let condition: SliceCondition?

        func rows(_ start: Instant?, _ end: Instant?) -> String {
            guard let condition, let start, let end else { return "1" }
            return condition.sql(start, end)
        }
    }

    /// Shows the slice that was just certified, or stops showing it when it was written and is not certified.
    func publish(_ order: StepOrder, isCertified: Bool) throws(PortFailure) {
        switch order.asset.publish {
        case .inPlace: return
        case .view(let name):
            let place = try register(order.asset, as: name)
            guard isCertified else { return }
            try refuseLoss(at: place, replacing: order.replaceView)
            try connection.run("DROP TABLE IF EXISTS \(place.table.quoted)")
            try show(place, nil, nil)
        case .certifiedIntervals(let name):
            let place = try register(order.asset, as: name)
            let (start, end) = (order.slice.interval?.start, order.slice.interval?.end)
            guard isCertified else { return try hide(place, start, end) }
            try refuseLoss(at: place, replacing: order.replaceView)
            try show(place, start, end)
        }
    }

    /// Shows a slice that was certified after its step, if its asset was published by a step of ours.
    func publish(_ certificate: Certificate) throws(PortFailure) {
        guard let place = try place(of: certificate.asset),
            try CatalogueQuery(connection).table(certificate.asset) != nil
        else { return }
        try show(place, certificate.start, certificate.end)
    }

    /// Stops showing a slice whose rows are gone.
    func hide(_ asset: AssetName, _ slice: Slice) throws(PortFailure) {
        guard let place = try place(of: asset) else { return }
        try hide(place, slice.interval?.start, slice.interval?.end)
    }

    // MARK: - Places

    private func register(_ asset: Asset, as name: String?) throws(PortFailure) -> Place {
        let table = AssetName(schema: "certified", table: name ?? asset.name.table)
        let other = try connection.value(
            "SELECT asset FROM surety.publications WHERE name = ?1 AND asset <> ?2",
            [.text(table.table), .text(asset.name.description)])
        if let other {
            throw PortFailure(
                .refused, "\(table) is where \(other) is published",
                hint: "Say `as: NAME` beside `publish` of one of them.")
        }
        let type = try asset.interval.flatMap { rule throws(PortFailure) in
            try CatalogueQuery(connection).table(asset.name)?.column(rule.column)?.type
        }
        let condition = asset.interval.map { SliceCondition($0, type: type) }
        try connection.run(
            """
            INSERT INTO surety.publications VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (asset) DO UPDATE SET name = excluded.name,
                interval_column = excluded.interval_column, form = excluded.form, grain = excluded.grain,
                zone = excluded.zone
            """,
            [
                .text(asset.name.description), .text(table.table), .text(condition?.column),
                .text(condition?.form.rawValue), .text(condition?.cadence.grain.rawValue),
                .text(condition?.cadence.zone.identifier),
            ])
        return Place(asset: asset.name, table: table, condition: condition)
    }

    private func place(of asset: AssetName) throws(PortFailure) -> Place? {
        let rows = try connection.rows(
            "SELECT name, interval_column, form, grain, zone FROM surety.publications WHERE asset = ?1",
            [.text(asset.description)])
        guard let row = rows.first, let name = row[0] else { return nil }
        var condition: SliceCondition?
        if let column = row[1], let form = row[2], let grain = row[3].flatMap({ Grain(rawValue: $0) }),
            let zone = row[4].flatMap({ Zone($0) })
        {
            condition = SliceCondition(
                IntervalRule(cadence: Cadence(grain, in: zone), column: column), type: form)
        }
        return Place(
            asset: asset, table: AssetName(schema: "certified", table: name), condition: condition)
    }

    // MARK: - Rows

    private func show(_ place: Place, _ start: Instant?, _ end: Instant?) throws(PortFailure) {
        guard let source = try CatalogueQuery(connection).table(place.asset) else { return }
        let there = try CatalogueQuery(connection).table(place.table)
        if there == nil {
            let columns = source.columns.map { "\(quoted($0.name)) \($0.type)" }
            try connection.run("CREATE TABLE \(place.table.quoted) (\(columns.joined(separator: ", ")))")
        } else if let there {
            for column in source.columns where there.column(column.name) == nil {
                try connection.run(
                    "ALTER TABLE \(place.table.quoted) ADD COLUMN \(quoted(column.name)) \(column.type)")
            }
        }
        let rows = place.rows(start, end)
        let names = source.columns.map { quoted($0.name) }.joined(separator: ", ")
        try connection.run("DELETE FROM \(place.table.quoted) WHERE \(rows)")
        try connection.run(
            "INSERT INTO \(place.table.quoted) (\(names)) SELECT \(names) FROM \(place.asset.quoted) WHERE \(rows)"
        )
    }

    private func hide(_ place: Place, _ start: Instant?, _ end: Instant?) throws(PortFailure) {
        guard try CatalogueQuery(connection).table(place.table) != nil else { return }
        try connection.run("DELETE FROM \(place.table.quoted) WHERE \(place.rows(start, end))")
    }

    private func refuseLoss(at place: Place, replacing: Bool) throws(PortFailure) {
        guard let old = try CatalogueQuery(connection).table(place.table),
            let new = try CatalogueQuery(connection).table(place.asset),
            let lost = Publisher.lostColumn(old: old, new: new)
        else { return }
        guard replacing else {
            throw PortFailure(
                .refused, "\(place.table) would lose or retype the column \(lost)",
                hint: "A column that vanishes or changes its type needs --replace-view.")
        }
        // Made anew, with the rows of every interval whose certificate still holds.
        try connection.run("DROP TABLE \(place.table.quoted)")
        for certificate in try Book(connection).certificates(of: [place.asset]) where certificate.isValid {
            try show(place, certificate.start, certificate.end)
        }
    }

    /// The first column that vanishes or changes its type; nil when readers lose nothing.
    static func lostColumn(old: TableInfo, new: TableInfo) -> String? {
        old.columns.first { column in new.column(column.name)?.type != column.type }?.name
    }
}
