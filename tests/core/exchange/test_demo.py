"""The demo group: invented, fixed, calculable, and wrong exactly where it says so."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from core.checks import review
from core.exchange.demo import YEARS, DemoPlant, Fault, demo_faults, demo_files, demo_plants
from core.exchange.importing import change_of, preview
from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.upstream import upstream_of
from core.ledger import Activity, Allocation, Ledger
from core.ledger.references import named_by
from core.library import load_library
from core.library.places import check_place
from core.methods import CATEGORIES, all_methods
from core.store import PlantFile

LIBRARY = load_library()
PLANTS = {p.file: p for p in demo_plants()}
FAULTS = {f.what: f for f in demo_faults()}
FOUND_BY = {
    "missing_month": "gaps",
    "renewable_without_proof": "renewable_not_counted",
    "unit_slip": "unit_slips",
    "duplicate_bill": "duplicates",
    "self_use_above_generation": "solar_balance",
    "estimate_without_reason": "unexplained_estimates",
    "missing_evidence": "missing_evidence",
}
"""Which rule of the review finds which fault."""
EXPECTED = {
    "factor_year", "missing_factor", "excluded_share", "market_above_location", "calibration_overdue", "long_bills",
    "weak_factors", "proxy_region", "proxy_share", "screening_rate", "laboratory_without_proof",
}  # fmt: skip
"""What is said of a year without faults: what the demo shows on purpose."""


def inventory(file: str, year: int) -> Inventory:
    ledger = PLANTS[file].ledger
    return compile_inventory(ledger, choices_of(ledger.audit(year), year), LIBRARY)


UPSTREAM = ("upstream_energy", "transmission_losses")
"""Category 3 stands once a year beside the bills of the same source and item."""


def bills(fault: Fault) -> list[Activity]:
    """All bills of the source and item of a fault."""
    found = PLANTS[fault.plant].ledger.activities
    return [a for a in found if (a.source, a.item) == (fault.source, fault.item) and a.method not in UPSTREAM]


def at(fault: Fault) -> list[Activity]:
    return [a for a in bills(fault) if a.start == fault.start]


def test_three_plants_in_two_countries() -> None:
    assert list(PLANTS) == ["zhangjiakou", "fangshan", "krosno"] == list(demo_files())
    assert [(p.plant.country, p.plant.region) for p in PLANTS.values()] == [
        ("CN", "CN-HE"),
        ("CN", "CN-BJ"),
        ("PL", "PL-18"),
    ]


SHOWN = {
    "stationary_combustion", "mobile_combustion", "purchased_electricity", "purchased_heat", "refrigerants",
    "welding_gas", "solar_generation",
}  # fmt: skip
"""Methods of which every demo plant has bills."""


@pytest.mark.parametrize("demo", PLANTS.values(), ids=lambda p: p.file)
def test_figures_are_marked_as_invented(demo: DemoPlant) -> None:
    check_place(demo.plant)
    assert "invented" in demo.plant.note and "虚构" in demo.plant.note
    assert "demo" in demo.who.lower()
    assert all(a.evidence.startswith("DEMO-") for a in demo.ledger.activities if a.evidence)


@pytest.mark.parametrize("demo", PLANTS.values(), ids=lambda p: p.file)
def test_bills_are_what_methods_understand(demo: DemoPlant) -> None:
    methods = all_methods()
    for bill in demo.ledger.activities:
        method, item = methods[bill.method], LIBRARY.items[bill.item]
        assert item.kind in method.kinds
        assert LIBRARY.units.dimension(bill.unit) in method.dimensions
        assert bill.start <= bill.end
        assert bill.quantity > 0
    assert {b.method for b in demo.ledger.activities} >= SHOWN


NOWHERE = {"franchises"}
"""No plant of a supplier grants franchises; category 14 is declared not relevant instead."""


def test_every_method_is_shown_by_some_plant() -> None:
    shown = {line.activity.method for file in PLANTS for year in YEARS for line in inventory(file, year).lines}
    assert shown == set(all_methods()) - NOWHERE


@pytest.mark.parametrize("file", PLANTS)
@pytest.mark.parametrize("year", YEARS)
def test_every_category_is_calculated_or_judged(file: str, year: int) -> None:
    made = inventory(file, year)
    judged = {int(j.about.removeprefix("scope3:")) for j in made.judgements if j.verdict == "not_relevant"}
    assert judged | set(made.totals.categories) == set(CATEGORIES)
    assert not judged & set(made.totals.categories)
    assert all(j.reason for j in made.judgements)


@pytest.mark.parametrize("file", PLANTS)
@pytest.mark.parametrize("year", YEARS)
def test_purchased_goods_weigh_most(file: str, year: int) -> None:
    totals = inventory(file, year).totals
    assert totals.categories[1] == max(totals.categories.values())
    if year > 2023:  # Zhangjiakou bought machines in its first year, and little steel
        others = totals.scopes["scope3"] - totals.categories[1]
        assert totals.categories[1] > others
        assert totals.categories[1] > totals.scopes["scope1"] + totals.scopes["scope2_location"]


def test_the_upstream_of_every_bill_is_there() -> None:
    """What the program would propose for category 3 is entered already."""
    for file in PLANTS:
        made = inventory(file, 2024)
        assert upstream_of(made).rows == ()


@pytest.mark.parametrize("demo", PLANTS.values(), ids=lambda p: p.file)
def test_anybody_could_import_the_file(demo: DemoPlant) -> None:
    data = (files("resources") / "demo" / f"{demo.file}.csv").read_bytes()
    seen = preview(data, Ledger.of((demo.plant,)), LIBRARY, f"{demo.file}.csv")
    assert (seen.refused, seen.unknown) == ((), ())
    assert {ready.activity for ready in seen.ready} == set(demo.ledger.activities)
    change = change_of(seen, Ledger.of((demo.plant,)), demo.who, datetime(2026, 1, 20, tzinfo=UTC))
    assert len(change.steps) == len(demo.ledger.activities) + 1


def test_factors_of_suppliers_are_used_and_proven() -> None:
    for file, expected in {"zhangjiakou": {"f00001"}, "fangshan": set(), "krosno": {"f00001", "f00002"}}.items():
        ledger = PLANTS[file].ledger
        assert {own.id for own in ledger.own_factors} == expected
        assert all(ledger.get("evidence", own.evidence) is not None for own in ledger.own_factors)
        parts = {part for line in inventory(file, 2024).lines for part in line.factor.parts}
        assert all(any(own in part for part in parts) for own in expected)


@pytest.mark.parametrize("file", PLANTS)
@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_an_inventory(file: str, year: int) -> None:
    made = inventory(file, year)
    assert made.totals.scopes["scope1"] > 100
    assert made.totals.scopes["scope2_location"] > 1000
    assert made.totals.scopes["scope3"] > 10_000
    assert {e.portion.activity.method for e in made.excluded} <= {"purchased_heat"}
    months = {portion.start.month for portion in (line.portion for line in made.lines)}
    assert months == set(range(1, 13))


@pytest.mark.parametrize("file", PLANTS)
@pytest.mark.parametrize("year", [2023, 2024])
def test_the_first_two_years_can_be_signed(file: str, year: int) -> None:
    findings = review(inventory(file, year))
    assert not [f for f in findings if f.severity == "error"]
    unexpected = [f for f in findings if f.rule not in EXPECTED]
    if (file, year) == ("zhangjiakou", 2023):
        (late,) = unexpected  # the contract of green electricity begins with production
        assert late.rule == "gaps"
    else:
        assert unexpected == []


@pytest.mark.parametrize(("year", "expected"), [(2023, False), (2024, True), (2025, True)])
def test_the_policy_says_when_no_grid_factor_of_the_year_is_published(year: int, expected: bool) -> None:
    said = [f.subject for f in inventory("zhangjiakou", year).findings if f.rule == "factor_year"]
    assert any("electricity.location" in subject for subject in said) == expected


def test_district_heat_in_poland_is_excluded_with_its_quantity() -> None:
    excluded = inventory("krosno", 2024).excluded
    assert {e.portion.activity.item for e in excluded} == {"heat"}
    assert sum(e.portion.quantity for e in excluded) > 1000


def test_green_electricity_counts_only_market_based() -> None:
    totals = inventory("zhangjiakou", 2024).totals.scopes
    assert totals["scope2_market"] < totals["scope2_location"]
    fangshan = inventory("fangshan", 2024).totals.scopes
    assert fangshan["scope2_market"] > fangshan["scope2_location"], "residual mix above the provincial average"


@pytest.mark.parametrize(("file", "capacity"), [("zhangjiakou", 2000), ("fangshan", 1500), ("krosno", 500)])
def test_solar_yields_are_plausible(file: str, capacity: int) -> None:
    by_month: dict[date, Counter[str]] = {}
    for bill in PLANTS[file].ledger.activities:
        if bill.method == "solar_generation" and bill.start.year == 2024:
            by_month.setdefault(bill.start, Counter())[bill.item] += int(bill.quantity)
    assert len(by_month) == 12
    for month in by_month.values():
        assert month["solar_generated"] == month["solar_self_used"] + month["solar_fed_in"]
    specific = sum(m["solar_generated"] for m in by_month.values()) / capacity
    assert 600 < specific < 2000


def test_public_facts() -> None:
    """Production with green electricity began at Zhangjiakou on 17 November 2023; Fangshan's PV: some 1,200 MWh."""
    ledger = PLANTS["zhangjiakou"].ledger
    green = {one.activity for one in ledger.held(Allocation)}
    assert min(b.start for b in ledger.activities if b.id in green) == date(2023, 11, 17)
    roof = [b for b in PLANTS["fangshan"].ledger.activities if b.item == "solar_generated" and b.start.year == 2024]
    assert abs(sum((b.quantity for b in roof), Decimal(0)) - 1_200_000) < 60_000


