"""A base year follows what is bought and sold, not what grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.group.packed import Packed
from core.group.register.ownership import EQUITY, share
from core.group.year.base_year import BaseYear, as_of, base_year, base_years
from core.ledger import Group, Register, Site, Stake
from core.ledger.records import Record
from core.store import Filed
from tests.core.group.plants import filed, packed

Tonnes = dict[tuple[str, int], int]
"""By plant and year."""


def report(plant: str, year: int, tonnes: int, name: str = "report.pdf") -> tuple[Filed, Packed]:
    return filed(plant, year, name=name), packed([("scope1", 0, "CO2", 5, "Boiler", "a1", tonnes * 10**9)], (year, 1))


def series(tonnes: Tonnes, *records: Record, first: Tonnes | None = None, **group: object) -> BaseYear:
    fields: dict[str, object] = {"base_year": 2022, "approach": EQUITY} | group
    held = Register.of([replace(Group("Group"), **fields), *records])  # type: ignore[arg-type]

    def of(table: Tonnes, year: int, name: str = "report.pdf") -> Iterable[tuple[Filed, Packed]]:
        return [report(plant, y, t, name) for (plant, y), t in table.items() if y == year]

    years = sorted({year for _, year in tonnes})
    before = None if first is None else lambda y: of(first, y, "first.pdf")
    views = base_years(held, lambda y: of(tonnes, y), years, before)
    assert views["location"] == base_year(held, lambda y: of(tonnes, y), years, before)
    assert views["market"].change == base_year(held, lambda y: of(tonnes, y), years, before, "market").change
    return views["location"]


def every(plant: str, *values: int) -> Tonnes:
    return {(plant, 2022 + n): value for n, value in enumerate(values)}


def shown(found: BaseYear) -> list[tuple[int, int, int]]:
    return [(one.year, int(one.original), int(one.recalculated)) for one in found.years]


ASH, BIRCH = Site("a", "Ash", "CN"), Site("b", "Birch", "CN")
KEPT = Stake("ka", "group", "a", "")


def test_a_purchase_is_added_to_every_year_for_whole_years() -> None:
    bought = Stake("kb", "group", "b", "2023-07-01", reason="bought")
    found = series(every("Ash", 100, 90, 80) | every("Birch", 50, 40, 30), ASH, BIRCH, KEPT, bought)
    assert shown(found) == [(2022, 100, 150), (2023, 90, 130), (2024, 110, 110)]
    assert [(one.kind, one.name, one.tonnes, one.stakes) for one in found.reasons] == [
        ("bought", "Birch", Decimal(50), (bought,))
    ]
    assert (found.change, found.due) == (Decimal(50), True)
    assert found.valid == {2022: 150, 2023: 130, 2024: 110}


def test_a_sale_is_taken_out_of_every_year() -> None:
    sold = Stake("kb", "group", "b", "", "2023-12-31")
    found = series(every("Ash", 100, 90, 80) | every("Birch", 50, 40), ASH, BIRCH, KEPT, sold)
    assert shown(found) == [(2022, 150, 100), (2023, 130, 90), (2024, 80, 80)]
    assert [one.kind for one in found.reasons] == ["sold"]
    assert [one.lacking for one in found.years] == [(), (), ()]


def test_opening_and_closing_are_growth_and_decline() -> None:
    opened = Site("b", "Birch", "CN", opened="2023-02-01")
    closed = Site("c", "Cedar", "CN", closed="2023-06-30")
    stakes = (Stake("kb", "group", "b", "2023-02-01"), Stake("kc", "group", "c", "", "2023-06-30"), KEPT)
    tonnes = every("Ash", 100, 100, 100) | {("Birch", 2023): 7, ("Birch", 2024): 9} | every("Cedar", 30, 15)
    found = series(tonnes, ASH, opened, closed, *stakes)
    assert shown(found) == [(2022, 130, 130), (2023, 122, 122), (2024, 109, 109)]
    assert found.reasons == () and not found.due


def test_below_the_threshold_the_original_stays_and_small_changes_add_up() -> None:
    sites = [Site(f"s{n}", f"Small {n}", "CN") for n in range(3)]
    stakes = [Stake(f"k{n}", "group", site.id, "2023-01-01") for n, site in enumerate(sites)]
    tonnes = every("Ash", 100, 100)
    for count, due in ((1, False), (2, False), (3, True)):
        tonnes |= every(f"Small {count - 1}", 2, 2)
        found = series(tonnes, ASH, KEPT, *sites[:count], *stakes[:count])
        assert (found.change, found.due) == (Decimal(2 * count), due)
        assert found.valid[2022] == (106 if due else 100)


def test_a_purchase_does_not_hide_a_sale() -> None:
    stakes = (Stake("ka", "group", "a", "", "2022-12-31"), Stake("kb", "group", "b", "2023-01-01"))
    found = series(every("Ash", 100) | every("Birch", 100, 100), ASH, BIRCH, *stakes)
    assert shown(found)[0] == (2022, 100, 100)
    assert (found.change, found.due) == (Decimal(200), True)


def test_what_is_lacking_is_named_and_never_invented() -> None:
    bought = Stake("kb", "group", "b", "2023-07-01")
    found = series(every("Ash", 100, 90) | {("Birch", 2023): 40}, ASH, BIRCH, KEPT, bought)
    assert [one.lacking for one in found.years] == [("Birch",), ()]
    assert found.years[0].recalculated == 100
    assert not found.due


def test_restated_reports_change_the_base_year_by_their_own_reason() -> None:
    found = series(every("Ash", 110, 90), ASH, first=every("Ash", 100, 90))
    assert shown(found) == [(2022, 100, 110), (2023, 90, 90)]
    assert [(one.kind, one.tonnes) for one in found.reasons] == [("restated", Decimal(10))]
    assert found.due


def test_another_share_and_a_sold_company() -> None:
    more = (
        Stake("k1", "group", "a", "", "2023-06-30", Decimal(50)),
        Stake("k2", "group", "a", "2023-07-01", "", Decimal(80)),
    )
    found = series(every("Ash", 100, 100), ASH, *more)
    assert [(one.kind, one.tonnes, len(one.stakes)) for one in found.reasons] == [("changed", Decimal(30), 2)]
    company = (Stake("k1", "group", "co", "", "2023-06-30"), Stake("k2", "co", "b", ""))
    found = series(every("Ash", 100, 100) | every("Birch", 60, 60), ASH, BIRCH, *company)
    assert [(one.kind, one.tonnes) for one in found.reasons] == [("sold", Decimal(-60))]


def test_without_a_base_year_there_is_nothing_to_recalculate() -> None:
    with pytest.raises(UserError, match="no base year"):
        series(every("Ash", 1), ASH, base_year=0)


@given(st.lists(st.integers(1, 1000), min_size=3, max_size=3), st.sampled_from(list(permutations("abc"))))
def test_reasons_explain_the_whole_difference(tonnes: list[int], order: tuple[str, ...]) -> None:
    sites = {key: Site(key, key, "CN") for key in "abc"}
    stakes = {"a": Stake("1", "group", "a", "", "2023-03-31"), "b": Stake("2", "group", "b", "2023-04-01"),
              "c": Stake("3", "group", "c", "", percent=Decimal(40))}  # fmt: skip
    table: Tonnes = {}
    for key in order:
        table |= every(key, tonnes["abc".index(key)], 1)
    found = series(table, *(sites[k] for k in order), *(stakes[k] for k in order))
    base = found.years[0]
    assert base.recalculated - base.original == sum((one.tonnes for one in found.reasons), Decimal(0))


def test_as_of_leaves_nobody_without_holder() -> None:
    held = Register.of([ASH, Stake("k", "group", "a", "", "2020-01-01")])
    assert share(as_of(held, date(2024, 1, 1)), "a", date(2019, 1, 1), EQUITY) == 0
    assert share(as_of(held, date(2019, 1, 1)), "a", date(2024, 1, 1), EQUITY) == 1
