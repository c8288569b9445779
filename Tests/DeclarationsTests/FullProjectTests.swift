import Declarations
import SuretyCore
import Testing

@Suite struct FullProjectTests {
    private static let surety = """
        surety: 1                         # format version, required
        project: acme
        timezone: Europe/London           # default zone; required, never the machine's
        state: ${SURETY_STATE:-sqlite:.surety/state.db}            # or postgres://…
        warehouses:
          main: {url: "postgres://db.example/acme", connections: 6, statement_timeout: 5m, lock_timeout: 2s, checks_role: surety_check}
          spare: ${SURETY_WAREHOUSE:-sqlite:.surety/warehouse}
        calendars:
          business: {days: mon tue wed thu fri, closed: [2026-12-25, 2026-12-28], closed_file: uk.ics, open: [2026-12-27]}
        owners:
          ana:     {name: Ana Ruiz, email: ana@acme.example, slack: U012ABC, to: [inbox], quiet: {from: 22:00, to: 07:00}}
          ben:     {name: Ben, to: [inbox]}
          finance: {name: Finance data, members: [ana, ben], to: [finance-slack]}     # a group: deputy or receiver, never owner
        channels:                          # owner and channel ids share one namespace; `owner`, `deputy` are reserved
          inbox:         {file: .surety/alerts.ndjson}
          finance-slack: {slack: {token: "${SLACK_TOKEN}", channel: C0123}}      # `api:` for another address; or {slack: {webhook: "${URL}"}}
          other-slack:   {slack: {webhook: "${URL}"}}
          near-slack:    {slack: {token: "${file:/run/slack}", channel: C0123, api: "http://10.0.0.7/api", allow_private: true}}
          ops-hook:      {webhook: {url: "https://ops.example/hook", secret: "${HOOK_SECRET}"}}
          near-hook:     {webhook: {url: "http://localhost:9000/hook"}, allow_private: true}
          mail:          {email: {server: smtp://localhost:25, from: surety@acme.example}}
          mails:         {email: {server: smtps://mail.example:465, from: a@b.example, tls: required, ca_file: ca.pem, user: "${SMTP_USER}", password: "${SMTP_PASSWORD}"}}
        routes:                            # ordered, first match wins unless `continue: true`; the last matches everything
          - {when: {severity: critical}, to: [owner, ops-hook]}   # keys: severity kind tier promise asset owner tag; several = and, list = or
          - {when: {severity: [critical, high], kind: late, tier: [1, 2], promise: revenue-by-8, asset: raw.payments, owner: ana, tag: finance}, to: [deputy], continue: true}
          - {to: [owner]}
        escalate: [{after: 30m, to: deputy}, {before_deadline: 30m, to: ana}]
        limits: {runs: 9, steps: 17}
        report: {at: 08:00 on mon, to: [ana]}        # the weekly report by mail
        pools: {heavy: 2}
        """
    private static let promises = """
        promises:
          revenue-by-8:
            promise: By 08:00 every business day, leadership sees complete recognised revenue through the prior day.
            owner: ana                    # a person
            deputy: finance               # optional
            tier: 1                       # default 2
            deadline: 08:00 on business   # "HH:MM[, HH:MM] [on DAYS] [in ZONE]" or {cron: "0 8 * * 1-5", in: ZONE}
            through: prior day            # prior hour|day|business day|week|month: the last interval that must be complete
            needs: [mart.revenue_daily]   # the assets that must be certified
            serves: [leadership-revenue]  # consumers refreshed once they are
            starts:                       # each begins one run for all owed, closed, uncertified intervals; nothing owed = recorded, no run
              - {at: 05:30 on business}
              - {every: 15m}              # counted from local midnight
              - {cron: "*/20 6-9 * * mon-fri"}
              - {once: true}              # first start of the service, never again
              - {after: [payments-by-6]}  # all of them certified for the overlapping intervals
              - {hook: billing-landed}    # signed webhook
              - {notify: billing_loaded}  # PostgreSQL LISTEN channel
              - {file: "inbox/billing_{{interval:yyyyMMdd}}.csv"}
              - {bucket: "s3://acme-landing/billing/*.csv"}   # s3, gcs, azure notifications
            overlap: skip                 # other intervals: skip | queue | cancel_previous; the same interval never runs twice
            catch_up: latest              # missed starts: none | latest | all, within catch_up_window (24h); owed intervals are always owed
            catch_up_window: 24h
            give_up: 16:00                # readiness waits and retries go on past the deadline until here; default: the next deadline
            expected: 25m                 # predicts lateness until there is history
            since: 2026-11-01             # first interval owed
            in_flight: finish             # when declarations change mid-run: finish | restart | cancel
            on_failure: keep              # keep | undo
            experiment: false             # true: own pool, no pages, not in the headline, never an input of a real promise
            tags: [finance]
            recovery:                     # in alerts; {{interval}}, {{asset}}, {{run}} filled in.
              - Ask billing-ops to resend the billing export for {{interval}}.
              - surety run revenue-by-8 --for {{interval}}
          payments-by-6:
            promise: By 06:00 every business day, payments are there.
            owner: ben
            deadline: {cron: "0 6 * * 1-5", in: Europe/Paris}
            through: prior business day
            needs: [raw.payments]
            recovery: Call the bank.
        """
    private static let assets = """
        assets:
          raw.billing_export:             # schema.table in the warehouse
            owner: ben                    # tier 1–2 assets: a person
            interval: day of invoice_date # "hour|day|week|month of COLUMN [on CALENDAR] [in ZONE]"; absent = the whole table each time
            source: {expected_by: 05:00 on business, poll: 2m}
            key: [invoice_id]             # names rows in samples and fingerprints
            private: [customer_email]     # never shown
            since: 2026-03-25             # first interval that exists
            empty: allowed except on business   # refused (default) | allowed | allowed [except] on DAYS
            guard: none                   # none | trigger
            late_rows: rebuild within 7d
            ready:                        # not there yet: wait. (Also allowed before a build.)
              - rows >= 1 on business
              - fresh loaded_at within 6h
            stop:                         # there, and wrong: block everything downstream
              - customer_id not null
              - duplicates invoice_id = 0
              - columns include (invoice_id bigint, customer_id bigint, amount numeric, currency text)
            warn:
              - missing promo_code < 40%
          raw.payments: {interval: day of paid_on on business, empty: allowed, stop: [payment_id not null]}
          raw.refunds: {interval: hour of refunded_at in UTC, empty: allowed on sat sun, guard: trigger, stop: [refund_id not null]}
          raw.fx_rates: {late_rows: ignore, stop: [rate > 0]}
          mart.revenue_daily:
            owner: ana
            needs: [raw.billing_export, raw.payments, raw.refunds last 30 days, raw.fx_rates latest within 4d, raw.crm_accounts within 2d, raw.sheet, raw.big, raw.dbt]
            interval: day of revenue_date
            params: {threshold: 0.5, count: 3, code: 0123, quoted: "3", day: 2026-11-01, flag: true, at: 2026-11-01T10:00:00Z}
            build:
              sql: ../sql/revenue_daily.sql   # one word ending in .sql = a file, else the text
              write: replace interval         # default; without an interval: replace table.
              timeout: 10m                    # the statement_timeout of this step
              retries: {times: 3, wait: 30s, backoff: 2, at_most: 10m, jitter: 20%}   # tries after the first
              undo: {sql: ../sql/revenue_daily_undo.sql}
            audit: before commit          # default for sql and load; everything else is `after commit`
            publish: certified intervals
            as: revenue
            approve: {by: [ana], before: publish, within: 4h}     # optional; a rejection is `blocked`
            backfill: {up_to: 90d, by: [ana], note: Restate FX first.}    # who may, how far back, what to know
            budget: 60s                   # what its checks may cost
            tags: [finance]
            pool: heavy
            recovery: [Look at the invoices.]
            ready: [rows >= 0]
            stop:
              - rows >= 1
              - row: |
                  amount >= 0
                  and currency is not null
              - {sql: ../sql/orphans.sql, expect: returns no rows, name: no-orphans}
              - {column: code, matches: '^[A-Z]{3}: ', where: "code is not null", samples: [code], note: A code and a colon.}
              - {check: "amount between 0 and 1000000", name: sane, except: 3 rows, on: business}
            warn:
              - sum amount within 1% of sum raw.payments.amount
          raw.crm_accounts:
            owner: ben
            stop: [account_id not null]
            build:
              http: {target: ingest, start: {post: /jobs, body: {from: "{{interval}}"}}, job: $.id,
                     poll: {get: "/jobs/{job}", every: 30s, done: "$.state = 'ok'", failed: "$.state = 'error'"},
                     verify: {get: "/jobs?key={key}"}, cancel: {delete: "/jobs/{job}"}, undo: {delete: "/loads/{job}"}}
          raw.sheet:
            stop: [rows > 0]
            build: {manual: {ask: "Download the FX sheet…", by: ben, within: 2h}}
          raw.dbt:
            stop: [rows > 0]
            build: {command: [dbt, build, --select, revenue], idempotent: true, verify: [dbt, ls], undo: {command: [dbt, clean]}}
          raw.csv:
            interval: day of day
            stop: [rows > 0]
            build: {load: {csv: "../sample-data/billing/{{interval}}.csv", delimiter: ";", null: NA}, write: "merge on id, day"}
          raw.big:
            stop: [rows > 0]
            publish: view
            build:
              choose: [{when: rows raw.orders > 5000000, sql: full.sql}, {sql: small.sql}]
          raw.orders_{{region}}:
            for_each: {region: [uk, de]}
            build: {sql: "select * from shop.{{region}} where region = :region"}
            stop: [rows > 0]
        """
    private static let consumers = """
        consumers:
          leadership-revenue:
            name: Leadership revenue dashboard
            owner: ana
            uses: [mart.revenue_daily]
            refresh: {http: {method: POST, url: "https://metabase.example/api/cache/invalidate?dashboard=15", headers: {x-api-key: "${KEY}"}, body: {dashboard: "15"}}}
          export: {uses: [raw.payments], refresh: {command: [make, export]}}
        targets:                          # other systems that steps command
          ingest:
            at: ["https://ingest-a.example", "https://ingest-b.example"]
            health: {get: /health, every: 10s, down_after: 3, up_after: 2}
            choose: round robin           # round robin | least busy | first healthy (failover)
            limits: {at_once: 4, per_minute: 60}
            adapt: {when: error rate > 20% over 5m, at_once: 1}            # also latency p95 > 3s, load > 80%
            auth: {bearer: "${INGEST_TOKEN}"}
          by-dns: {at: {dns: _ingest._tcp.example}, choose: least busy, adapt: {when: latency p95 > 3s, at_once: 2}}
          by-consul: {at: {consul: "http://consul:8500", service: ingest}, choose: first healthy, adapt: {when: load > 80%, at_once: 2}}
        """
    private static let holidays = """
        BEGIN:VCALENDAR\r
        BEGIN:VEVENT\r
        DTSTART;VALUE=DATE:20270101\r
        DTEND;VALUE=DATE:20270102\r
        SUMMARY:New Year's\r
         Day\r
        END:VEVENT\r
        END:VCALENDAR\r
        """

