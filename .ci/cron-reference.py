#!/usr/bin/env python3
"""Writes Tests/SuretyCoreTests/Time/CronReference.swift: firings of cron expressions as croniter computes them.

Needs `pip install croniter==7.0.0`. Each line is an expression, a zone, the instant searched from in minutes since
1970, and the minutes to the next firing and from each to the next. One thing is done differently on purpose and
corrected here: an expression whose hour is not `*` fires once in a repeated hour, croniter fires twice.
"""
import pathlib
import random
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from croniter import croniter

ZONES = ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
         "America/St_Johns", "Atlantic/Azores"]
EXPRESSIONS = [
    "* * * * *", "*/5 * * * *", "*/7 * * * *", "0 * * * *", "15,45 * * * *", "0 8 * * 1-5", "30 2 * * *",
    "30 1 * * *", "0 0 * * *", "*/20 6-9 * * mon-fri", "0 0 1 * *", "0 0 29 2 *", "0 0 31 * *", "5 4 * * sun",
    "5 4 * * 7", "5 4 * * 0", "0 12 1-7 * 1", "0 0 13 * fri", "0 9 * jan,jul mon", "0 */6 * * *",
    "10-50/20 */3 * * *", "59 23 31 12 *", "0 0 * * sat-sun", "0 0 * * 5-7", "15 2 * * *", "45 1-3 * * *",
    "0 22,23,0 * * *", "0 6 15 * *", "1 0 1 JAN *", "0 0 */2 * mon", "0 3 * * */2",
]
STARTS = ["2026-01-15T10:07", "2026-03-08T03:00", "2026-03-29T00:00", "2026-04-04T12:30", "2026-10-03T13:00",
          "2026-10-25T00:00", "2026-10-31T22:00", "2024-02-28T23:59"]


def random_field(pick, low, high):
    kind = pick.randrange(6)
    if kind < 2:
        return "*"
    if kind == 2:
        return str(pick.randint(low, high))
    if kind == 3:
        return ",".join(str(n) for n in sorted(pick.sample(range(low, high + 1), min(3, high - low + 1))))
    a, b = sorted(pick.sample(range(low, high + 1), 2))
    return f"{a}-{b}" if kind == 4 else f"{a}-{b}/{pick.randint(1, 4)}"


def random_expressions(count):
    pick = random.Random(20261119)
    return [" ".join([random_field(pick, 0, 59), random_field(pick, 0, 23), random_field(pick, 1, 28),
                      random_field(pick, 1, 12), random_field(pick, 0, 6)]) for _ in range(count)]


def firings(expression, zone, start, count):
    found = []
    steps = croniter(expression, start.astimezone(ZoneInfo(zone)))
    while len(found) < count:
        at = steps.get_next(datetime)
        if expression.split()[1] != "*" and at.fold == 1:
            continue
        minute = int(at.timestamp()) // 60
        if not found or minute > found[-1]:
            found.append(minute)
    return found


def line(expression, zone, start, count=6):
    at = datetime.fromisoformat(start).replace(tzinfo=timezone.utc)
    base = last = int(at.timestamp()) // 60
    steps = []
    for minute in firings(expression, zone, at, count):
        steps.append(str(minute - last))
        last = minute
    return f"{expression}|{zone}|{base}|{','.join(steps)}"


def main():
    lines = []
    for number, expression in enumerate(EXPRESSIONS):
        for index, start in enumerate(STARTS):
            lines.append(line(expression, ZONES[(number + index) % len(ZONES)], start))
    for zone in ZONES[1:]:
        for expression in ["30 2 * * *", "30 1 * * *", "15,45 0-3 * * *", "*/30 * * * *", "0 * * * *", "5 */2 * * *"]:
            for start in STARTS[1:7]:
                lines.append(line(expression, zone, start))
    for number, expression in enumerate(random_expressions(160)):
        lines.append(line(expression, ZONES[number % len(ZONES)], STARTS[number % len(STARTS)], 5))
    body = "\n".join("        " + text for text in dict.fromkeys(lines))
    path = pathlib.Path(__file__).parent.parent / "Tests/SuretyCoreTests/Time/CronReference.swift"
    path.write_text(
        "/// Firings of cron expressions as croniter computes them; written by `.ci/cron-reference.py`.\n"
        "enum CronReference {\n"
        "    /// Expression, zone, start in minutes since 1970, minutes to the next firing and from each to the next.\n"
        f'    static let table = """\n{body}\n        """\n'
        "}\n")


main()
