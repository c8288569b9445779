import Foundation
import SuretyCore

/// What PostgreSQL makes sure of about the rows of a table, read from the catalogue as one JSON document.
///
/// PostgreSQL enforces nothing on foreign tables, lets the children of a parent miss what the parent promises, checks
/// foreign keys by triggers that may be off, keeps deferred constraints later, and no longer finds what an index of texts
/// holds, or what letters patterns mean, once the operating system has other locales: none of that is a guarantee. The
/// value of a domain compares as the type below says, whatever the column's collation. Texts are printed with backslashes
/// that mean two things unless strings are standard ones. Tables whose rows the role may not all read have none either,
/// so that their checks say so. All of it stands in the rows of the catalogue that the snapshot sees, as the table's own
/// rows do.
enum GuaranteesQuery {
    /// A scalar subquery for the table `c`, a row of `pg_class`.
    static let sql = """
        (WITH RECURSIVE part(oid, kind) AS (
            SELECT c.oid, c.relkind
            UNION ALL
            SELECT p.oid, p.relkind
            FROM part b JOIN pg_inherits h ON h.inhparent = b.oid JOIN pg_class p ON p.oid = h.inhrelid),
        here AS (
            SELECT has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid) AND CASE c.relkind
                WHEN 'r' THEN NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid)
                WHEN 'p' THEN NOT EXISTS (SELECT FROM part WHERE kind = 'f')
                ELSE false END AS holds),
        field AS (
            SELECT m.attname AS name, m.attnum AS number, m.attnotnull, m.atttypid, m.attcollation,
                o.collisdeterministic IS NOT FALSE AS exact,
                CASE WHEN o.oid IS NULL THEN true
                    WHEN o.collprovider = 'd' THEN (
                        SELECT d.datcollversion IS NOT DISTINCT FROM pg_database_collation_actual_version(d.oid)
                        FROM pg_database d WHERE d.datname = current_database())
                    ELSE o.collversion IS NOT DISTINCT FROM pg_collation_actual_version(o.oid) END AS sorted
            FROM pg_attribute m LEFT JOIN pg_collation o ON o.oid = m.attcollation
            WHERE m.attrelid = c.oid AND m.attnum > 0 AND NOT m.attisdropped),
        below(number, oid) AS (
            SELECT number, atttypid FROM field
            UNION ALL
            SELECT b.number, d.typbasetype FROM below b JOIN pg_type d ON d.oid = b.oid AND d.typtype = 'd'),
        ordering AS (
            SELECT i.*, x.relname,
                (SELECT json_agg(f.name ORDER BY s) FROM generate_series(0, i.indnkeyatts - 1) s
                    JOIN field f ON f.number = i.indkey[s]) AS columns
            FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am a ON a.oid = x.relam
            WHERE i.indrelid = c.oid AND a.amname = 'btree' AND i.indisvalid AND i.indisready AND i.indislive
                AND i.indpred IS NULL AND i.indexprs IS NULL
                AND NOT EXISTS (
                    SELECT FROM generate_series(0, i.indnkeyatts - 1) s
                    JOIN pg_opclass o ON o.oid = i.indclass[s] JOIN field f ON f.number = i.indkey[s]
                    WHERE NOT o.opcdefault OR NOT f.exact OR NOT f.sorted OR i.indcollation[s] <> f.attcollation)),
        condition AS (
            SELECT k.conname AS name, json_build_object('name', k.conname,
                'columns', (
                    SELECT coalesce(json_agg(f.name), '[]') FROM field f WHERE f.number = ANY (k.conkey)),
                'expression', pg_get_expr(k.conbin, k.conrelid)) AS item
            FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated
                AND NOT EXISTS (
                    SELECT FROM field f WHERE f.number = ANY (k.conkey) AND NOT (f.exact AND (
                        f.sorted OR position('~' IN pg_get_expr(k.conbin, k.conrelid)) = 0)))
                AND NOT EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
                    AND d.refclassid IN ('pg_operator'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass))
            UNION ALL
            SELECT k.conname, json_build_object('name', k.conname, 'domain', k.contypid::regtype::text,
                'columns', json_build_array(f.name), 'expression', pg_get_expr(k.conbin, 0))
            FROM field f JOIN below b ON b.number = f.number JOIN pg_constraint k ON k.contypid = b.oid
            WHERE f.exact AND k.contype = 'c' AND k.convalidated
                AND NOT EXISTS (
                    SELECT FROM pg_type d JOIN pg_type v ON v.oid = d.typbasetype
                    JOIN pg_collation o ON o.oid = v.typcollation
                    WHERE d.oid = b.oid AND NOT o.collisdeterministic)
                AND NOT EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
                    AND d.refclassid IN ('pg_operator'::regclass, 'pg_proc'::regclass)))
        SELECT json_build_object(
            'notNull', (
                SELECT coalesce(json_agg(json_build_object('column', f.name, 'name', k.conname)
                    ORDER BY f.number), '[]')
                FROM field f LEFT JOIN pg_constraint k
                    ON k.conrelid = c.oid AND k.contype = 'n' AND k.conkey = ARRAY[f.number]
                WHERE holds AND f.attnotnull AND k.convalidated IS NOT FALSE),
            'keys', (
                SELECT coalesce(json_agg(json_build_object('columns', i.columns,
                    'kind', CASE k.contype WHEN 'p' THEN 'primary' WHEN 'u' THEN 'unique' ELSE 'index' END,
                    'name', coalesce(k.conname, i.relname)) ORDER BY i.indisprimary DESC, i.relname), '[]')
                FROM ordering i LEFT JOIN pg_constraint k
                    ON k.conrelid = c.oid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
                WHERE holds AND i.indisunique AND i.indimmediate AND NOT i.indisexclusion),
            'references', (
                SELECT coalesce(json_agg(json_build_object('column', f.name, 'schema', s.nspname,
                    'table', r.relname, 'target', u.attname, 'name', k.conname) ORDER BY k.conname), '[]')
                FROM pg_constraint k
                JOIN field f ON k.conkey = ARRAY[f.number] AND f.exact
                JOIN pg_class r ON r.oid = k.confrelid AND r.relkind = 'r'
                JOIN pg_namespace s ON s.oid = r.relnamespace
                JOIN pg_attribute u ON u.attrelid = r.oid AND u.attnum = k.confkey[1]
                LEFT JOIN pg_collation o ON o.oid = u.attcollation
                WHERE holds AND c.relkind = 'r' AND k.conrelid = c.oid AND k.contype = 'f' AND k.convalidated
                    AND NOT k.condeferrable AND o.collisdeterministic IS NOT FALSE
                    AND (u.atttypid = f.atttypid OR ARRAY[u.atttypid, f.atttypid]
                        <@ ARRAY['int2'::regtype, 'int4'::regtype, 'int8'::regtype]::oid[])
                    AND has_table_privilege(r.oid, 'SELECT') AND NOT row_security_active(r.oid)
                    AND current_setting('session_replication_role') <> 'replica'
                    AND (SELECT count(*) = 4 AND bool_and(t.tgenabled IN ('O', 'A'))
                        FROM pg_trigger t WHERE t.tgconstraint = k.oid)
                    AND (k.confdeltype IN ('a', 'r') AND k.confupdtype IN ('a', 'r')
                        OR NOT c.relhasrules AND NOT EXISTS (
                            SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))
                    AND NOT EXISTS (SELECT FROM pg_subscription_rel p WHERE p.srrelid IN (c.oid, r.oid))),
            'conditions', (
                SELECT coalesce(json_agg(item ORDER BY name), '[]') FROM condition
                WHERE holds AND current_setting('standard_conforming_strings') = 'on'),
            'labels', (
                SELECT coalesce(json_agg(json_build_object('column', f.name, 'type', d.oid::regtype::text,
                    'labels', (SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]')
                        FROM pg_enum e WHERE e.enumtypid = d.oid)) ORDER BY f.number), '[]')
                FROM field f JOIN below b ON b.number = f.number
                JOIN pg_type d ON d.oid = b.oid AND d.typtype = 'e'
                WHERE holds),
            'indexed', (SELECT coalesce(json_agg(DISTINCT i.columns ->> 0), '[]') FROM ordering i))
        FROM here)
        """

    /// The guarantees of what the subquery gave.
    static func guarantees(_ text: String) throws -> Guarantees {
        let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        var guarantees = Guarantees()
        guarantees.notNull = document.notNull
        guarantees.keys = document.keys
        guarantees.references = document.references.map {
            Guarantees.Reference(
                column: $0.column, table: AssetName(schema: $0.schema, table: $0.table), target: $0.target,
                name: $0.name)
        }
        guarantees.conditions = document.conditions
        guarantees.labels = document.labels
        guarantees.indexed = document.indexed
        return guarantees
    }

    private struct Document: Decodable {
        let notNull: [Guarantees.NotNull]
        let keys: [Guarantees.Key]
        let references: [Reference]
        let conditions: [Guarantees.Condition]
        let labels: [Guarantees.Labels]
        let indexed: [String]
    }

    /// A table's name in two parts, as either may hold a dot.
    private struct Reference: Decodable {
        let column: String
        let schema: String
        let table: String
        let target: String
        let name: String
    }
}
