"""Window and signed report of the demo say the same of renewable electricity, targets and actions, in every year.

The window asks the plant's own ledger, the report what travels in its package: what a rule looks at and does not travel
would let the two say different things about one year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property

import pytest

from core.actions.emitted import baseline_of
from core.actions.situation import situation_of
from core.checks import review
from core.exchange.demo import YEARS, demo_files, demo_plants
from core.group.ways.making import way_of
from core.handover import close_year
from core.handover.ahead import targets_of
from core.handover.issue import prepare
from core.inventory import Inventory, Package, choices_of, compile_inventory, read
from core.inventory.closing import closed_inventory, with_closings
from core.ledger import Ledger, canonical
from core.library import load_library
from core.methods import Finding
from core.renewables import judge_claim, shares_of, way_to
from core.renewables.parts import parts_of
from core.report.data import ReportData
from core.report.plans.gather import Plans

LIBRARY = load_library()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JOURNAL = ("ab" * 32, 7)
BEFORE, LAST = YEARS[:-1], YEARS[-1]
"""The last year has faults that forbid closing it."""
PLANT_YEARS = [(plant, year, closed) for plant in demo_files() for year in YEARS for closed in (False, year in BEFORE)]


@dataclass(frozen=True, eq=False)
class Sides:
    """One year, in the window and in its report."""

    ledger: Ledger
    inventory: Inventory
    findings: tuple[Finding, ...]
    package: Package

    @cached_property
    def plans(self) -> Plans:
        """Of the report."""
        return ReportData(self.package).plans


@cache
def held(plant: str) -> Ledger:
    """Everything that a plant knows, all years open."""
    return next(one for one in demo_plants() if one.file == plant).ledger


@cache
def closed(plant: str) -> tuple[Ledger, dict[int, bytes]]:
    """The same with the earlier years closed, and their packages."""
    ledger, kept = held(plant), {}
    for year in BEFORE:
        change, kept[year] = close_year(ledger, year, LIBRARY, reason="Done", who="Li Na", when=NOW, journal=JOURNAL)
        ledger = ledger.apply(change.steps)
    return ledger, kept


@cache
def sides(plant: str, year: int, sealed: bool) -> Sides:
    ledger, kept = closed(plant) if sealed else (held(plant), {})
    closing = ledger.closing(year)
    if closing is None:
        inventory = compile_inventory(ledger, choices_of(ledger.audit(year), year), LIBRARY)
    else:
        inventory = with_closings(closed_inventory(closing, kept[year]), ledger)
    draft = prepare(ledger, year, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=JOURNAL,
                    closed=kept.get(year))  # fmt: skip
    return Sides(ledger, inventory, review(inventory), read(canonical(dict(draft.package))))


def both(states: list[tuple[str, int, bool]]) -> list[object]:
    return [
        pytest.param(plant, year, sealed, id=f"{plant}-{year}-{'closed' if sealed else 'open'}")
        for plant, year, sealed in dict.fromkeys(states)
    ]


every = pytest.mark.parametrize(("plant", "year", "sealed"), both(PLANT_YEARS))


@every
def test_the_shares_of_renewable_electricity_are_the_same(plant: str, year: int, sealed: bool) -> None:
    one = sides(plant, year, sealed)
    window = shares_of(one.ledger, one.inventory)
    assert window == one.plans.shares
    assert parts_of(one.ledger, one.inventory, window) == one.plans.parts


def test_the_own_roof_counts_in_the_report_too() -> None:
    """Nobody bought its attributes: its record says that they are kept, and without it nobody would know."""
    share = sides("zhangjiakou", LAST, False).plans.shares.year
    assert share.own > 0
    assert share.untitled == 0
    assert share.certified > share.own


@every
def test_claim_and_way_are_the_same(plant: str, year: int, sealed: bool) -> None:
    one = sides(plant, year, sealed)
    assert judge_claim(one.ledger, one.inventory, findings=one.findings) == one.plans.claim
    assert way_to(one.ledger, one.inventory) == one.plans.way()


@every
def test_the_action_plan_is_the_same(plant: str, year: int, sealed: bool) -> None:
    """But for what measures found: their tables stay, and the report states the results of its year."""
    one = sides(plant, year, sealed)
    window, report = situation_of(one.ledger, one.inventory, LIBRARY, followed=()), one.plans.situation()
    assert window.baseline == report.baseline == baseline_of(one.package.inventory())
    for name in ("actions", "ahead", "shares", "scenario", "horizon", "assumptions"):
        assert getattr(window, name) == getattr(report, name), name
    assert window.judged(NOW.date()) == report.judged(NOW.date())
    assert window.timeline(NOW.date()) == report.timeline(NOW.date())
    assert window.curve() == report.curve()


@pytest.mark.parametrize("plant", demo_files())
def test_targets_are_the_same_once_the_years_before_are_closed(plant: str) -> None:
    """Of open years no figures travel, for they may be others tomorrow."""
    one = sides(plant, LAST, True)
    window = targets_of(one.ledger, LAST, LIBRARY, lambda _: b"", known={LAST: one.inventory}, findings=one.findings)
    assert window.status == one.plans.status
    assert window.forecast == one.plans.forecast


@pytest.mark.parametrize("plant", demo_files())
def test_head_office_goes_the_same_way(plant: str) -> None:
    one = sides(plant, LAST, True)
    received = one.package
    there = way_of(received.ledger, received.inventory(), received.library, received.findings)
    assert there == way_of(one.ledger, one.inventory, LIBRARY, one.findings)
    assert there.electricity.certified == one.plans.shares.year.certified
