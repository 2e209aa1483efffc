"""What instruments cover of a record, what is left, and what is said when something does not count."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core.methods._covering as covering
from core.inventory import Choices, Inventory, Memo, Period, compile_inventory, year_of
from core.ledger import Allocation, Instrument, Ledger, PvSystem, Record, Step
from core.library import EXACT, load_library
from core.methods import Line, exact_sum
from tests.core.samples import CHOICES, PLANT, activity, compiled, green, month
from tests.documented import run_examples

LIBRARY = load_library()
AVERAGE = compiled([activity()]).totals.scopes["scope2_market"]
KWH = st.decimals(min_value=0, max_value=2_000_000, places=3, allow_nan=False, allow_infinity=False)
ROOF = PvSystem("p1", "Roof", date(2020, 1, 1), Decimal(40), Decimal(115), source="Roof", attributes_owner="other")


def market(inventory: Inventory, record: str = "a1") -> list[Line]:
    return [one for one in inventory.lines if one.scope == "scope2_market" and one.activity.id == record]


def sizes(inventory: Inventory, record: str = "a1") -> list[tuple[str, object]]:
    """Ids and quantities of the market-based lines."""
    return [(one.id, one.portion.quantity) for one in market(inventory, record)]


def quantity(lines: list[Line]) -> Decimal:
    return exact_sum(line.portion.quantity for line in lines)


def said(inventory: Inventory) -> list[tuple[str, str, str]]:
    return [(one.rule, one.severity, one.subject) for one in inventory.findings]


def instrument(records: tuple[Record, ...]) -> Instrument:
    return next(one for one in records if isinstance(one, Instrument))


def test_the_formula_of_what_is_left() -> None:
    found = run_examples(covering)
    assert found.attempted >= 1 and found.failed == 0


# --- sums


@settings(max_examples=80)
@given(
    st.decimals(min_value=1, max_value=1_000_000, places=3),
    st.sampled_from(["kWh", "MWh", "GJ", "MJ"]),
    st.lists(st.tuples(st.sampled_from(["i1", "i2", "i3"]), KWH), max_size=6),
    st.sampled_from([(1, 31, 1), (20, 31, 1), (1, 28, 2)]),
)
def test_the_lines_add_up_to_the_electricity_whatever_is_allocated(
    used: Decimal, unit: str, allocated: list[tuple[str, Decimal]], span: tuple[int, int, int]
) -> None:
    first, last, end_month = span
    bill = activity(quantity=used, unit=unit, start=date(2023, 1, first), end=date(2023, end_month, last))
    sources = [one for key in ("i1", "i2", "i3") for one in green(key=key) if not isinstance(one, Allocation)]
    allocations = [Allocation(f"al{n}", key, "a1", energy) for n, (key, energy) in enumerate(allocated)]
    period = Period(date(2023, 1, 1), date(2023, 1, 25))  # most of these records are cut
    inventory = compiled([bill, *sources, *allocations], period=period)
    lines = market(inventory)
    (location,) = (one for one in inventory.lines if one.scope == "scope2_location")
    assert quantity(lines) == location.portion.quantity
    assert len({one.id for one in lines}) == len(lines)
    assert all(one.portion.quantity >= 0 for one in lines)
    whole = LIBRARY.units.convert(used, unit, "kWh")
    beyond = EXACT.subtract(exact_sum(energy for _, energy in allocated), whole) > 0
    assert any(one.rule == "allocated_beyond_use" for one in inventory.findings) == beyond


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from(["i1", "i2", "i3"]), st.integers(0, 900)), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_entry_does_not_matter(allocated: list[tuple[str, int]], chance: random.Random) -> None:
    records: list[Record] = [activity(), activity("a2", **month(2))]
    records += [one for key in ("i1", "i2", "i3") for one in green(key=key) if not isinstance(one, Allocation)]
    records += [
        Allocation(f"al{n}", key, "a1" if n % 2 else "a2", Decimal(energy)) for n, (key, energy) in enumerate(allocated)
    ]
    one = compiled(records)
    chance.shuffle(records)
    other = compiled(records)
    assert one == other and list(one.covers) == list(other.covers)


def test_what_an_instrument_covers_twice_is_one_line() -> None:
    more = Allocation("al-more", "i1", "a1", Decimal(150))
    inventory = compiled([activity(), *green("a1", 250), more])
    assert sizes(inventory) == [("a1:i1", 400), ("a1:market", 600)]


def test_several_instruments_stand_in_the_order_of_their_allocations() -> None:
    inventory = compiled([activity(), *green("a1", 250), *green("a1", 750, "i2")])
    assert sizes(inventory) == [("a1:i1", 250), ("a1:i2", 750)]
    assert inventory.totals.scopes["scope2_market"] == 0 and not inventory.findings


def test_a_whole_that_decimals_cannot_say_leaves_nothing() -> None:
    """One gigajoule is 277.77… kWh: covered whole, no crumb meets the residual mix."""
    whole = LIBRARY.units.convert(Decimal(1), "GJ", "kWh")
    inventory = compiled([activity(quantity=1, unit="GJ"), *green("a1", whole)])
    assert sizes(inventory) == [("a1:i1", 1)]


# --- a record that crosses the end of the year


def test_a_record_takes_its_part_of_the_cover_into_each_year() -> None:
    """31 days, 11 of them in 2023: so is what covers it, and nothing gets lost or doubled."""
    bill = activity(quantity=3100, start=date(2023, 12, 21), end=date(2024, 1, 20))
    cover = green("a1", 1550, start=date(2023, 1, 1), end=date(2024, 12, 31), retired="2025-01-15")
    records = [bill, *cover]
    parts = [compiled(records, period=year_of(year)) for year in (2023, 2024)]
    assert [[one.portion.quantity for one in market(part)] for part in parts] == [[550, 550], [1000, 1000]]
    assert [one.id for one in market(parts[0])] == ["a1:i1", "a1:market"]


@settings(max_examples=40)
@given(st.decimals(min_value=1, max_value=10**6, places=3), st.integers(0, 100), st.integers(1, 60))
def test_the_years_of_a_cut_record_add_up(used: Decimal, percent: int, days: int) -> None:
    bill = activity(quantity=used, start=date(2023, 12, 1), end=date.fromordinal(date(2023, 12, 31).toordinal() + days))
    energy = EXACT.divide(EXACT.multiply(used, Decimal(percent)), Decimal(100))
    cover = green("a1", energy, start=date(2023, 1, 1), end=date(2024, 12, 31), retired="2025-01-15")
    found = [
        one
        for year in (2023, 2024)
        for one in market(compiled([bill, *cover], period=year_of(year)))
        if one.id == "a1:i1"
    ]
    assert abs(quantity(found) - energy) <= Decimal("2E-12")
    if percent == 100:
        lines = [one for year in (2023, 2024) for one in market(compiled([bill, *cover], period=year_of(year)))]
        assert {one.id for one in lines} == {"a1:i1"}


# --- what does not count


def test_what_is_stopped_gets_the_average_and_an_error_that_says_why() -> None:
    inventory = compiled([activity(), *green(proof=False)])
    assert [one.id for one in market(inventory)] == ["a1:market"]
    assert inventory.totals.scopes["scope2_market"] == AVERAGE
    (finding,) = inventory.findings
    assert (finding.rule, finding.severity, finding.subject) == ("renewable_not_counted", "error", "a1")
    sentence = finding.message.in_language("en")
    assert "1,000 kWh of Main meter" in sentence and "Wind contract i1: No file proves" in sentence
    assert "Attach" in finding.remedy.in_language("en")


def test_every_stopped_instrument_is_named_and_the_others_count() -> None:
    records = [activity(), *green("a1", 100), *green("a1", 200, "i2", proof=False)]
    records += green("a1", 300, "i3", beneficiary="Somebody else", market="CN", scheme="GEC", serials="X1 – X100000000",
                     retired="2024-01-15")  # fmt: skip
    inventory = compiled(records)
    assert sizes(inventory) == [("a1:i1", 100), ("a1:market", 900)]
    (error,) = (one for one in inventory.findings if one.severity == "error")
    sentence = error.message.in_language("en")
    assert "500 kWh" in sentence and "Wind contract i2" in sentence and "Wind contract i3" in sentence


def test_more_than_was_used_counts_nothing_and_is_an_error() -> None:
    inventory = compiled([activity(), *green("a1", 700), *green("a1", 500, "i2"), *green("a1", 10, "i3")])
    assert sizes(inventory) == [("a1:i1", 700), ("a1:i2", 300)]
    assert said(inventory) == [("allocated_beyond_use", "error", "a1")]
    assert "210 kWh more" in inventory.findings[0].message.in_language("en")


@pytest.mark.parametrize("used", [0, -5])
def test_a_credit_note_cannot_be_covered(used: int) -> None:
    inventory = compiled([activity(quantity=used), *green("a1", 10)])
    assert [one.id for one in market(inventory)] == ["a1:market"]
    assert ("allocated_beyond_use", "error", "a1") in said(inventory)


@pytest.mark.parametrize("energy", [0, -400])
def test_an_allocation_of_nothing_adds_nothing(energy: int) -> None:
    inventory = compiled([activity(), *green("a1", energy)])
    assert quantity(market(inventory)) == 1000 and inventory.totals.scopes["scope2_market"] == AVERAGE


def test_warnings_of_the_rules_become_findings_once() -> None:
    bare = replace(instrument(green()), serials="", scheme="", retired="", beneficiary="")
    proof = green()[0]
    covers = [Allocation(f"al{n}", "i1", f"a{n}", Decimal(10)) for n in (1, 2)]
    inventory = compiled([activity(), activity("a2", **month(2)), bare, proof, *covers])
    assert [one for one in said(inventory) if one[0].startswith("renewable.")] == [
        ("renewable.only_proof", "warning", "i1")
    ]
    assert [one.id for one in market(inventory)] == ["a1:i1", "a1:market"], "it counts all the same"


def test_an_allocation_without_instrument_covers_nothing() -> None:
    inventory = compiled([activity(), Allocation("al1", "gone", "a1", Decimal(1000))])
    assert [one.id for one in market(inventory)] == ["a1:market"] and not inventory.covers


# --- own generation of which the attributes were sold


def roof(used: object = 1000) -> Record:
    return activity("s1", source="Roof", method="solar_generation", item="solar_self_used", quantity=used)


def test_own_generation_whose_attributes_were_sold_counts_market_based() -> None:
    inventory = compiled([roof(), ROOF])
    scopes = inventory.totals.scopes
    assert scopes["scope2_market"] == AVERAGE and scopes["scope2_location"] == 0 and scopes["avoided"] > 0
    assert [one.id for one in market(inventory, "s1")] == ["s1:market"]
    assert said(inventory) == [("attributes_sold", "info", "p1")]


@pytest.mark.parametrize("told", [{"attributes_owner": "plant"}, {"attributes_owner": ""}, {"source": "Elsewhere"}])
def test_own_generation_that_keeps_its_attributes_stays_outside(told: dict[str, str]) -> None:
    inventory = compiled([roof(), replace(ROOF, **told)])  # type: ignore[arg-type]
    assert inventory.totals.scopes["scope2_market"] == 0 and not inventory.findings


def test_what_is_derived_from_the_meter_counts_and_what_is_fed_in_does_not() -> None:
    meter = activity("s1", source="Roof", method="solar_generation", item="solar_generated", quantity=1500)
    out = activity("s2", source="Roof", method="solar_generation", item="solar_fed_in", quantity=500)
    inventory = compiled([meter, out, ROOF])
    assert inventory.totals.scopes["scope2_market"] == AVERAGE
    assert [one.scope for one in inventory.lines if one.activity.id == "s2"] == ["avoided"]


def test_certificates_may_cover_what_was_sold() -> None:
    inventory = compiled([roof(), ROOF, *green("s1", 400)])
    assert sizes(inventory, "s1") == [("s1:i1", 400), ("s1:market", 600)]


# --- remembered lines


def test_only_the_record_that_is_covered_otherwise_is_calculated_again() -> None:
    memo = Memo()
    before = Ledger.of([PLANT, activity(), activity("a2", **month(2)), *green()])
    first = compile_inventory(before, CHOICES, LIBRARY, memo)
    held = before.get("allocation", "al-i1-a1")
    assert isinstance(held, Allocation)
    after = before.apply([Step("allocation", held.id, held, replace(held, quantity=Decimal(400)))])
    again = compile_inventory(after, CHOICES, LIBRARY, memo)
    assert again == compile_inventory(after, CHOICES, LIBRARY) != first
    kept = {id(one) for one in first.lines}
    assert [one.id for one in again.lines if id(one) not in kept] == ["a1:i1", "a1:location", "a1:market"]


def test_whose_the_attributes_are_is_not_remembered() -> None:
    memo, choices = Memo(), Choices(year_of(2023))
    before = Ledger.of([PLANT, roof(), ROOF])
    compile_inventory(before, choices, LIBRARY, memo)
    after = before.apply([Step("pv_system", "p1", ROOF, replace(ROOF, attributes_owner="plant"))])
    assert compile_inventory(after, choices, LIBRARY, memo).totals.scopes["scope2_market"] == 0


# --- direct lines


def location(inventory: Inventory) -> list[tuple[str, Decimal, Decimal]]:
    return [(one.id, one.portion.quantity, one.tco2e) for one in inventory.lines if one.scope == "scope2_location"]


def test_a_direct_line_counts_in_both_figures_and_a_contract_over_the_grid_in_one() -> None:
    whole = compiled([activity(quantity=1000)])
    line = compiled([activity(quantity=1000), *green(energy=400, kind="direct_line", serials="")])
    contract = compiled([activity(quantity=1000), *green(energy=400)])
    (there,) = location(whole)
    assert location(contract) == [there]
    assert [(key, amount) for key, amount, _ in location(line)] == [
        ("a1:i1:location", Decimal(400)),
        ("a1:location", Decimal(600)),
    ]
    assert line.totals.scopes["scope2_location"] == there[2] * Decimal("0.6")
    assert line.totals.scopes["scope2_market"] == whole.totals.scopes["scope2_market"] * Decimal("0.6")


def test_a_direct_line_that_is_stopped_lowers_nothing() -> None:
    stopped = compiled(
        [activity(quantity=1000), *green(energy=400, kind="direct_line", serials="", attributes="without")]
    )
    (there,) = location(stopped)
    assert there[:2] == ("a1:location", Decimal(1000)) and "renewable_not_counted" in {
        one.rule for one in stopped.findings
    }
