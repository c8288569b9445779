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