OCCASIONAL = ("refrigerants", "refrigerant_disposal", "purchased_heat")
"""Topped up, scrapped or heated when it was needed."""


def test_meters_are_read_without_gap_or_overlap() -> None:
    faulty = {(f.plant, f.source, f.item) for f in FAULTS.values() if f.what in ("missing_month", "duplicate_bill")}
    for file, demo in PLANTS.items():
        series: dict[tuple[str, str, str], list[Activity]] = {}
        for bill in demo.ledger.activities:
            if bill.method not in OCCASIONAL:
                series.setdefault((bill.source, bill.item, bill.method), []).append(bill)
        for (source, item, _method), own in series.items():
            own.sort(key=lambda b: b.start)
            if (file, source, item) not in faulty and item != "solar_fed_in":
                assert all(b.start == a.end + timedelta(days=1) for a, b in pairwise(own)), (file, source, item)


def test_nothing_is_entered_before_it_ended() -> None:
    for demo in PLANTS.values():
        known = {s.id: e.change.when.date() for e in reversed(demo.entries) for s in e.change.steps}
        assert all(bill.end < known[bill.id] for bill in demo.ledger.activities)


def test_all_faults_are_in_the_last_year() -> None:
    assert set(FAULTS) == {
        "missing_month", "renewable_without_proof", "unit_slip", "duplicate_bill", "self_use_above_generation",
        "estimate_without_reason", "missing_evidence",
    }  # fmt: skip
    assert {f.start.year for f in FAULTS.values()} == {2025}
    assert set(FOUND_BY) == set(FAULTS)
    assert {f.plant for f in FAULTS.values()} == set(PLANTS)


