/// The constraints of a table as they are declared, whatever they make sure of.
enum ConstraintsQuery {
    /// A scalar subquery for the table `c`, a row of `pg_class`: `ConstraintInfo`s as one JSON document.
    static let sql = """
        (SELECT coalesce(json_agg(json_build_object(
            'name', k.conname, 'number', k.oid::bigint, 'isValidated', k.convalidated,
            'definition', regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '')) ORDER BY k.conname), '[]')
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('c', 'f', 'p', 'u', 'x'))
        """
}
