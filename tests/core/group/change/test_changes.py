"""Every tonne between two years, or two revisions, has a cause, and the causes add up to the last digit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.group.change.changes import group_difference, in_both
from core.group.change.comparing import SourceCauses, between, joined
from core.group.change.waterfall import GroupWaterfall, group_waterfall_to_plain
from core.group.packed import pack, unpack
from core.group.year.consolidated import Consolidated
from core.group.year.consolidating import consolidate
from core.inventory import Inventory, Period, choices_of, compile_inventory
from core.inventory.waterfall import CAUSES, difference
from core.ledger import Activity, Group, Ledger, Plant, Register, Site, Stake, Transfer
from core.library import load_library
from core.methods import SCOPES
from core.store import Filed


def bill(year: int, quantity: object, source: str = "Boiler", **changes: Any) -> Activity:
    return replace(
        Activity(f"{source}{year}", source, "stationary_combustion", "natural_gas", date(year, 1, 1),
                 date(year, 12, 31), Decimal(str(quantity)), "m3", evidence="E"),
        **changes,
    )  # fmt: skip


def compiled(plant: str, year: int, *bills: Activity, gwp: str = "AR6") -> Inventory:
    choices = replace(choices_of(None, year), gwp_set=gwp)
    return compile_inventory(Ledger.of([Plant(plant, "CN", "CN-HE"), *bills]), choices, load_library())


def filed(inventory: Inventory) -> Filed:
    name, period = inventory.plant.name, inventory.choices.period
    return Filed(f"{name}{period.end.year}", f"{name}.pdf", "", "accepted", audit_id=f"{name}{period.end.year}",
                 revision=1, plant=name, country="CN", year=period.end.year, totals=inventory.totals.scopes,
                 start=period.start.isoformat(), end=period.end.isoformat())  # fmt: skip


def consolidated(register: Register, year: int, inventories: Iterable[Inventory]) -> Consolidated:
    return consolidate(register, [(filed(one), unpack(pack(one))) for one in inventories], year)


def causes_of(old: Sequence[Inventory], new: Sequence[Inventory]) -> tuple[SourceCauses, ...]:
    return between(joined(old), joined(new))


def waterfall(register: Register, before: Iterable[Inventory], after: Iterable[Inventory]) -> GroupWaterfall:
    old, new = consolidated(register, 2023, before), consolidated(register, 2024, after)
    by_name = {filed(one).sha256: one for one in (*before, *after)}
    compared = {
        m.key: causes_of([by_name[f.sha256] for f in b.reports], [by_name[f.sha256] for f in m.reports])
        for b, m in in_both(old, new)
    }
    found = group_difference(register, old, new, compared)
    holds(found, old, new)
    return found


def holds(found: GroupWaterfall, before: Consolidated, after: Consolidated) -> None:
    """The law: parts add up, in each scope and in each scope of each plant."""
    for scope in SCOPES:
        assert sum(found.causes((scope,)).values()) == after.totals[scope] - before.totals[scope]
    old, new = before.cross("plant", "scope"), after.cross("plant", "scope")
    for scope in SCOPES:
        by_plant = found.by_plant((scope,))
        for plant in {p for p, _ in (*old, *new)}:
            change = new.get((plant, scope), Decimal(0)) - old.get((plant, scope), Decimal(0))
            assert sum(by_plant.get(plant, {}).values()) == change


def said(found: GroupWaterfall) -> dict[str, Decimal]:
    """Cubic metres of gas by cause; what rounding a line to a milligram leaves is nothing."""
    return in_m3(found.causes())


def in_m3(causes: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {cause: amount for cause, tonnes in causes.items() if (amount := round(tonnes / PER_M3, 3))}


NORTH, SOUTH = Site("n", "North", "CN"), Site("s", "South", "CN")
PER_M3 = compiled("North", 2023, bill(2023, 1000)).totals.location / 1000


def test_a_plant_that_burns_more_is_activity() -> None:
    found = waterfall(Register.of([NORTH]), [compiled("North", 2023, bill(2023, 1000))],
                      [compiled("North", 2024, bill(2024, 1500))])  # fmt: skip
    assert said(found) == {"activity": 500}
    assert found.reasons() == {"n": ""}


def test_without_shares_the_group_says_what_the_plants_say() -> None:
    meter = bill(2023, 5000, "Meter", method="purchased_electricity", item="electricity", unit="kWh")
    old = [compiled("North", 2023, bill(2023, 1000), meter), compiled("South", 2023, bill(2023, 7))]
    new = [compiled("North", 2024, bill(2024, 900), bill(2024, 4000, "Meter", method="purchased_electricity",
           item="electricity", unit="kWh"), gwp="AR4"), compiled("South", 2024, bill(2024, 11, "Oven"))]  # fmt: skip
    found = waterfall(Register.of([NORTH, SOUTH]), old, new)
    alone = [difference(one, other).causes() for one, other in zip(old, new, strict=True)]
    assert found.causes() == {cause: sum(one[cause] for one in alone) for cause in CAUSES}
    assert all(found.causes()[cause] for cause in ("activity", "gwp", "boundary")), "and an oven for a boiler"


@pytest.mark.parametrize(
    ("site", "stakes", "which", "happened", "cause"),
    [
        (replace(SOUTH, opened="2024-02-01"), (), "after", "opened", "activity"),
        (replace(SOUTH, closed="2023-11-30"), (), "before", "closed", "activity"),
        (SOUTH, (Stake("1", "group", "s", "2024-01-01"),), "after", "bought", "boundary"),
        (SOUTH, (Stake("1", "group", "s", "", "2023-12-31"),), "before", "sold", "boundary"),
        (SOUTH, (), "after", "not_reported", "boundary"),
        (SOUTH, (), "before", "not_reported", "boundary"),
    ],
)
def test_a_plant_of_one_year_alone(site: Site, stakes: Sequence[Stake], which: str, happened: str, cause: str) -> None:
    old = [compiled("South", 2023, bill(2023, 800))] if which == "before" else []
    new = [compiled("South", 2024, bill(2024, 800))] if which == "after" else []
    found = waterfall(Register.of([site, *stakes]), old, new)
    assert said(found) == {cause: 800 if new else -800}
    assert found.reasons() == {"s": happened}


def test_a_plant_reported_before_it_was_bought_is_bought() -> None:
    """Its old report is filed, and none of it was the group's."""
    register = Register.of([SOUTH, Stake("1", "group", "s", "2024-01-01")])
    found = waterfall(register, [compiled("South", 2023, bill(2023, 500))], [compiled("South", 2024, bill(2024, 800))])
    assert said(found) == {"boundary": 800} and found.reasons() == {"s": "bought"}


