/// The functions that checks call on PostgreSQL and that it lacks; the adapter makes them in schema `surety`.
public enum HelperFunctions {
    /// One `CREATE OR REPLACE FUNCTION` each.
    public static let postgres = [
        """
        CREATE OR REPLACE FUNCTION surety.is_json(value text) RETURNS boolean
        LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
        BEGIN
            PERFORM value::json;
            RETURN true;
        EXCEPTION WHEN data_exception OR statement_too_complex THEN
            RETURN false;
        END $$
        """,
        """
        CREATE OR REPLACE FUNCTION surety.is_inet(value text, version integer) RETURNS boolean
        LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
        BEGIN
            RETURN family(value::inet) = version;
        EXCEPTION WHEN data_exception THEN
            RETURN false;
        END $$
        """,
    ]
}
