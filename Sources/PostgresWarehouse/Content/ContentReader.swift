import Engine
import PostgresClient
import SuretyCore

/// Counts and fingerprints rows, and says where in the warehouse's history a snapshot is.
struct ContentReader {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// The table that holds an asset's rows: the newest published one when the asset is published through a view that
    /// is re-pointed, else the table of its own name; nil if there is none.
    func table(of asset: Asset) throws(PortFailure) -> TableInfo? {
        try TableQuery(session).table(try Publications(session).name(of: asset))
    }

    /// The same without what its constraints make sure of.
    func outline(of asset: Asset) throws(PortFailure) -> TableInfo? {
        try TableQuery(session).outline(try Publications(session).name(of: asset))
    }

    /// The snapshot of the open transaction, the warehouse's identity, and the table's.
    func snapshot(of table: AssetName?) throws(PortFailure) -> SnapshotMark {
        let row = try session.row(
            """
            SELECT pg_current_snapshot(), (SELECT system_identifier FROM pg_control_system()),
                (SELECT timeline_id FROM pg_control_checkpoint()),
                CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
                (SELECT c.oid || '/' || coalesce(pg_relation_filenode(c.oid)::text, '')
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = \(table?.schema) AND c.relname = \(table?.table))
            """)
        guard let row else { throw PortFailure(.refused, "the warehouse does not tell its snapshot") }
        return SnapshotMark(
            snapshot: row[0] ?? "", system: row[1] ?? "", timeline: row[2].flatMap { Int($0) } ?? 1,
            position: row[3] ?? "", relation: row[4] ?? "")
    }

    /// Each slice's rows. One scan however many slices there are. The session is set to UTC, so that the same rows give
    /// the same fingerprint whatever zone they were asked about in.
    func content(
        of asset: Asset, in table: TableInfo, slices: [Slice], _ measure: Measure = .fingerprint
    ) throws(PortFailure) -> [Slice: ContentMark] {
        var marks: [Slice: ContentMark] = [:]
        if slices.contains(.whole) {
            marks[.whole] = try mark(in: table.name, where: "true", measure)
        }
        let intervals = slices.compactMap(\.interval)
        guard let first = intervals.first else { return marks }
        guard let rule = asset.interval else {
            throw PortFailure(.refused, "\(asset.name) has no intervals")
        }
        let condition = try SliceCondition(rule, in: table)
        guard intervals.count > 1 else {
            marks[.interval(first)] = try mark(in: table.name, where: condition.sql(first), measure)
            return marks
        }
        for interval in intervals {
            marks[.interval(interval)] = ContentMark(rows: 0, fingerprint: "0")
        }
        for (interval, mark) in try buckets(of: intervals, condition, in: table.name, measure) {
            marks[.interval(interval)] = mark
        }
        return marks
    }

    private func mark(
        in table: AssetName, where condition: String, _ measure: Measure
    ) throws(PortFailure) -> ContentMark {
        let row = try session.row(
            """
            SELECT count(*), \(unchecked: measure.rawValue) FROM \(table: table) AS "surety row"
            WHERE \(unchecked: condition)
            """)
        return ContentMark(rows: row?[0].flatMap { Int64($0) } ?? 0, fingerprint: row?[1] ?? "0")
    }

    /// Rows by interval: the bounds of all intervals, sorted, are the buckets of one scan.
    private func buckets(
        of intervals: [DataInterval], _ condition: SliceCondition, in table: AssetName, _ measure: Measure
    ) throws(PortFailure) -> [(DataInterval, ContentMark)] {
        var bounds: [Instant: String] = [:]
        for interval in intervals {
            bounds[interval.start] = condition.value(of: interval.start, interval)
            bounds[interval.end] = condition.value(of: interval.end, interval)
        }
        let sorted = bounds.keys.sorted()
        guard let first = sorted.first, let last = sorted.last, let low = bounds[first],
            let high = bounds[last]
        else { return [] }
        let type = condition.form.rawValue
        let array = sorted.compactMap { bounds[$0] }.map { "\(type) '\($0)'" }.joined(separator: ", ")
        let column = quoted(condition.column)
        let rows = try session.rows(
            """
            SELECT width_bucket(\(unchecked: column), ARRAY[\(unchecked: array)]), count(*),
                \(unchecked: measure.rawValue)
            FROM \(table: table) AS "surety row"
            WHERE \(unchecked: column) >= \(unchecked: "\(type) '\(low)'")
                AND \(unchecked: column) < \(unchecked: "\(type) '\(high)'")
            GROUP BY 1
            """)
        let starts = Dictionary(intervals.map { ($0.start, $0) }) { first, _ in first }
        return rows.compactMap { row in
            guard let bucket = row[0].flatMap({ Int($0) }), sorted.indices.contains(bucket - 1),
                let interval = starts[sorted[bucket - 1]], let count = row[1].flatMap({ Int64($0) })
            else { return nil }
            return (interval, ContentMark(rows: count, fingerprint: row[2] ?? "0"))
        }
    }

    /// What is told of rows beside how many there are.
    enum Measure: String {
        /// The sum of the rows' hashes: the same in any order, and every change of a row changes it.
        case fingerprint = #"coalesce(sum(hashtextextended("surety row"::text, 0)), 0)"#
        /// Nothing, so that an index may count them.
        case nothing = "0"
    }
}

extension WarehouseSession {
    /// Makes the text of values independent of how role and database are set, for the rest of the transaction, and
    /// lets wall times mean those of a zone.
    func settle(zone: Zone) throws(PortFailure) {
        try run(
            """
            SELECT set_config('TimeZone', \(zone.identifier), true), set_config('DateStyle', 'ISO, YMD', true),
                set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
                set_config('bytea_output', 'hex', true), set_config('row_security', 'off', true)
            """)
    }
}