def test_a_larger_share_is_boundary_and_the_rest_is_weighed() -> None:
    """From 50 % of 1,000 to 100 % of 1,200 m³: 200 × 75 % activity, 50 % × 1,100 boundary."""
    group = Group("G", approach="equity_share")
    register = Register.of([group, SOUTH, Stake("1", "group", "s", "", "2023-12-31", Decimal(50)),
                            Stake("2", "group", "s", "2024-01-01")])  # fmt: skip
    found = waterfall(
        register, [compiled("South", 2023, bill(2023, 1000))], [compiled("South", 2024, bill(2024, 1200))]
    )
    assert said(found) == {"activity": 150, "boundary": 550}


def test_sold_at_midsummer_is_boundary_whichever_part_of_the_year_it_reports() -> None:
    register = Register.of([SOUTH, Stake("1", "group", "s", "", "2024-06-30")])
    half = compile_inventory(
        Ledger.of([Plant("South", "CN", "CN-HE"), bill(2024, 600, end=date(2024, 6, 30))]),
        replace(choices_of(None, 2024), period=Period(date(2024, 1, 1), date(2024, 6, 30))), load_library(),
    )  # fmt: skip
    found = waterfall(register, [compiled("South", 2023, bill(2023, 1200))], [half])
    assert said(found) == {"boundary": -600}
    closed = Register.of([replace(SOUTH, closed="2024-06-30")])
    found = waterfall(closed, [compiled("South", 2023, bill(2023, 1200))], [half])
    assert said(found) == {"activity": -600}


