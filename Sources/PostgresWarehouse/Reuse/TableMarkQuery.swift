import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// Looks at what tells whether a table's rows changed, without looking at the rows.
struct TableMarkQuery {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// A look at a table.
    struct Look {
        let mark: TableMark
        /// The table and its parts, as oids.
        let relations: [Int64]
    }

    /// How large a table is with its parts, in bytes; 0 where there is none.
    func size(of table: AssetName) throws(PortFailure) -> Int64 {
        let row = try session.row(
            """
            SELECT sum(pg_relation_size(t.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (SELECT c.oid UNION SELECT relid FROM pg_partition_tree(c.oid)) AS t (oid)
            WHERE n.nspname = \(table.schema) AND c.relname = \(table.table)
            """)
        return row?[0].flatMap { Int64($0) } ?? 0
    }

    /// A look at a table; nil where there is none. What a guard notes by other days than `day` tells nothing.
    ///
    /// Counters are those of the present moment, whatever the transaction's snapshot is.
    func look(at table: AssetName, day: String) throws(PortFailure) -> Look? {
        // Asked before the counters: a session that hands its counts over and goes in between is seen here, or counted there.
        let isSettled = try session.row("SELECT \(unchecked: Self.settled)")?[0] == "t"
        let row = try session.row(
            """
            WITH root AS MATERIALIZED (
                SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = \(table.schema) AND c.relname = \(table.table)),
            part AS MATERIALIZED (
                SELECT c.oid, c.relkind, c.relpersistence FROM root
                CROSS JOIN LATERAL (SELECT root.oid UNION SELECT relid FROM pg_partition_tree(root.oid)) AS t (oid)
                JOIN pg_class c ON c.oid = t.oid),
            plain AS (
                SELECT bool_and(part.relkind IN ('r', 'p', 'm') AND part.relpersistence = 'p') AND NOT EXISTS (
                    SELECT FROM pg_inherits i JOIN root ON root.oid = i.inhparent WHERE root.relkind <> 'p')
                    AND NOT EXISTS (\(unchecked: Self.namesakes)) AS plain
                FROM part)
            SELECT \(unchecked: epoch("clock_timestamp()")),
                concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
                    (SELECT timeline_id FROM pg_control_checkpoint()), current_setting('server_version_num')),
                (SELECT string_agg(concat_ws('/', oid, pg_relation_filenode(oid), relkind), ' ' ORDER BY oid) FROM part),
                (SELECT md5(string_agg(concat_ws('/', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation,
                    a.attmissingval::text, (
                        SELECT string_agg(concat_ws('/', e.enumlabel, e.enumsortorder), ' ' ORDER BY e.enumsortorder)
                        FROM pg_enum e WHERE e.enumtypid = coalesce(nullif(t.typbasetype, 0), t.oid))),
                    ' ' ORDER BY a.attnum))
                    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                    WHERE a.attrelid = root.oid AND a.attnum > 0 AND NOT a.attisdropped),
                pg_current_snapshot(),
                plain AND current_setting('track_counts')::boolean AND NOT EXISTS (
                    SELECT FROM pg_db_role_setting
                    WHERE setdatabase IN (0, d.oid) AND setconfig::text ~* 'track_counts=(of|0|f|n)'),
                (SELECT sum(pg_stat_get_tuples_inserted(oid)) FROM part),
                (SELECT sum(pg_stat_get_tuples_updated(oid)) FROM part),
                (SELECT sum(pg_stat_get_tuples_deleted(oid)) FROM part),
                concat_ws('/', d.oid, pg_stat_get_db_stat_reset_time(d.oid), pg_stat_get_bgwriter_stat_reset_time(),
                    pg_postmaster_start_time()),
                plain AND NOT EXISTS (SELECT FROM pg_subscription_rel s JOIN part ON part.oid = s.srrelid)
                    AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = root.oid)
                    AND (SELECT count(*) FROM part) * 4 = (SELECT count(*) \(unchecked: Self.guardians) AND
                    t.tgargs = convert_to(\(day), 'UTF8') || '\\x00'::bytea),
                (SELECT string_agg(concat_ws('/', t.oid, t.xmin, t.tgenabled, p.xmin), ' ' ORDER BY t.oid)
                    \(unchecked: Self.guardians)),
                (SELECT string_agg(oid::text, ' ') FROM part)
            FROM root, plain, pg_database d WHERE d.datname = current_database()
            """)
        guard let row, let at = instant(row[0]) else { return nil }
        var counters: TableMark.Counters?
        if row[5] == "t", let inserted = row[6].flatMap({ Int64($0) }),
            let updated = row[7].flatMap({ Int64($0) }),
            let deleted = row[8].flatMap({ Int64($0) })
        {
            counters = TableMark.Counters(
                inserted: inserted, updated: updated, deleted: deleted, epoch: row[9] ?? "",
                isSettled: isSettled)
        }
        return Look(
            mark: TableMark(
                at: at, server: row[1] ?? "", relations: row[2] ?? "", shape: row[3] ?? "",
                snapshot: row[4] ?? "", counters: counters, guardians: row[10] == "t" ? row[11] : nil),
            relations: (row[12] ?? "").split(separator: " ").compactMap { Int64($0) })
    }

