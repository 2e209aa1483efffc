"""Ten thousand certificates for ten years of bills: a proposal that asks every rule, held against trying all pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.instruments import last_use
from core.inventory import Choices, Period, compile_inventory
from core.ledger import Activity, Evidence, Instrument, Ledger
from core.library import load_library
from core.library.rulebook import rulebook
from core.renewables.proposal import propose

FIRST, YEARS = 2024, 10
PERIOD = Period(date(FIRST, 1, 1), date(FIRST + YEARS - 1, 12, 31))


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """As many certificates as the larger inventory has lines, each of some megawatt-hours, for 120 bills."""
    count = scale.many
    ledger = plant(count)
    inventory = compile_inventory(ledger, Choices(PERIOD), load_library())
    made = propose(ledger, inventory)
    theirs = pairs(ledger)
    if made.kwh != sum(theirs().values()):
        raise RuntimeError("both ways should cover the same")
    alternative = "every pair tried, by vintage, last day and what is left alone (no rules, no reasons)"
    yield Pair(
        f"Propose {count:,} certificates for {12 * YEARS} bills, by expiry, each with its reason",
        alternative,
        timed(lambda: propose(ledger, inventory)),
        timed(theirs),
    )
    yield Pair(
        "The same, when no rule has looked at any of them before",
        alternative,
        timed(lambda: propose(_strange(ledger), inventory)),
        timed(theirs),
    )


def _strange(ledger: Ledger) -> Ledger:
    """The same records in tables that nobody has seen."""
    return Ledger({kind: dict(held) for kind, held in ledger.records.items()})


def plant(count: int) -> Ledger:
    """Certificates of every month, retired for the plant, that cover about nine tenths of its bills."""
    proof = Evidence("e1", "retirement.pdf", "certificate", "0" * 64, 10)
    return Ledger.of([data.PLANT, proof, *bills(count), *(certificate(number, count) for number in range(count))])


def bills(count: int) -> list[Activity]:
    """One a month; together they use a tenth more than there are certificates."""
    each = Decimal(count) * 3 * 1100 / (12 * YEARS)
    found = []
    for number in range(12 * YEARS):
        start = date(FIRST + number // 12, number % 12 + 1, 1)
        end = date(start.year, start.month, 28)
        found.append(Activity(f"a{number:05}", "Main meter", "purchased_electricity", "electricity", start, end, each,
                              "kWh", evidence=f"bill {number}"))  # fmt: skip
    return found


def certificate(number: int, count: int) -> Instrument:
    """3 MWh of a month."""
    month = number * 12 * YEARS // count
    start = date(FIRST + month // 12, month % 12 + 1, 1)
    return Instrument(
        f"i{number:05}", f"Certificates {number}", "certificate", "CN", start, date(start.year, start.month, 28),
        Decimal(3), scheme="GEC", serials=f"GEC{number * 3:08}-GEC{number * 3 + 2:08}", technology="wind",
        retired=f"{start.year + 1}-02-01", beneficiary=data.PLANT.name, evidence=("e1",), attributes="with",
    )  # fmt: skip


def pairs(ledger: Ledger) -> Callable[[], dict[str, Decimal]]:
    """What one would write first: for each bill all certificates in the order of their last days."""
    rules = rulebook()

    def run() -> dict[str, Decimal]:
        stock = sorted(((last_use(one, rules), one) for one in ledger.held(Instrument)), key=_order)
        left = {one.id: one.quantity * 1000 for _, one in stock}
        covered: dict[str, Decimal] = {}
        for bill in ledger.activities:
            need = bill.quantity
            for last, one in stock:
                if need and left[one.id] and one.start <= bill.end and last is not None and bill.start <= last:
                    kwh = min(need, left[one.id])
                    need -= kwh
                    left[one.id] -= kwh
            covered[bill.id] = bill.quantity - need
        return covered

    return run


def _order(pair: tuple[date | None, Instrument]) -> tuple[date, str]:
    return pair[0] or date.max, pair[1].id
