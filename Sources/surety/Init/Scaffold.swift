/// A small project to begin with: one source, one table built from it, one promise.
enum Scaffold {
    /// Its files; the declarations are valid as they are.
    static func files(project: String) -> [NewFile] {
        [
            NewFile(path: "surety.yaml", text: settings(project, warehouse: embedded)),
            NewFile(path: "orders.yaml", text: orders),
            NewFile(path: "sql/orders_daily.sql", text: ordersDaily),
        ]
    }

    /// The warehouse of a project that has none yet.
    private static let embedded = "${SURETY_WAREHOUSE:-sqlite:.surety/warehouse}"

    /// `surety.yaml` of a project with a warehouse.
    static func settings(_ project: String, warehouse: String) -> String {
        """
        # The project as a whole. Every other *.yaml below this folder belongs to it, whatever its name.
        # `surety validate` shows every error with its place; `surety schema` prints a JSON Schema for your editor.
        surety: 1
        project: \(YamlText.scalar(project))
        timezone: UTC                     # the zone of deadlines and days, such as Europe/London; never the machine's

        # What Surety remembers, and the database that holds your tables. Keep .surety/ out of version control.
        state: ${SURETY_STATE:-sqlite:.surety/state.db}
        warehouses:
          main: \(warehouse)      # postgres://user@host/database

        calendars:
          business: {days: mon tue wed thu fri, closed: []}     # closed: [2026-12-25, 2026-12-28]

        owners:                           # people who recover what broke
          me: {name: Your Name, email: you@example.com, to: [inbox]}
        channels:
          inbox: {file: .surety/alerts.ndjson}
        routes:
          - {to: [owner]}

        """
    }

    private static let orders = """
        # A promise answers five questions: what is promised, what must be true first, what stops it, who recovers it,
        # and how we know that it was kept.
        promises:
          orders-by-8:
            promise: By 08:00 every business day, sales sees every order through the prior day.
            owner: me
            deadline: 08:00 on business
            through: prior day            # the last day that must be complete
            needs: [mart.orders_daily]
            serves: [sales-dashboard]
            starts:
              - {at: 06:00 on business}
            expected: 10m
            recovery:
              - surety explain orders-by-8
              - surety run orders-by-8 --for {{interval}}

        # What reads the certified table. Its gate: `surety gate sales-dashboard`, exit code 0 when it may refresh.
        consumers:
          sales-dashboard:
            name: Sales dashboard
            owner: me
            uses: [mart.orders_daily]

        assets:
          raw.orders:                     # schema.table; without `build` it is a source: someone else loads it
            owner: me
            interval: day of order_date
            key: [order_id]
            recovery:
              - Ask whoever loads raw.orders to load {{interval}} again.
            ready:                        # not there yet: wait
              - rows >= 1
            stop:                         # there, and wrong: block all that is made from it
              - columns include (order_id bigint, order_date date, amount numeric)
              - order_id not null
              - order_id unique
              - amount >= 0
            warn:                         # worth telling
              - max amount < 100000

          mart.orders_daily:              # built by one SELECT, checked inside the transaction that writes it
            owner: me
            needs: [raw.orders]
            interval: day of order_date
            key: [order_date]
            build:
              sql: sql/orders_daily.sql
            stop:
              - rows = 1
              - orders >= 1
              - sum revenue equals sum raw.orders.amount

        """

    private static let ordersDaily = """
        -- The orders of one day. :interval_date is the day that is built; ::casts and comments are left alone.
        SELECT order_date,
               count(*) AS orders,
               sum(amount) AS revenue
        FROM raw.orders
        WHERE order_date = :interval_date
        GROUP BY order_date

        """
}
