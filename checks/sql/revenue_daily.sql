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
