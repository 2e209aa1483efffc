"""Footprints: what is shared, what goes in, what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.inventory import Choices, Period, compile_inventory, year_of
from core.ledger import AllocationKey, Component, Leg, Output, Plant, Product, Record
from core.library import all_policies, load_library
from core.methods import exact_sum
from core.products import GATE, STAGES, Footprints, together
from tests.core.products.plants import (
    BY_MASS,
    DISC,
    FIRST,
    HEBEI,
    LAST,
    LEGS,
    MADE,
    PARTS,
    STRUT,
    bill,
    ledger_of,
    made_by,
)
from tests.core.samples import YEAR, green

OFFICE = AllocationKey("ak00002", "Office", "none", (), "Sales office")


def said(found: Footprints) -> str:
    return "\n".join(map(str, (*found.problems, *found.notes)))


def plants_own(ledger: Any, view: str = "market") -> Decimal:
    """Scopes 1 and 2 and the categories 3 and 5, as the inventory has them."""
    totals = compile_inventory(ledger, Choices(YEAR), load_library()).totals
    of_scope3 = (totals.categories.get(number, Decimal(0)) for number in (3, 5))
    return exact_sum((totals.scopes["scope1"], totals.scopes[f"scope2_{view}"], *of_scope3))


def given_to_products(found: Footprints) -> Decimal:
    return exact_sum(
        one.tonnes for each in found.footprints for one in each.contributions if one.stage in ("energy", "process")
    )


# ---------------------------------------------------------------------- shared


@pytest.mark.parametrize("view", ["market", "location"])
@pytest.mark.parametrize("key", ["mass", "pieces", "revenue"])
def test_what_is_shared_is_the_plant_to_the_last_digit(view: str, key: str) -> None:
    ledger = ledger_of(replace(BY_MASS, key=key), OFFICE)
    found = made_by(ledger, view=view)
    assert found.problems == ()
    assert found.shared + found.apart == plants_own(ledger, view)
    assert found.shared == given_to_products(found)
    assert found.apart > 0
    assert found.apart == exact_sum(one.tonnes for one in found.sources if one.key == "none")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 10**7), st.decimals(min_value="0.001", max_value=50, places=3)),
                min_size=1, max_size=6))  # fmt: skip
def test_so_it_is_for_any_products(products: list[tuple[int, Decimal]]) -> None:
    records: list[Record] = []
    for number, (quantity, mass) in enumerate(products):
        records += [replace(STRUT, id=f"p{number}", mass=mass),
                    Output(f"o{number}", f"p{number}", FIRST, LAST, Decimal(quantity)),
                    replace(PARTS[1], id=f"c{number}", product=f"p{number}")]  # fmt: skip
    plain = ("pd00001", "pd00002", *(one.id for one in (*MADE, *PARTS)), "lg00001", "lg00002")
    ledger = ledger_of(*records, without=plain)
    found = made_by(ledger)
    assert found.shared == plants_own(ledger) == given_to_products(found)
    turned = made_by(ledger_of(*reversed(records), without=plain))
    assert {one.product.id: one.per_unit for one in turned.footprints} == {
        one.product.id: one.per_unit for one in found.footprints
    }


def test_each_source_has_its_own_key() -> None:
    own = AllocationKey("ak00003", "Boiler", "own", ((STRUT.id, "1"), (DISC.id, "3")), "Gas meters of the lines")
    found = made_by(ledger_of(own, OFFICE))
    by_source = {(one.source, one.stage): one for one in found.sources}
    boiler, bench = by_source["Boiler", "energy"], by_source["Test bench", "process"]
    assert boiler.key == "own" and boiler.reason == "Gas meters of the lines"
    assert dict(boiler.parts)[DISC.id] == pytest.approx(3 * dict(boiler.parts)[STRUT.id])
    assert dict(bench.parts)[DISC.id] / dict(bench.parts)[STRUT.id] == pytest.approx(Decimal(750) / 1280)
    assert by_source["Office", "energy"].parts == ()
    assert by_source["Yard", "process"].tonnes > 0
    assert ("Canteen", "process") not in by_source


def test_without_a_key_mass_is_used_and_said() -> None:
    found = made_by(ledger_of(without=["ak00001"]))
    assert {one.key for one in found.sources} == {"mass"}
    assert "Nobody chose how emissions are shared: “Mass” is used" in said(found)
    assert "Nobody chose" not in said(made_by(ledger_of()))


def test_an_own_key_leaves_out_whom_it_does_not_name() -> None:
    own = AllocationKey("ak00001", "", "own", ((DISC.id, "1"),))
    found = made_by(ledger_of(own))
    strut = found.of(STRUT.id)
    assert strut is not None
    assert {one.stage for one in strut.contributions} == {"materials", "inbound", "outbound"}
    assert dict(strut.stages)["energy"] == 0


def test_stages_quality_and_records() -> None:
    strut = made_by(ledger_of()).of(STRUT.id)
    assert strut is not None
    by_what = {(one.what, one.stage, one.primary): one for one in strut.contributions}
    assert by_what["Boiler", "energy", True].records == ("a2",)
    assert by_what["Office", "energy", False].records == ("a4",)
    assert by_what["Main meter", "energy", False].records == ("a5", "a6")
    assert by_what["Test bench", "process", True].factor
    assert by_what["Spring", "materials", True].tonnes == Decimal("1240")
    assert by_what["Spring", "materials", True].factor == "Spring works, PCF 2023-07"
    steel = by_what["Tube", "materials", False]
    assert steel.records == ("cp00001",) and steel.tonnes > 1000
    assert "worldsteel" in steel.factor.lower()
    assert [stage for stage, _kg in strut.stages] == list(STAGES)
    assert strut.per_unit == exact_sum(kg for stage, kg in strut.stages if stage in GATE)
    assert strut.outbound == dict(strut.stages)["outbound"] > 0
    gate = [one for one in strut.contributions if one.stage != "outbound"]
    own = exact_sum(one.tonnes for one in gate if one.primary) / exact_sum(one.tonnes for one in gate) * 100
    assert strut.primary_share == pytest.approx(own, abs=Decimal("0.005"))
    assert strut.per_unit * strut.quantity / 1000 == pytest.approx(
        exact_sum(one.tonnes for one in gate), rel=Decimal("1E-9")
    )


def test_biomass_stands_apart() -> None:
    wood = bill("a9", "Wood boiler", "stationary_combustion", "wood_pellets", "100", "t")
    strut = made_by(ledger_of(wood)).of(STRUT.id)
    plain = made_by(ledger_of()).of(STRUT.id)
    assert strut is not None and plain is not None
    (burned,) = (one for one in strut.contributions if one.what == "Wood boiler")
    assert burned.biogenic > 50 and strut.biogenic_per_unit > 0 == plain.biogenic_per_unit
    assert 0 < burned.biogenic_gases == burned.tonnes < burned.biogenic
    (gas,) = (one for one in strut.contributions if one.what == "Boiler")
    assert gas.biogenic_gases == 0


# ---------------------------------------------------------------------- periods


def test_outputs_over_the_end_of_a_year_count_by_their_days() -> None:
    long = Output("ou00001", STRUT.id, date(2023, 7, 1), date(2024, 6, 30), Decimal(366000), Decimal(366), "CNY")
    found = made_by(ledger_of(long, replace(BY_MASS, key="revenue")))
    strut = found.of(STRUT.id)
    assert strut is not None and strut.quantity == Decimal(366000) * 184 / 366
    next_year = made_by(
        ledger_of(long, replace(MADE[1], start=date(2024, 1, 1), end=date(2024, 12, 31))), year_of(2024)
    )
    rest = next_year.of(STRUT.id)
    assert rest is not None and rest.quantity + strut.quantity == Decimal(366000)


def test_part_of_a_year_can_be_asked_for() -> None:
    spring = Period(date(2023, 1, 1), date(2023, 3, 31))
    found = made_by(ledger_of(), spring)
    assert found.period == spring and found.year == 2023
    strut = found.of(STRUT.id)
    assert strut is not None and strut.quantity == pytest.approx(Decimal(400000) * 90 / 365)


# ---------------------------------------------------------------------- electricity


def test_the_life_cycle_factor_replaces_bought_electricity_and_its_upstream() -> None:
    ledger = ledger_of()
    plain, cycle = made_by(ledger), made_by(ledger, electricity="footprint")
    totals = compile_inventory(ledger, Choices(YEAR), load_library()).totals
    waste = totals.categories[5]
    # 2023: 0.6205 kgCO2e/kWh, announcement 2025 No. 3 of the three authorities
    assert cycle.shared + cycle.apart == totals.scopes["scope1"] + Decimal("0.6205") * 1020 + waste
    assert plain.shared != cycle.shared
    assert "0.6205 kg/kWh" in said(cycle)
    assert not any(one.records == ("a5", "a6") for each in cycle.footprints for one in each.contributions)


def test_certificates_do_not_lower_the_life_cycle_and_the_sun_has_one_too() -> None:
    sun = bill("a9", "Roof", "solar_generation", "solar_self_used", "100000", "kWh")
    covered = ledger_of(*green("a1", 1000000), sun)
    before, after = made_by(ledger_of(sun), electricity="footprint"), made_by(covered, electricity="footprint")
    assert before.shared == after.shared
    assert made_by(covered).shared < made_by(ledger_of(sun)).shared
    roof = next(one for one in after.sources if one.source == "Roof")
    assert roof.tonnes == Decimal("5.45") and "0.0545 kg/kWh" in said(after)
    assert "Roof" not in {one.source for one in made_by(covered).sources}


def test_a_later_year_takes_the_newest_factor_and_says_so() -> None:
    moved = [replace(one, start=date(2026, 1, 1), end=date(2026, 12, 31)) for one in MADE]
    meter = replace(bill("a1", "Main meter", "purchased_electricity", "electricity", "1000", "kWh"),
                    start=date(2026, 1, 1), end=date(2026, 12, 31))  # fmt: skip
    found = made_by(ledger_of(*moved, meter), year_of(2026), electricity="footprint")
    assert next(one for one in found.sources if one.source == "Main meter").tonnes == Decimal("0.5777")
    assert "of 2026 counts with the life-cycle factor of 2024" in said(found)


def test_where_none_is_published_it_is_refused() -> None:
    with pytest.raises(UserError, match="No life-cycle factor of electricity is published for PL"):
        made_by(ledger_of(plant=replace(HEBEI, country="PL", region="")), electricity="footprint")


def test_a_policy_that_refuses_the_factor_for_inventories_does_not_for_products() -> None:
    found = made_by(ledger_of(), policy="gbt-32150-2025", electricity="footprint")
    assert next(one for one in found.sources if one.source == "Main meter").tonnes == Decimal("620.5")


@pytest.mark.parametrize("how", [{"view": "both"}, {"electricity": "green"}])
def test_unknown_ways_are_refused(how: dict[str, str]) -> None:
    with pytest.raises(UserError, match="is no choice"):
        made_by(ledger_of(), **how)


def test_no_inventory_is_offered_a_life_cycle_factor() -> None:
    library = load_library()
    mains = {one.key for one in library.about("electricity", "footprint")}
    assert {one.data_year for one in library.about("electricity", "footprint")} == {2023, 2024}
    for policy in all_policies():
        inventory = compile_inventory(ledger_of(), Choices(YEAR, policy=policy.key), library)
        assert not mains.intersection(part for line in inventory.lines for part in line.factor.parts)


# ---------------------------------------------------------------------- in the way

KILOGRAM = Product("pd00003", "Powder", "", "kilogram")
POWDER = Output("ou00003", KILOGRAM.id, FIRST, LAST, Decimal(5000))
IN_POWDER = Component("cp00009", KILOGRAM.id, "Iron", Decimal(1), "kg", "steel")
WRONG: list[tuple[tuple[Record, ...], tuple[str, ...], str, set[str]]] = [
    ((), ("ou00002",), "Of “Disc” no output is entered in 2023. Enter", {STRUT.id}),
    ((replace(DISC, mass=None),), (), "the mass of “Disc” is not entered. Enter it at the product", set()),
    ((KILOGRAM, POWDER, IN_POWDER, replace(BY_MASS, key="pieces")), (), "“Powder” is counted by another unit", set()),
    ((replace(MADE[1], currency="EUR"), replace(BY_MASS, key="revenue")), (), "several currencies: CNY, EUR", set()),
    ((replace(MADE[1], revenue=None), replace(BY_MASS, key="revenue")), (), "an output of “Disc” has none", set()),
    ((replace(BY_MASS, key="own"),), (), "no product has a weight above 0", set()),
    ((replace(BY_MASS, key="own", shares=((DISC.id, "-1"),)),), (), "no product has a weight above 0", set()),
    ((replace(PARTS[0], unit="tC"),), (), "Strut, Tube: “tC” is not a unit for Steel. Use a mass", {DISC.id}),
    ((replace(PARTS[0], unit="l"),), (), "Strut, Tube: The plant has no own factor of a supplier", {DISC.id}),
    ((replace(PARTS[0], unit="piece"),), (), "The plant has no own factor of a supplier for Steel", {DISC.id}),
    ((replace(PARTS[0], unit="bushel"),), (), "Unknown unit “bushel”", {DISC.id}),
    ((replace(PARTS[0], item=""),), (), "neither an item of the library nor a footprint", {DISC.id}),
    ((replace(PARTS[0], item="cast_iron"),), (), "No factor for Cast iron per kg", {DISC.id}),
    ((replace(PARTS[2], source=" "),), (), "Disc, Casting: nobody says where its footprint is from", {STRUT.id}),
    ((), ("cp00003",), "“Disc” has no bill of materials. Enter what goes into it.", {STRUT.id}),
    ((replace(STRUT, mass=None), replace(BY_MASS, key="pieces")), (), "neither the leg nor the product has", {DISC.id}),
    ((Leg("lg00003", DISC.id, "Cart", "inbound", "steel", Decimal(3)),), (), "not something that Freight", {STRUT.id}),
]  # fmt: skip


@pytest.mark.parametrize(("others", "without", "words", "left"), WRONG, ids=[one[2] for one in WRONG])
def test_what_stands_in_the_way_is_said_with_its_remedy(
    others: tuple[Record, ...], without: tuple[str, ...], words: str, left: set[str]
) -> None:
    ledger = ledger_of(*others, without=without)
    found = made_by(ledger)
    assert words in said(found)
    assert all(str(one).endswith(".") for one in found.problems)
    assert {one.product.id for one in found.footprints} == left
    assert found.shared + found.apart == plants_own(ledger)


def test_a_plant_without_products_is_told_so() -> None:
    empty = ledger_of(without=[one.id for one in (STRUT, DISC, *MADE, *PARTS)] + ["lg00001", "lg00002"])
    found = made_by(empty)
    assert "No product is entered" in said(found)
    assert found.footprints == () and found.shared == 0 and found.apart == plants_own(empty)


def test_what_the_inventory_lacks_is_said() -> None:
    lacking = made_by(ledger_of(bill("a9", "Flare", "stationary_combustion", "unobtainium", "1", "t")))
    assert "Records of the year without a factor: 1" in said(lacking)
    assert "no upstream of fuels and energy" in said(made_by(ledger_of(without=["a5", "a6"])))
    assert "no upstream" not in said(made_by(ledger_of()))
    stray = AllocationKey("ak00009", "Old hall", "none")
    assert "The key for “Old hall” shares nothing" in said(made_by(ledger_of(stray)))


def test_a_kilogram_weighs_a_kilogram() -> None:
    found = made_by(ledger_of(KILOGRAM, POWDER, IN_POWDER))
    assert found.problems == () and found.of(KILOGRAM.id) is not None


def test_another_country_has_its_own_factors() -> None:
    assert made_by(ledger_of(plant=Plant("Krosno", "PL"))).shared != made_by(ledger_of()).shared


def test_a_contribution_names_the_numbers_of_the_library_behind_it() -> None:
    library = load_library()
    plain, cycle = made_by(ledger_of()), made_by(ledger_of(), electricity="footprint")
    for found in (plain, cycle):
        for one in (part for footprint in found.footprints for part in footprint.contributions):
            assert bool(one.factors) == (one.what not in ("Spring", "Casting"))
            assert all(library.factor(key) is not None or key.startswith("AR6.") for key in one.factors)

    def mains(found: Footprints) -> list[str]:
        strut = found.of(STRUT.id)
        assert strut is not None
        (meter,) = [one for one in strut.contributions if one.what == "Main meter" and one.primary]
        return [factor.use for key in meter.factors if (factor := library.factor(key)) is not None]

    assert mains(cycle) == ["footprint"] and "footprint" not in mains(plain)


def test_what_nobody_could_enter_is_a_problem_and_no_crash() -> None:
    own = AllocationKey("ak00001", "", "own", ((DISC.id, "much"),))
    assert "“much” is not a number" in said(made_by(ledger_of(own)))
    found = made_by(ledger_of(replace(LEGS[0], stage="sideways")))
    assert "“sideways” is no choice for “stage”" in said(found)
    assert found.of(STRUT.id) is None and found.of(DISC.id) is not None


def test_sources_are_told_once_a_stage_whatever_their_data_are_like() -> None:
    rough = bill("b1", "Boiler", "stationary_combustion", "natural_gas", "700", "m3", estimated=True)
    found = made_by(ledger_of(rough, OFFICE))
    assert [one.source for one in found.sources].count("Boiler") == 2
    told = {(one.source, one.stage): one for one in together(found.sources)}
    assert len(told) == len(together(found.sources)) < len(found.sources)
    boiler = told["Boiler", "energy"]
    assert boiler.tonnes == exact_sum(one.tonnes for one in found.sources if one.source == "Boiler")
    assert exact_sum(tonnes for _product, tonnes in boiler.parts) == boiler.tonnes
    assert told["Office", "energy"].parts == () and told["Office", "energy"].key == "none"
    assert exact_sum(one.tonnes for one in told.values()) == found.shared + found.apart
