"""Makes `desk-log.csv`: two weeks of an invented desk, always the same. `python examples/data/make_desk_log.py`"""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

RULES = [
    ("deposit-how", "answer", 18),
    ("deposit-minimum", "answer", 12),
    ("withdraw-how", "answer", 12),
    ("bonus-claim-how", "answer", 10),
    ("greeting", "answer", 8),
    ("deposit-missing", "handoff", 14),
    ("withdraw-delayed", "handoff", 9),
    ("complaint-slow-service", "handoff", 5),
    ("", "handoff", 8),
    ("", "ask", 4),
]
HEAD = ["conversation", "customer", "time", "action", "rule", "responded", "closed", "satisfaction"]


def conversations(random_: random.Random, start: datetime):
    """Rows of one conversation after the other; those of the second week wait less."""
    number = 0
    for day in range(14):
        for _ in range(random_.randint(18, 30)):
            number += 1
            begin = start + timedelta(days=day, seconds=random_.randint(0, 86_399))
            yield from conversation(random_, number, begin, wait=240 if day < 7 else 90)


def conversation(random_: random.Random, number: int, begin: datetime, wait: float):
    rule, action, _ = random_.choices(RULES, [weight for *_, weight in RULES])[0]
    customer = f"c{random_.randint(1, 160):03}"
    handed_off = action == "handoff"
    responded = begin + timedelta(seconds=random_.expovariate(1 / wait)) if handed_off else None
    closed = responded + timedelta(minutes=random_.randint(2, 60)) if handed_off and random_.random() < 0.9 else None
    mark = random_.choice([3, 4, 5] if not handed_off else [1, 2, 3, 4, 5]) if random_.random() < 0.3 else None
    yield [f"t{number:04}", customer, begin, action, rule, responded, closed, mark]
    if not handed_off and random_.random() < 0.3:
        yield [f"t{number:04}", customer, begin + timedelta(seconds=40), "answer", "thanks", None, None, None]


def written(value):
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value


if __name__ == "__main__":
    rows = conversations(random.Random(20260302), datetime(2026, 3, 2))
    with Path(__file__).with_name("desk-log.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows([written(value) for value in row] for row in rows)
