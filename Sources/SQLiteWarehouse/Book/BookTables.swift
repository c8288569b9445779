/// The tables in `surety.db`; instants are UTC text.
enum BookTables {
    /// The version of the tables below.
    static let version: Int64 = 1

    /// Statements that make them.
    static let statements = [
        "CREATE TABLE surety.settings (name text NOT NULL PRIMARY KEY, value text NOT NULL)",
        """
        CREATE TABLE surety.ledger (asset text NOT NULL, interval_start timestamptz, interval_end timestamptz,
            generation bigint NOT NULL, run_id text NOT NULL, definition text NOT NULL,
            applied_at timestamptz NOT NULL, rows bigint NOT NULL)
        """,
        """
        CREATE UNIQUE INDEX surety.ledger_once
        ON ledger (asset, ifnull(interval_start, ''), ifnull(interval_end, ''), generation)
        """,
        """
        CREATE TABLE surety.undone (asset text NOT NULL, interval_start timestamptz, interval_end timestamptz,
            generation bigint NOT NULL, run_id text NOT NULL, undone_at timestamptz NOT NULL)
        """,
        """
        CREATE TABLE surety.certificates (number integer PRIMARY KEY AUTOINCREMENT, id text NOT NULL UNIQUE,
            asset text NOT NULL, interval_start timestamptz, interval_end timestamptz,
            certified_at timestamptz NOT NULL, run_id text NOT NULL, definition text NOT NULL,
            withdrawn_at timestamptz, withdrawn_why text, body text NOT NULL)
        """,
        "CREATE INDEX surety.certificates_of_slice ON certificates (asset, interval_start, interval_end, number)",
        """
        CREATE VIEW surety.certified_assets AS
        SELECT asset, interval_start, interval_end, certified_at, run_id, definition, id AS certificate_id,
            withdrawn_at
        FROM certificates AS c
        WHERE NOT EXISTS (
            SELECT 1 FROM certificates AS n WHERE n.asset = c.asset AND n.number > c.number
                AND n.interval_start IS c.interval_start AND n.interval_end IS c.interval_end)
        """,
        """
        CREATE TABLE surety.owed (promise text NOT NULL, asset text NOT NULL, interval_start timestamptz,
            interval_end timestamptz, closes_at timestamptz NOT NULL, deadline timestamptz NOT NULL)
        """,
        "CREATE INDEX surety.owed_of_promise ON owed (promise)",
        """
        CREATE TABLE surety.promise_status (promise text NOT NULL PRIMARY KEY, owner text NOT NULL,
            deadline timestamptz, through text, state text NOT NULL, reason text NOT NULL)
        """,
        """
        CREATE TABLE surety.publications (asset text NOT NULL PRIMARY KEY, name text NOT NULL,
            interval_column text, form text, grain text, zone text)
        """,
    ]
}