    /// The changes that were noted since an earlier mark and that this snapshot sees.
    func notes(on relations: [Int64], since earlier: TableMark) throws(PortFailure) -> [ChangeNote] {
        let first = "DATE '1970-01-01'"
        func number(_ day: String) -> String {
            """
            CASE \(day) WHEN 'infinity' THEN \(Int32.max) WHEN '-infinity' THEN \(-Int32.max) ELSE \(day) - \(first) END
            """
        }
        return try session.rows(
            """
            SELECT \(unchecked: number("low")), \(unchecked: number("high")), at_large FROM surety.change_note
            WHERE relation = ANY(\(relations.map(String.init))::oid[])
                AND NOT pg_visible_in_snapshot(xid, \(earlier.snapshot)::text::pg_snapshot)
            """
        ).map { row in
            guard row[2] != "t", let low = row[0].flatMap({ Int($0) }),
                let high = row[1].flatMap({ Int($0) }),
                low <= high
            else { return ChangeNote(days: nil) }
            return ChangeNote(days: CivilDate(dayNumber: low)...CivilDate(dayNumber: high))
        }
    }

    /// Functions and operators that somebody made under the names of the server's, and casts, of which conditions may be
    /// made that count as steady: nothing is known of what they look at.
    private static let namesakes = """
        SELECT FROM (
            SELECT 'pg_proc'::regclass AS kind, oid, pronamespace AS home FROM pg_proc
            WHERE proname IN (\(SteadyNames.functions.map(literal).joined(separator: ", ")))
            UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
            WHERE oprname IN (\(SteadyNames.operators.map(literal).joined(separator: ", ")))
            UNION ALL SELECT 'pg_cast'::regclass, oid, 0 FROM pg_cast WHERE castfunc <> 0 AND oid >= 16384) AS n
        WHERE home <> 'pg_catalog'::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend e WHERE e.classid = n.kind AND e.objid = n.oid AND e.deptype = 'e')
        """

    /// The triggers that note changes, by their function, of all sessions, those that replay changes included.
    private static let guardians = """
        FROM pg_trigger t JOIN part ON part.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgfoid = to_regprocedure('surety.note_change()') AND NOT t.tgisinternal AND t.tgenabled = 'A'
        """

    /// Whether no session of this database can have committed changes that are not counted yet.
    ///
    /// A session hands its counts over at most ten seconds after it became idle; ours do with the commit itself, so that
    /// only one that is committing leaves a doubt. Of sessions whose state this role may not see nothing is known.
    private static let settled = """
        NOT EXISTS (
            SELECT FROM pg_stat_activity a
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                AND coalesce(a.backend_type NOT IN ('parallel worker', 'autovacuum worker'), true)
                AND NOT coalesce(CASE
                    WHEN a.application_name = 'surety' AND a.usename = current_user THEN a.state = 'idle' OR a.query NOT ILIKE 'COMMIT%'
                    ELSE a.state = 'idle' AND a.state_change < clock_timestamp() - interval '15 seconds' END, false))
        """
}
