/// The objects of schema `surety` in the warehouse, as numbered versions that build on one another.
///
/// Tables are private to the roles that run steps; what SQL users rely on (`certified_assets`, `owed`,
/// `promise_status`, `require_certified`, `now`) holds no values of rows and is open to all.
enum WarehouseSchema {
    /// The version that this program works with.
    static var version: Int { versions.count }

    /// The statements of each version, the first for version 1.
    static let versions: [[String]] = [first, second, third]

    // CREATE SCHEMA IF NOT EXISTS wants the right to make schemas even where an owner made them before.
    private static let first = [
        """
        DO $$ BEGIN IF to_regnamespace('surety') IS NULL THEN CREATE SCHEMA surety; END IF; END $$
        """,
        """
        DO $$ BEGIN IF to_regnamespace('certified') IS NULL THEN CREATE SCHEMA certified; END IF; END $$
        """,
        """
        CREATE TABLE surety.meta (key text PRIMARY KEY, value text NOT NULL)
        """,
        """
        CREATE TABLE surety.fence (asset text PRIMARY KEY, token bigint NOT NULL)
        """,
        """
        CREATE TABLE surety.ledger (
          asset text NOT NULL, interval_start timestamptz, interval_end timestamptz, generation integer NOT NULL,
          run_id text NOT NULL, definition text NOT NULL, applied_at timestamptz NOT NULL, rows bigint NOT NULL,
          UNIQUE NULLS NOT DISTINCT (asset, interval_start, interval_end, generation))
        """,
        """
        CREATE TABLE surety.undone (
          asset text NOT NULL, interval_start timestamptz, interval_end timestamptz, generation integer NOT NULL,
          run_id text NOT NULL, undone_at timestamptz NOT NULL,
          UNIQUE NULLS NOT DISTINCT (asset, interval_start, interval_end, generation))
        """,
        """
        CREATE TABLE surety.certificate (
          number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE,
          asset text NOT NULL, interval_start timestamptz, interval_end timestamptz, certified_at timestamptz NOT NULL,
          run_id text NOT NULL, definition text NOT NULL, body jsonb NOT NULL,
          withdrawn_at timestamptz, withdrawn_why text)
        """,
        """
        CREATE INDEX certificate_slice ON surety.certificate (asset, interval_start, interval_end, number)
        """,
        """
        CREATE UNIQUE INDEX certificate_valid ON surety.certificate (asset, interval_start, interval_end)
          NULLS NOT DISTINCT WHERE withdrawn_at IS NULL
        """,
        """
        CREATE TABLE surety.certified_content (
          asset text NOT NULL, interval_start timestamptz, interval_end timestamptz, certificate_id text NOT NULL,
          UNIQUE NULLS NOT DISTINCT (asset, interval_start, interval_end))
        """,
        """
        CREATE TABLE surety.publication (
          number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          asset text NOT NULL, relation_schema text NOT NULL, relation_name text NOT NULL, run_id text NOT NULL)
        """,
        """
        CREATE TABLE surety.owed (
          promise text NOT NULL, asset text NOT NULL, interval_start timestamptz, interval_end timestamptz,
          closes_at timestamptz NOT NULL, deadline timestamptz NOT NULL,
          UNIQUE NULLS NOT DISTINCT (promise, asset, interval_start, interval_end, deadline))
        """,
        """
        CREATE INDEX owed_asset ON surety.owed (asset, closes_at)
        """,
        """
        CREATE TABLE surety.promise_status (
          promise text PRIMARY KEY, owner text NOT NULL, deadline timestamptz, through text, state text NOT NULL,
          reason text NOT NULL)
        """,
        """
        CREATE VIEW surety.certified_assets AS
          SELECT DISTINCT ON (asset, interval_start, interval_end)
            asset, interval_start, interval_end, certified_at, run_id, definition, id AS certificate_id, withdrawn_at
          FROM surety.certificate
          ORDER BY asset, interval_start, interval_end, (withdrawn_at IS NULL) DESC, number DESC
        """,
        """
        CREATE FUNCTION surety.now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
          SET search_path = pg_catalog, pg_temp
          AS $$ SELECT clock_timestamp() + coalesce((SELECT value::bigint FROM surety.meta WHERE key = 'clock_offset'), 0)
            * interval '1 millisecond' $$
        """,
        """
        CREATE FUNCTION surety.require_certified(asset text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
          SET search_path = pg_catalog, pg_temp
          AS $$
        DECLARE
          present timestamptz := surety.now();
          owing record;
          gap record;
          asked boolean := false;
        BEGIN
          FOR owing IN
            SELECT o.promise, max(o.closes_at) AS horizon, max(o.closes_at) FILTER (WHERE o.closes_at <= present) AS closed
            FROM surety.owed o WHERE o.asset = require_certified.asset GROUP BY o.promise ORDER BY o.promise
          LOOP
            IF owing.horizon <= present THEN
              RAISE EXCEPTION '% is not certified: what promise % owes is only known up to %', asset, owing.promise, owing.horizon
                USING ERRCODE = '55000', HINT = 'Nothing has run for it since; run it.';
            END IF;
            IF owing.closed IS NULL THEN CONTINUE; END IF;
            asked := true;
            SELECT o.interval_start, o.interval_end, o.deadline, w.withdrawn_why, s.state, s.reason INTO gap
            FROM surety.owed o
            LEFT JOIN surety.promise_status s ON s.promise = o.promise
            LEFT JOIN LATERAL (
              SELECT c.withdrawn_why FROM surety.certificate c
              WHERE c.asset = o.asset AND c.interval_start IS NOT DISTINCT FROM o.interval_start
                AND c.interval_end IS NOT DISTINCT FROM o.interval_end
              ORDER BY c.number DESC LIMIT 1) w ON true
            WHERE o.asset = require_certified.asset AND o.promise = owing.promise AND o.closes_at = owing.closed
              AND NOT EXISTS (
                SELECT 1 FROM surety.certificate c
                WHERE c.asset = o.asset AND c.withdrawn_at IS NULL
                  AND c.interval_start IS NOT DISTINCT FROM o.interval_start
                  AND c.interval_end IS NOT DISTINCT FROM o.interval_end
                  AND (c.interval_start IS NOT NULL OR c.certified_at >= o.closes_at))
            ORDER BY o.interval_start LIMIT 1;
            IF FOUND THEN
              -- What is said of a promise that was kept speaks of an earlier occurrence.
              RAISE EXCEPTION '% is not certified for %, which promise % owes%', asset,
                CASE WHEN gap.interval_start IS NULL THEN 'the whole table' ELSE gap.interval_start || ' to ' || gap.interval_end END,
                owing.promise, coalesce(': ' || coalesce('certificate withdrawn: ' || gap.withdrawn_why,
                  CASE WHEN gap.state IN ('kept', 'waived') THEN NULL ELSE gap.state || coalesce(': ' || nullif(gap.reason, ''), '') END), '')
                USING ERRCODE = '55000';
            END IF;
          END LOOP;
          IF NOT asked THEN
            RAISE EXCEPTION '% is not certified: no promise owes it yet', asset USING ERRCODE = '55000';
          END IF;
          RETURN true;
        END $$
        """,
        """
        REVOKE ALL ON FUNCTION surety.require_certified(text) FROM PUBLIC
        """,
        """
        GRANT USAGE ON SCHEMA surety, certified TO PUBLIC
        """,
        """
        GRANT SELECT ON surety.certified_assets, surety.owed, surety.promise_status TO PUBLIC
        """,
        """
        GRANT EXECUTE ON FUNCTION surety.require_certified(text), surety.now() TO PUBLIC
        """,
    ]
    // What is known of parts of tables that did not change, and the guard that notes what does. The guard's trigger runs as
    // whoever writes, because it looks at values of the table's own types; only the note is written as the schema's owner.
    // A day that cannot be told, as after a column was renamed, spoils nobody's write.
    private static let second = [
        """
        CREATE TABLE surety.kept_parts (asset text PRIMARY KEY, kept_at timestamptz NOT NULL, body jsonb NOT NULL)
        """,
        """
        CREATE TABLE surety.change_note (
          relation oid NOT NULL, xid xid8 NOT NULL, noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
          low date, high date, at_large boolean NOT NULL, PRIMARY KEY (relation, xid))
        """,
        """
        CREATE FUNCTION surety.note(relation oid, low date, high date, at_large boolean) RETURNS void LANGUAGE sql
          SECURITY DEFINER SET search_path = pg_catalog, pg_temp
          AS $$ INSERT INTO surety.change_note AS n (relation, xid, low, high, at_large)
            VALUES (relation, pg_current_xact_id(), low, high, at_large)
            ON CONFLICT (relation, xid) DO UPDATE SET low = least(n.low, excluded.low),
              high = greatest(n.high, excluded.high), at_large = n.at_large OR excluded.at_large $$
        """,
        """
        CREATE FUNCTION surety.note_change() RETURNS trigger LANGUAGE plpgsql
          SET search_path = pg_catalog, pg_temp
          AS $$
        DECLARE
          changed bigint;
          low date;
          high date;
          large boolean := true;
        BEGIN
          IF TG_OP <> 'TRUNCATE' AND TG_ARGV[0] <> '' THEN
            BEGIN
              EXECUTE format('SELECT count(*), min(%1$s), max(%1$s), coalesce(bool_or(%1$s IS NULL), false) FROM %2$s AS changed',
                TG_ARGV[0], CASE TG_OP WHEN 'INSERT' THEN 'surety_new' WHEN 'DELETE' THEN 'surety_old'
                  ELSE '(SELECT * FROM surety_old UNION ALL SELECT * FROM surety_new)' END)
              INTO changed, low, high, large;
            EXCEPTION WHEN OTHERS THEN
              large := true;
            END;
            IF changed = 0 THEN RETURN NULL; END IF;
          END IF;
          PERFORM surety.note(TG_RELID, low, high, large);
          RETURN NULL;
        END $$
        """,
        """
        REVOKE ALL ON FUNCTION surety.note_change() FROM PUBLIC
        """,
    ]
    // What is known of slices whose rows did not change.
    private static let third = [
        """
        CREATE TABLE surety.kept_answers (
          asset text NOT NULL, interval_start timestamptz, interval_end timestamptz, kept_at timestamptz NOT NULL,
          body jsonb NOT NULL, UNIQUE NULLS NOT DISTINCT (asset, interval_start, interval_end))
        """
    ]
}
