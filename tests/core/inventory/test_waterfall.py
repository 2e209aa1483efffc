"""Parts of a difference: they add up to the last digit, negate when swapped, and land on the cause that it was."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.inventory import Inventory, year_of
from core.inventory.split import Numbers, Side, share_of_first, split
from core.inventory.waterfall import CAUSES, Waterfall, difference, waterfall_to_plain
from core.ledger import Activity, Plant, Record
from core.library import Library, load_library
from core.methods import SCOPES, exact_sum
from tests.core.samples import PLANT, QUANTITIES, activities, activity, compiled, month


def diesel(key: str = "d", **changes: Any) -> Activity:
    return activity(key, source="Boiler", method="stationary_combustion", item="diesel", unit="t", **changes)


def nonzero(waterfall: Waterfall, scopes: tuple[str, ...] = ("scope1", "scope2_location", "scope3")) -> set[str]:
    return causing(waterfall.causes(scopes))


def causing(sums: dict[str, Decimal]) -> set[str]:
    return {cause for cause, tonnes in sums.items() if tonnes}


def of_source(inventory: Inventory, source: str, scope: str) -> Decimal:
    return exact_sum(li.tco2e for li in inventory.lines if li.activity.source == source and li.scope == scope)


def assert_exact(before: Inventory, after: Inventory) -> Waterfall:
    """The laws that every waterfall keeps."""
    found, back = difference(before, after), difference(after, before)
    assert difference(before, before).empty and difference(after, after).empty
    for scope in SCOPES:
        change = after.totals.scopes[scope] - before.totals.scopes[scope]
        assert exact_sum(found.causes((scope,)).values()) == change == found.change((scope,))
        assert back.causes((scope,)) == {cause: -tonnes for cause, tonnes in found.causes((scope,)).items()}
        sources = found.by_source((scope,))
        for source in {line.activity.source for line in (*before.lines, *after.lines)}:
            own = of_source(after, source, scope) - of_source(before, source, scope)
            assert exact_sum(sources.get(source, {}).values()) == own
    assert [(p.record, p.cause, -p.tonnes) for p in back.parts] == [(p.record, p.cause, p.tonnes) for p in found.parts]
    return found


CHOSEN = st.tuples(
    st.sampled_from(["AR4", "AR5", "AR6"]), st.sampled_from(["ghg-protocol", "gbt-32150-2025", "uk-secr", "us-epa"])
)
SOME = st.lists(st.integers(0, 6), unique=True, max_size=6).flatmap(
    lambda keys: st.tuples(*(activities(f"a{key}") for key in keys))
)


@settings(max_examples=120)
@given(SOME, SOME, CHOSEN, CHOSEN, st.sampled_from([2022, 2023]), st.sampled_from([PLANT, Plant("Luton", "GB")]))
def test_parts_add_up_and_negate(
    one: tuple[Record, ...],
    other: tuple[Record, ...],
    first: tuple[str, str],
    second: tuple[str, str],
    year: int,
    plant: Plant,
) -> None:
    """Two years (2022 against 2023) and two versions of a year, under any choices."""
    before = compiled(one, plant=plant, period=year_of(year), gwp=first[0], policy=first[1])
    assert_exact(before, compiled(other, plant=plant, gwp=second[0], policy=second[1]))


NUMBERS = st.decimals(-1000, 1000, places=4, allow_nan=False)


PAIRS = st.tuples(NUMBERS, NUMBERS)


@given(PAIRS, PAIRS, PAIRS)
def test_three_shares_are_the_difference_of_the_product(x: Numbers, y: Numbers, z: Numbers) -> None:
    """No residual beyond the 34th digit, and swapping the sides negates."""
    total = share_of_first(x, y, z) + share_of_first(y, x, z) + share_of_first(z, x, y)
    assert abs(total - (x[1] * y[1] * z[1] - x[0] * y[0] * z[0])) < Decimal("1e-12")
    back = share_of_first((x[1], x[0]), (y[1], y[0]), (z[1], z[0]))
    assert back + share_of_first(x, y, z) == 0


@given(QUANTITIES, QUANTITIES, QUANTITIES)
def test_one_changed_number_takes_all(quantity: Decimal, kg: Decimal, more: Decimal) -> None:
    def side(q: Decimal, mass: Decimal, gwp: int = 1) -> Side:
        return Side(q, "mass", mass * gwp / 1000, frozenset(), {"CO2": mass}, {"CO2": Decimal(gwp)})

    factor = split(side(quantity, kg), side(quantity, more))
    assert not factor.quantity and not factor.potential and factor.intensity == (more - kg) / 1000
    potential = split(side(quantity, kg, 25), side(quantity, kg, 28))
    assert not potential.quantity and not potential.intensity and potential.potential == kg * 3 / 1000


def test_numbers_too_far_apart_still_add_up() -> None:
    """A tiny quantity whose parameters say tonnes, against a huge one."""
    tiny = Side(Decimal("1e-25"), "mass", Decimal(10), frozenset(), {"CO2": Decimal(10000)}, {"CO2": Decimal(1)})
    huge = Side(Decimal("1e20"), "mass", Decimal(30), frozenset(), {"CO2": Decimal(30000)}, {"CO2": Decimal(1)})
    parts = split(tiny, huge)
    assert parts.quantity + parts.intensity + parts.potential == 20


# ---------------------------------------------------------------------- two years


def test_twice_as_much_is_activity() -> None:
    before = compiled([diesel(quantity=10, **month(3, 2022))], period=year_of(2022))
    after = compiled([diesel("x", quantity=12, **month(4)), diesel("y", quantity=8, **month(5))])
    found = assert_exact(before, after)
    assert nonzero(found) == {"activity"}
    assert abs(found.change() - before.totals.location) <= Decimal("1e-9"), "10 t became 20 t under the same factor"
    assert [p.record for p in found.parts] == [""]


def test_units_of_one_dimension_are_the_same_quantity() -> None:
    before = compiled([diesel(quantity=10, **month(3, 2022))], period=year_of(2022))
    same = replace(diesel("x", quantity=10000, **month(4)), unit="kg")
    assert difference(before, compiled([same])).empty
    litres = replace(diesel("x", quantity=10000, **month(4)), unit="l")
    assert nonzero(assert_exact(before, compiled([litres]))) == {"method"}, "nobody can say how much more it is"


def test_the_grid_of_another_year_is_factor_and_more_kilowatt_hours_are_activity() -> None:
    """By hand: (Q1-Q0) × mean factor, and (f1-f0) × mean quantity."""
    before = compiled([activity("e", quantity=1000000, **month(1, 2022))], period=year_of(2022))
    after = compiled([activity("f", quantity=1500000)])
    (old,) = (li for li in before.lines if li.scope == "scope2_location")
    (new,) = (li for li in after.lines if li.scope == "scope2_location")
    assert old.factor.value != new.factor.value
    found = assert_exact(before, after)
    mean = (old.factor.value + new.factor.value) / 2
    causes = found.causes(("scope2_location",))
    assert nonzero(found) == {"activity", "factor"}
    assert causes["activity"] == 500000 * mean / 1000
    assert causes["factor"] == (new.factor.value - old.factor.value) * 1250000 / 1000


def test_sources_and_items_that_come_and_go() -> None:
    before = compiled([diesel(quantity=10, **month(3, 2022))], period=year_of(2022))
    gas = replace(diesel("g", quantity=900), item="natural_gas", unit="m3")
    chiller = activity("k", source="Cooling", method="refrigerants", item="R-410A", unit="kg", quantity=2)
    found = assert_exact(before, compiled([gas, chiller]))
    assert causing(found.by_source()["Boiler"]) == {"activity"}, "the boiler changed fuel"
    assert causing(found.by_source()["Cooling"]) == {"boundary"}
    forklift = replace(diesel("x", quantity=10), method="mobile_combustion")
    assert nonzero(assert_exact(before, compiled([forklift]))) == {"method"}


def test_another_gwp_set_is_gwp_alone() -> None:
    records = [diesel(quantity=10), activity("k", source="C", method="refrigerants", item="R-410A", unit="kg")]
    found = assert_exact(compiled(records, gwp="AR5"), compiled(records, gwp="AR6"))
    assert nonzero(found) == {"gwp"}
    both = assert_exact(
        compiled([diesel(quantity=5, **month(3, 2022))], period=year_of(2022), gwp="AR4"), compiled(records)
    )
    assert nonzero(both) == {"activity", "gwp", "boundary"}


def lorries(key: str, tonnes: int, distance: str, **when: Any) -> Activity:
    """Freight with its upstream line: two lines of one record."""
    return activity(key, source="Carrier", method="freight", item="truck", unit="t", quantity=tonnes, category=4,
                    parameters=(("distance", distance),), **when)  # fmt: skip


def test_more_tonnes_and_longer_ways_are_activity() -> None:
    """The factor is the same; what else a record says is activity data too, and a record counts once."""
    before = compiled([lorries("a", 100, "300", **month(1, 2022))], period=year_of(2022))
    after = compiled([lorries("b", 200, "450", **month(1))])
    assert before.totals.scopes["scope3"] > 0, "the method takes the record"
    assert nonzero(assert_exact(before, after)) <= {"activity", "factor"}
    same = compiled([lorries("a", 100, "300")])
    assert nonzero(assert_exact(same, compiled([lorries("a", 100, "450")]))) == {"error"}
    assert nonzero(assert_exact(same, compiled([lorries("a", 150, "300")]))) == {"error"}


def test_certificates_for_a_part_of_the_bill_are_factor_on_the_market_side() -> None:
    """The kilowatt-hours are the same: bill and covered part are one quantity."""
    before = compiled([activity("e", quantity=1000, **month(1, 2022))], period=year_of(2022))
    after = compiled([activity("f", quantity=1000, parameters=(("covered_share", "40"),))])
    assert nonzero(assert_exact(before, after), ("scope2_market",)) == {"factor"}


# ---------------------------------------------------------------------- two versions of one year


def test_a_corrected_record_is_an_error_and_a_forgotten_one_boundary() -> None:
    before = compiled([diesel(quantity=10), activity("e")])
    for corrected in ("1", "7", "12.3456789"):
        assert nonzero(assert_exact(before, compiled([diesel(quantity=corrected), activity("e")]))) == {"error"}
    assert nonzero(assert_exact(before, compiled([diesel(quantity=10)]))) == {"boundary"}
    renamed = assert_exact(before, compiled([replace(diesel(quantity=10), source="Hall 2"), activity("e")]))
    assert nonzero(renamed) == set() and {p.cause for p in renamed.parts} == {"error"}
    assert renamed.by_source()["Hall 2"]["error"] == -renamed.by_source()["Boiler"]["error"] > 0
    other = replace(diesel(quantity=10), method="mobile_combustion")
    assert nonzero(assert_exact(before, compiled([other, activity("e")]))) == {"method"}
    petrol = replace(diesel(quantity=10), item="gasoline")
    assert nonzero(assert_exact(before, compiled([petrol, activity("e")]))) == {"error"}


def test_two_policies_differ_by_factor() -> None:
    records = [activity("e", quantity=500000), diesel(quantity=10)]
    found = assert_exact(compiled(records), compiled(records, policy="gbt-32150-2025"))
    assert nonzero(found) == {"factor"}
    assert {p.record for p in found.parts} == {"e"}


def test_a_record_that_finds_a_factor_at_last_is_factor() -> None:
    library = load_library()
    poorer = Library(library.units, library.gwp, library.items, tuple(f for f in library.factors if f.item != "diesel"))
    before = compiled([diesel(quantity=10)], library=poorer)
    assert before.excluded and not before.lines
    assert nonzero(assert_exact(before, compiled([diesel(quantity=10)]))) == {"factor"}


def test_json_is_complete() -> None:
    found = difference(compiled([diesel(quantity=10)]), compiled([diesel(quantity=11), activity("e")]))
    plain: Any = waterfall_to_plain(found)
    assert list(plain["causes_tco2e"]) == list(CAUSES)
    assert sum(map(Decimal, plain["causes_tco2e"].values())) == Decimal(plain["change_tco2e"])
    assert {p["cause"] for p in plain["parts"]} == {"error", "boundary"}
    assert {p["source"] for p in plain["parts"]} == {"Boiler", "Main meter"}
    assert set(plain["by_scope_tco2e"]) == set(SCOPES)