@pytest.mark.parametrize("what", FOUND_BY)
def test_every_fault_is_found(what: str) -> None:
    fault = FAULTS[what]
    subjects = {f.subject for f in review(inventory(fault.plant, 2025)) if f.rule == FOUND_BY[what]}
    concerned = {b.id for b in PLANTS[fault.plant].ledger.activities if b.source == fault.source}
    assert subjects & concerned


def test_nothing_else_is_found() -> None:
    for file in PLANTS:
        rules = {f.rule for f in review(inventory(file, 2025))} - EXPECTED
        meant = {FOUND_BY[f.what] for f in FAULTS.values() if f.plant == file}
        also = {"missing_evidence", "renewable.only_proof"}
        assert meant <= rules <= meant | also, "a contract without number lacks evidence and certificates too"


def test_fault_missing_month() -> None:
    fault = FAULTS["missing_month"]
    months = {b.start for b in bills(fault) if b.start.year == 2025}
    assert fault.start not in months and len(months) == 11


def test_fault_unit_slip() -> None:
    fault = FAULTS["unit_slip"]
    (slipped,) = at(fault)
    others = [b.quantity for b in bills(fault) if b is not slipped]
    assert 900 < slipped.quantity / median(others) < 1100
    assert max(others) < 2 * min(others)


