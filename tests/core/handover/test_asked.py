"""What those who ask are answered: the same from a plant's file and from its report alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.disclosures.catalogue import all_points
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.exchange.demo import demo_files
from core.handover.asked import known_of, known_of_package
from core.handover.issue import prepare
from core.inventory import Package, build, choices_of, compile_inventory, read
from core.inventory.closing import closed_inventory
from core.ledger import Action, Answer, Ledger, MineralDeclaration, Scenario, canonical
from core.library import load_library
from tests.core.disclosures.plants import AUDIT, FULL, HILLSIDE, TODAY, no_blob
from tests.core.handover.test_demo_plans_travel import JOURNAL, NOW, closed
from tests.core.samples import ISSUE, activity

LIBRARY = load_library()
DAY = date(2026, 6, 1)


def said(value: PointValue) -> tuple[object, ...]:
    """Everything that is handed in."""
    return value.value, value.unit, value.rows, value.parts, value.known, value.proven, value.valid_to


def same(here: Mapping[str, PointValue], there: Mapping[str, PointValue], *but: str) -> None:
    for key in all_points():
        if key not in but:
            assert said(here[key]) == said(there[key]), key
            assert set(there[key].evidence) == set(here[key].evidence), key


@pytest.mark.parametrize("plant", demo_files())
def test_a_report_answers_what_the_plant_answers(plant: str) -> None:
    """With the reports of earlier years, which head office has too."""
    ledger, kept = closed(plant)
    blobs = {ledger.closing(year).sha256: blob for year, blob in kept.items()}  # type: ignore[union-attr]
    known = known_of(ledger, 2025, LIBRARY, blobs.__getitem__, DAY)
    draft = prepare(ledger, 2025, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=JOURNAL,
                    earlier={closing.sha256: blobs[closing.sha256] for closing in ledger.closings})  # fmt: skip
    package = read(canonical(dict(draft.package)))
    earlier = {year: closed_inventory(ledger.closing(year), blob) for year, blob in kept.items()}  # type: ignore[arg-type]
    there = known_of_package(package, DAY, earlier=earlier)
    same(values_of(known), values_of(there), "energy.pv_kw")


@pytest.mark.parametrize("plant", demo_files())
def test_without_earlier_reports_closings_say_the_totals_and_the_bridge_is_missing(plant: str) -> None:
    ledger, kept = closed(plant)
    draft = prepare(ledger, 2025, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=JOURNAL)
    found = values_of(known_of_package(read(canonical(dict(draft.package)))))
    before = closed_inventory(ledger.closing(2024), kept[2024])  # type: ignore[arg-type]
    assert found["ghg.prev_s1"].value == before.totals.scopes["scope1"]
    assert [one.kind for one in found["ghg.prev_s1"].origins] == ["closing"]
    assert "2024" in str(found["ghg.change"].missing)


def package_of(*more: object) -> Package:
    ledger = Ledger.of([HILLSIDE, *FULL, *more])  # type: ignore[list-item]
    return read(canonical(build(ledger, AUDIT, (), LIBRARY, ISSUE)))


def test_everything_that_is_asked_travels() -> None:
    ledger = Ledger.of([HILLSIDE, *FULL])
    here = known_of(ledger, 2023, LIBRARY, no_blob, TODAY)
    there = known_of_package(package_of(), TODAY, earlier=here.earlier)
    same(values_of(here), values_of(there), "min.smelters", "check.M5", "energy.pv_kw")
    found = values_of(there)
    assert "stay at the plant" in str(found["min.smelters"].missing) and "stay" in str(found["check.M5"].missing)
    assert found["min.supplier_cmrt"].rows[0][4] == "accepted"
    assert "modules" in str(found["energy.pv_kw"].missing), "this report states nothing of PV"


def test_what_nobody_decided_or_accepted_says_the_same_here_and_there() -> None:
    undecided = [replace(one, verdict="") if isinstance(one, MineralDeclaration) else one for one in FULL]
    ledger = Ledger.of([HILLSIDE, *undecided])
    here = values_of(known_of(ledger, 2023, LIBRARY, no_blob, TODAY))
    there = values_of(known_of_package(read(canonical(build(ledger, AUDIT, (), LIBRARY, ISSUE))), TODAY))
    for key in ("min.supplier_cmrt", "min.smelters", "check.M5"):
        assert said(here[key]) == said(there[key]) and str(here[key].missing) == str(there[key].missing), key
    assert here["min.supplier_cmrt"].rows[0][4] == "received"


def test_a_report_is_asked_as_of_its_day_unless_another_is_said() -> None:
    assert known_of_package(package_of()).today == ISSUE.issued.date()
    assert known_of_package(package_of(), TODAY).today == TODAY


def test_a_closed_year_is_asked_as_it_was_closed() -> None:
    ledger, kept = closed("krosno")
    blobs = {ledger.closing(year).sha256: blob for year, blob in kept.items()}  # type: ignore[union-attr]
    then = values_of(known_of(ledger, 2024, LIBRARY, blobs.__getitem__, DAY))
    gas = next(one for one in ledger.activities if one.start.year == 2024 and one.item == "natural_gas")
    changed = Ledger.of([
        *(one for held in ledger.records.values() for one in held.values()), replace(gas, quantity=gas.quantity * 9),
    ])  # fmt: skip
    now = values_of(known_of(changed, 2024, LIBRARY, blobs.__getitem__, DAY))
    assert now["ghg.s1"].value == then["ghg.s1"].value and now["energy.total"].value == then["energy.total"].value


def test_a_year_with_missing_months_is_compared_with_nothing() -> None:
    held = [activity(), activity("a2", start=date(2022, 5, 1), end=date(2022, 5, 31))]
    known = known_of(Ledger.of([HILLSIDE, *held]), 2023, LIBRARY, no_blob, TODAY)
    assert known.earlier == {}
    assert values_of(known)["ghg.prev_s1"].missing is not None


def test_inventories_that_are_at_hand_are_not_compiled_again() -> None:
    ledger = Ledger.of([HILLSIDE, activity()])
    own = compile_inventory(ledger, choices_of(None, 2023), LIBRARY)
    assert known_of(ledger, 2023, LIBRARY, no_blob, TODAY, inventories={2023: own}).inventory is own


def test_plans_that_cannot_be_stop_nothing_else() -> None:
    broken = Action("ac9", "Odd", "heat", "scope1", date(2023, 1, 1), 10, status="done", item="natural_gas",
                    energy=Decimal(5), ramp=(("first", "a lot"),))  # fmt: skip
    scenario = Scenario("sc1", "Odd", efficiency=(("scope1", "hundred"),))
    ledger = Ledger.of([HILLSIDE, *FULL, broken, scenario])
    found = values_of(known_of(ledger, 2023, LIBRARY, no_blob, TODAY))
    assert found["ghg.s1"].known and found["energy.total"].known
    assert all(one.missing is not None or one.known or one.expired for one in found.values())
    there = values_of(known_of_package(package_of(broken, scenario), TODAY))
    assert there["ghg.s1"].value == found["ghg.s1"].value


def test_lasting_answers_of_earlier_years_reach_head_office() -> None:
    policy = Answer("2021 policy.env", "policy.env", 2021, date(2022, 3, 1), "Policy 3")
    assert values_of(known_of_package(package_of(policy), TODAY))["policy.env"].value == "Policy 3"
