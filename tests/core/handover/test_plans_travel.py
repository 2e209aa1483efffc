"""Plans travel with a report: with those of a closed year too, of the day on which it is issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.handover import prepare, receive
from core.handover.ahead import targets_of
from core.handover.issue import Draft, produce
from core.inventory import Package, read
from core.inventory.audited import PLANNED, audited
from core.inventory.compile import choices_of
from core.ledger import (
    Activity,
    Audit,
    Commitment,
    Credit,
    EarlierYear,
    Evidence,
    Instrument,
    KeyFigure,
    Ledger,
    PvSystem,
    Record,
    Target,
    canonical,
)
from core.renewables import shares_of, way_to
from core.report.data import ReportData
from core.signing import Identity, Trust
from tests.core.handover.conftest import NOW, PLANT, ledger
from tests.core.handover.test_closing import JOURNAL, LATER, LIBRARY, closed
from tests.core.samples import covering

PLAN = Evidence("plan", "plan.pdf", "other", "ab" * 32, 100, "application/pdf")
CREDIT = Credit(
    "cr1", "CCER", "1", "removal_nature", "CN", 2024, "F-1–F-9", Decimal(9), retired="2025-04-01", year=2024
)
CLAIM = Commitment("cm1", "Operations", ("scope1", "scope2_location"), 2024, "claimed", "2024-01-01", ("plan",))
TARGET = Target("ta1", "Half", "own", ("scope1",), 2024, 2030, Decimal(50))


def of(held: Ledger, *records: Record) -> Ledger:
    return Ledger.of([*(one for own in held.records.values() for one in own.values()), *records])


def issued(held: Ledger, blob: bytes | None) -> Draft:
    return prepare(held, 2024, LIBRARY, language="en", issued_by="Li Na", when=LATER, journal=JOURNAL, closed=blob)


def test_credits_that_were_retired_after_the_closing_are_in_its_report() -> None:
    held, _, blob = closed()
    package = read(canonical(dict(issued(of(held, CREDIT, CLAIM, PLAN), blob).package)))
    assert package.ledger.held(Credit) == (CREDIT,)
    assert package.ledger.get("evidence", "plan") == PLAN
    (found,) = ReportData(package).plans.status.neutrality
    assert any(one.subject == "cr1" for one in found.judged)  # it names nobody for whom it was retired


def test_what_was_planned_then_and_given_up_since_is_not() -> None:
    held, _, blob = closed(of(ledger(), TARGET))
    without = Ledger({**held.records, "target": {}})
    assert read(canonical(dict(issued(held, blob).package))).ledger.held(Target) == (TARGET,)
    assert read(canonical(dict(issued(without, blob).package))).ledger.held(Target) == ()


def test_no_plan_moves_a_number_of_a_closed_year() -> None:
    held, _, blob = closed()
    plain, planned = (issued(one, blob).package for one in (held, of(held, CREDIT, CLAIM, PLAN, TARGET)))
    assert plain["inventory"] == planned["inventory"]
    assert plain["uncertainty"] == planned["uncertainty"]


def test_instruments_entered_after_the_closing_cover_nothing_of_it() -> None:
    """They decide about emissions, so they stay those of then until the year is restated."""
    held, _, blob = closed()
    late = Instrument(
        "in9", "Late", "certificate", "CN", date(2024, 1, 1), date(2024, 12, 31), Decimal(5), "GEC", "X-1"
    )
    package = read(canonical(dict(issued(of(held, late), blob).package)))
    assert all(one.id != "in9" for one in package.ledger.held(Instrument))
    assert "instrument" not in PLANNED


ROOF = PvSystem("p1", "Roof", date(2020, 1, 1), Decimal(40), Decimal(115), source="Roof")
USED = Activity(
    "s1", "Roof", "solar_generation", "solar_self_used", date(2024, 1, 1), date(2024, 12, 31), Decimal(500_000), "kWh"
)


def shown(held: Ledger, blob: bytes | None) -> Package:
    return read(canonical(dict(issued(held, blob).package)))


@pytest.mark.parametrize(("then", "now"), [("", "plant"), ("plant", ""), ("plant", "plant")])
def test_who_owns_attributes_that_nobody_bought_is_known_of_a_closed_year_too(then: str, now: str) -> None:
    """No number follows from it, so nothing could be restated, and the window says it at once."""
    held, _, blob = closed(of(ledger(), USED, replace(ROOF, attributes_owner=then)))
    later = of(held, replace(ROOF, attributes_owner=now))
    found, before = shown(later, blob), shown(held, blob)
    inventory = found.inventory()
    assert inventory == before.inventory()
    assert ReportData(found).plans.shares == shares_of(later, inventory)
    assert bool(ReportData(found).plans.shares.year.certified) is (now == "plant")


@pytest.mark.parametrize(("then", "now"), [("other", "plant"), ("plant", "other")])
def test_attributes_that_were_sold_then_or_are_now_wait_for_a_restatement(then: str, now: str) -> None:
    held, _, blob = closed(of(ledger(), USED, replace(ROOF, attributes_owner=then)))
    found = shown(of(held, replace(ROOF, attributes_owner=now)), blob)
    assert [one.attributes_owner for one in found.ledger.held(PvSystem)] == [then]


def test_a_system_that_an_instrument_names_stays_as_it_was_closed() -> None:
    """Its owner decides whether the instrument counts."""
    own = Instrument("in1", "Own", "on_site", "CN", date(2024, 1, 1), date(2024, 12, 31), Decimal(5), system="p1")
    held, _, blob = closed(of(ledger(), USED, ROOF, own))
    found = shown(of(held, replace(ROOF, attributes_owner="plant")), blob)
    assert [one.attributes_owner for one in found.ledger.held(PvSystem)] == [""]


def test_what_a_contract_of_later_secures_is_secured_in_the_report_too() -> None:
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    proof, contract, _ = covering("a00001", key="i9", start=first, end=last, quantity=Decimal(900))
    promise = Target("ta3", "All of it", "renewable", (), 2024, 2027, Decimal(100))
    held = of(ledger(), proof, replace(contract, beneficiary=PLANT.name), promise)
    found = shown(held, None)
    window, report = way_to(held, found.inventory()), ReportData(found).plans.way()
    assert window == report
    assert report.secured == 900


def test_key_figures_before_the_base_year_are_no_years_of_an_intensity_target() -> None:
    """As in the window, whatever earlier reports state of that year."""
    years = [KeyFigure(f"kf{year}", "pieces", "pcs", date(year, 1, 1), date(year, 12, 31), Decimal(1000))
             for year in (2019, 2021, 2024)]  # fmt: skip
    stated = [EarlierYear(f"ey{year}", year, "scope1", Decimal(50), "Report") for year in (2019, 2021)]
    per_piece = Target("ta2", "Per piece", "own", ("scope1",), 2021, 2030, Decimal(30), intensity="pieces")
    held = of(ledger(), per_piece, *years, *stated)
    found = shown(held, None)
    window = targets_of(held, 2024, LIBRARY, lambda _: b"", known={2024: found.inventory()}, findings=found.findings)
    (one,) = ReportData(found).plans.status.targets
    assert window.status.targets == (one,)
    assert list(one.actual) == [2021, 2024]


def test_key_figures_that_a_target_names_travel_from_every_year() -> None:
    figures = [
        KeyFigure(f"kf{year}-{name}", name, "pcs", date(year, 1, 1), date(year, 12, 31), Decimal(1000))
        for year in (2019, 2024)
        for name in ("pieces", "shifts")
    ]
    per_piece = Target("ta2", "Per piece", "own", ("scope1",), 2019, 2030, Decimal(30), intensity="pieces")
    held = of(ledger(), per_piece, *figures)
    audit = held.audit(2024) or Audit("2024", date(2024, 1, 1), date(2024, 12, 31))
    part = audited(held, choices_of(audit, 2024).period, audit)
    early = [one.name for one in part.held(KeyFigure) if one.start.year == 2019]
    assert early == ["pieces"]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_a_signed_report_with_plans_is_received_equal(language: str, auditor: Identity, trust: Trust) -> None:
    held = of(ledger(), CREDIT, CLAIM, PLAN, TARGET)
    draft = prepare(held, 2024, LIBRARY, language=language, issued_by="Li Na", when=NOW, journal=JOURNAL, carry=True)
    receipt = receive(produce(draft, auditor), trust, LIBRARY, NOW)
    assert (receipt.differences, receipt.rebuilt) == ((), "equal")
    assert receipt.package is not None and receipt.package.ledger.held(Target) == (TARGET,)