def test_fault_duplicate_bill() -> None:
    one, other = at(FAULTS["duplicate_bill"])
    assert (one.evidence, one.quantity, one.end) == (other.evidence, other.quantity, other.end)
    assert one.id != other.id
    seen = Counter((p.file, b.source, b.item, b.method, b.start) for p in PLANTS.values() for b in p.ledger.activities)
    assert [n for n in seen.values() if n > 1] == [2], "no other bill is there twice"


def test_fault_self_use_above_generation() -> None:
    fault = FAULTS["self_use_above_generation"]
    (used,) = at(fault)
    (made,) = [
        b for b in PLANTS[fault.plant].ledger.activities if b.item == "solar_generated" and b.start == fault.start
    ]
    assert used.quantity > made.quantity


def test_numbers_of_proofs_are_used_once() -> None:
    (twice,) = at(FAULTS["duplicate_bill"])[:1]
    for demo in PLANTS.values():
        used = Counter(b.evidence for b in demo.ledger.activities if b.evidence)
        assert [number for number, n in used.items() if n > 1] in ([], [twice.evidence])


def test_faults_of_proof_and_reason() -> None:
    without = [b for p in PLANTS.values() for b in p.ledger.activities if not b.evidence]
    assert without == [*at(FAULTS["renewable_without_proof"]), *at(FAULTS["missing_evidence"])]
    estimates = [b for p in PLANTS.values() for b in p.ledger.activities if b.estimated]
    assert [b for b in estimates if not b.note] == at(FAULTS["estimate_without_reason"])
    assert any(b.note for b in estimates), "an honest estimate gives its reason"
    rules = {f.rule: f for f in inventory("zhangjiakou", 2025).findings}
    assert rules["renewable_not_counted"].severity == "error"
    assert rules["renewable_not_counted"].subject == at(FAULTS["renewable_without_proof"])[0].id


def test_two_demos_are_equal() -> None:
    again = demo_plants.__wrapped__()
    assert again == demo_plants() and again is not demo_plants()


@pytest.mark.parametrize("demo", PLANTS.values(), ids=lambda p: p.file)
def test_the_demo_goes_into_a_healthy_plant_file(demo: DemoPlant, tmp_path: Path) -> None:
    path = tmp_path / f"{demo.file}.plant"
    PlantFile.create(path, demo.plant, demo.who, demo.created)
    with PlantFile.open(path) as file:
        for entry in demo.entries:
            file.append(entry.change, entry.blobs)
    with PlantFile.open(path) as file:
        assert file.health.problems() == ()
        assert file.ledger == demo.ledger
        assert file.entries == len(demo.entries) + 1
        stated = named_by((r for kind in file.ledger.records.values() for r in kind.values()), "evidence")
        for proof in file.ledger.evidence:
            assert "DEMO" in file.blob(proof.sha256).decode()
            assert proof.activities or proof.id in stated


def test_a_correction_keeps_both_figures() -> None:
    for demo in PLANTS.values():
        (step,) = next(e.change.steps for e in demo.entries if len(e.change.steps) == 1 and e.change.steps[0].before)
        assert isinstance(step.before, Activity) and isinstance(step.after, Activity)
        assert step.before.quantity != step.after.quantity
        assert demo.ledger.get("activity", step.id) == step.after
        assert Decimal("0.05") < step.before.quantity / step.after.quantity < 20