    static let project = SampleProject(
        files: [
            "surety.yaml": surety, "promises.yaml": promises, "warehouse/assets.yml": assets,
            "consumers.yaml": consumers, "uk.ics": holidays,
            "sql/revenue_daily.sql": "select :interval_date as revenue_date, :threshold as t\n",
            "sql/revenue_daily_undo.sql":
                "delete from mart.revenue_daily where revenue_date = :interval_date;\n",
            "sql/orphans.sql": "select 1 where false\n",
            "warehouse/full.sql": "select 1 as x", "warehouse/small.sql": "select 1 as x",
        ],
        environment: [
            "SLACK_TOKEN": "xoxb-secret", "URL": "https://hooks.example/T/B", "HOOK_SECRET": "whsec-secret",
            "KEY": "key-secret", "INGEST_TOKEN": "token-secret", "SMTP_USER": "smtp-user",
            "SMTP_PASSWORD": "smtp-secret",
        ],
        secrets: ["/run/slack": "file-secret\n"])

    @Test func `every key of the contract is read without a finding`() throws {
        let read = FullProjectTests.project.read()
        #expect(read.findings.map(\.description) == [])
        let catalog = try #require(read.catalog)
        #expect(catalog.promises.count == 2)
        #expect(catalog.assets.count == 12)
    }
}