def test_a_year_put_together_from_two_reports() -> None:
    def half(start: date, end: date, quantity: int) -> Inventory:
        one = bill(2024, quantity, start=start, end=end, id=f"b{start:%m}")
        choices = replace(choices_of(None, 2024), period=Period(start, end))
        return compile_inventory(Ledger.of([Plant("North", "CN", "CN-HE"), one]), choices, load_library())

    halves = [half(date(2024, 1, 1), date(2024, 6, 30), 400), half(date(2024, 7, 1), date(2024, 12, 31), 700)]
    whole = joined(halves)
    assert whole.choices.period == Period(date(2024, 1, 1), date(2024, 12, 31)) and len(whole.activities) == 2
    causes = causes_of([compiled("North", 2023, bill(2023, 1000))], halves)
    assert [in_m3(one.causes) for one in causes] == [{"activity": 100}]


def test_what_own_plants_deliver_to_each_other_does_not_disturb_the_sum() -> None:
    def heat(year: int, quantity: int) -> Activity:
        return bill(year, quantity, "Heat", method="purchased_heat", item="heat", unit="GJ")

    register = Register.of([NORTH, SOUTH, Transfer("t", "n", "s", "Heat", "2024-01-01", percent=Decimal(50))])
    found = waterfall(
        register,
        [compiled("North", 2023, bill(2023, 1000)), compiled("South", 2023, heat(2023, 100))],
        [compiled("North", 2024, bill(2024, 1000)), compiled("South", 2024, heat(2024, 100))],
    )
    assert set(said(found)) == {"boundary"}, "the elimination began"


QUANTITY = st.decimals(min_value=0, max_value=10**5, places=2)
SHARE = st.decimals(min_value=0, max_value=100, places=1)


@settings(max_examples=25)
@given(plants=st.lists(st.tuples(QUANTITY, QUANTITY, SHARE, SHARE, st.booleans(), st.booleans(), st.integers(1, 12)),
                       min_size=1, max_size=3))  # fmt: skip
def test_parts_add_up_whatever_the_shares(
    plants: list[tuple[Decimal, Decimal, Decimal, Decimal, bool, bool, int]],
) -> None:
    records: list[object] = [Group("G", approach="equity_share")]
    old: list[Inventory] = []
    new: list[Inventory] = []
    for n, (first, last, share, then, before, after, month) in enumerate(plants):
        turn = date(2024, month, 17)
        records += [Site(f"s{n}", f"P{n}", "CN"), Stake(f"a{n}", "group", f"s{n}", "", f"2024-{month:02}-16", share),
                    Stake(f"b{n}", "group", f"s{n}", turn.isoformat(), "", then)]  # fmt: skip
        if before:
            old.append(compiled(f"P{n}", 2023, bill(2023, first), bill(2023, last, "Oven")))
        if after:
            new.append(compiled(f"P{n}", 2024, bill(2024, last), bill(2024, first, "Dryer")))
    waterfall(Register.of(records), old, new)  # type: ignore[arg-type]


def test_the_way_back_is_the_negative() -> None:
    register = Register.of([NORTH, Stake("1", "group", "n", "", "", Decimal(60)), Group("G", approach="equity_share")])
    old, new = compiled("North", 2023, bill(2023, 1000)), compiled("North", 2024, bill(2024, 1300))
    there = waterfall(register, [old], [new])
    cons = consolidated(register, 2023, [old]), consolidated(register, 2024, [new])
    back = group_difference(register, cons[1], cons[0], {"n": causes_of([new], [old])})
    assert back.causes() == {cause: -tonnes for cause, tonnes in there.causes().items()}


def test_two_approaches_cannot_be_compared() -> None:
    register = Register.of([NORTH])
    old = consolidated(register, 2023, [compiled("North", 2023, bill(2023, 1))])
    other = replace(consolidated(register, 2024, []), approach="equity_share")
    with pytest.raises(UserError, match="approach"):
        group_difference(register, old, other, {})


def test_plain_numbers_are_those_of_the_waterfall() -> None:
    found = waterfall(Register.of([NORTH]), [compiled("North", 2023, bill(2023, 1000))],
                      [compiled("North", 2024, bill(2024, 1500))])  # fmt: skip
    plain = json.loads(json.dumps(group_waterfall_to_plain(found)))
    assert Decimal(plain["change_tco2e"]) == found.end() - found.start() == Decimal(plain["causes_tco2e"]["activity"])
    (plant,) = plain["plants"]
    assert (plant["plant"], plant["happened"]) == ("North", "reported")
    assert Decimal(plant["by_source_tco2e"]["Boiler"]["activity"]) == found.end() - found.start()
