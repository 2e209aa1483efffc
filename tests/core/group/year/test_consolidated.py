"""The group's year is the exact sum of what its plants reported, as far as they are its own."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.group.packed import KINDS, LINES, Packed, front_of, unpack, written
from core.group.register.ownership import EQUITY, OPERATIONAL
from core.group.year.cells import Cells
from core.group.year.consolidated import DIMENSIONS, Consolidated
from core.group.year.consolidating import FRONT, consolidate, reports_of
from core.ledger import Company, Group, Register, Site, Stake, Transfer
from core.ledger.records import Record
from core.methods import SCOPES
from core.store import Filed, GroupFile, group_file
from core.store.database import open_file
from core.store.header import Kind
from core.store.opened import Opened
from tests.core.group.plants import Row, compiled, filed, packed

PLANTS = ("Ash", "Birch", "Cedar", "Dale")
UNIT = Decimal("1E-9")
rows = st.lists(
    st.tuples(
        st.sampled_from(SCOPES), st.integers(0, 15), st.sampled_from(KINDS), st.integers(0, 11),
        st.sampled_from(("Boiler", "Meter", "Truck")), st.sampled_from(("a1", "a2")), st.integers(-(10**15), 10**18),
    ),
    max_size=25,
)  # fmt: skip
groups = st.lists(rows, min_size=1, max_size=4)


def sites(*more: Record) -> Register:
    held = [Site(name[0].lower(), name, "CN", f"Business {n % 2}") for n, name in enumerate(PLANTS)]
    return Register.of([Group("Group"), Company("co", "Company", "CN"), *held, *more])


def reports(tables: list[list[Row]]) -> list[tuple[Filed, Packed]]:
    return [(filed(name), packed(table)) for name, table in zip(PLANTS, tables, strict=False)]


def plainly(table: list[Row], scopes: tuple[str, ...]) -> int:
    return sum(row[6] for row in table if row[0] in scopes and KINDS.index(row[2]) < 7)


def test_one_plant_counts_as_its_inventory_says() -> None:
    made, lines = compiled()
    found = consolidate(Register.of([]), [(filed("Hillside"), lines)], 2024)
    totals = made.totals
    assert found.totals == {**totals.scopes, "biogenic": totals.biogenic, "outside_basket": totals.other}
    assert (found.location, found.market) == (totals.location, totals.market)
    assert found.by("gas") == {gas: tonnes for gas, tonnes in totals.gases.items() if tonnes}
    assert found.by("gas", "market") == {gas: tonnes for gas, tonnes in totals.gases_market.items() if tonnes}
    assert [str(notice) for notice in found.notices] == ["Not in the register and counted wholly: Hillside."]


@settings(max_examples=30)
@given(groups)
def test_every_layout_adds_up_to_the_same_exact_total(tables: list[list[Row]]) -> None:
    found = consolidate(sites(), reports(tables), 2024)
    for view, scopes in (("location", (0, 1, 3)), ("market", (0, 2, 3))):
        names = tuple(SCOPES[at] for at in scopes)
        whole = sum(plainly(table, names) for table in tables) * UNIT
        assert found.total(view) == whole
        for dimension in DIMENSIONS:
            if dimension not in ("scope", "category"):
                assert sum(found.by(dimension, view).values(), Decimal(0)) == whole
                crossed = found.cross(dimension, "month", view)
                assert sum(crossed.values(), Decimal(0)) == whole
    assert sum(found.by("category").values(), Decimal(0)) == found.totals["scope3"]


@settings(max_examples=20)
@given(groups, st.sampled_from(["41.5", "33.333", "0.0000001", "50"]), st.randoms(use_true_random=False))
def test_a_share_is_taken_once_per_cell_and_the_order_decides_nothing(
    tables: list[list[Row]], percent: str, chance: random.Random
) -> None:
    stakes = [Stake(f"k{n}", "group", name[0].lower(), "", percent=Decimal(percent)) for n, name in enumerate(PLANTS)]
    given_reports = reports(tables)
    found = consolidate(sites(*stakes), given_reports, 2024, approach=EQUITY)
    expected = 0
    for table in tables:
        cells: dict[tuple[object, ...], int] = {}
        for row in table:
            if row[0] in ("scope1", "scope2_location", "scope3") and KINDS.index(row[2]) < 7:
                cells[row[:5]] = cells.get(row[:5], 0) + row[6]
        for amount in cells.values():
            expected += int((Decimal(amount) * Decimal(percent) / 100).to_integral_value())
    assert found.location == expected * UNIT
    chance.shuffle(given_reports)
    again = consolidate(sites(*reversed(stakes)), given_reports, 2024, approach=EQUITY)
    assert [again.by(d) for d in DIMENSIONS] == [found.by(d) for d in DIMENSIONS]
    assert again.totals == found.totals


def half_year() -> tuple[Register, list[tuple[Filed, Packed]]]:
    table: list[Row] = [("scope1", 0, "CO2", month, "Boiler", "a1", 30_000_000_000) for month in range(12)]
    return sites(Stake("k", "group", "a", "2024-04-16", "2024-09-30")), [(filed("Ash"), packed(table))]


def test_a_plant_bought_and_sold_counts_on_its_days() -> None:
    register, given_reports = half_year()
    found = consolidate(register, given_reports, 2024)
    months = {"2024-04": 15, "2024-05": 30, "2024-06": 30, "2024-07": 30, "2024-08": 30, "2024-09": 30}
    assert found.by("month") == {month: Decimal(tonnes) for month, tonnes in months.items()}
    (member,) = found.members
    assert member.shares["2024-04"] == Decimal("0.5")
    assert member.company == "group"


def test_a_plant_of_others_is_named_and_counts_nothing() -> None:
    register, given_reports = half_year()
    sold = [(filed("Ash", 2025), packed([("scope1", 0, "CO2", 0, "Boiler", "a1", 5)], (2025, 1)))]
    found = consolidate(register, [*given_reports, *sold], 2025)
    assert found.location == 0
    assert not found.members[0].counts
    assert any("no part of the group" in str(notice) for notice in found.notices)


def overlapping() -> list[tuple[Filed, Packed]]:
    year: list[Row] = [("scope1", 0, "CO2", month, "Boiler", "a1", 10**9) for month in range(12)]
    spring: list[Row] = [("scope1", 0, "CO2", month, "Boiler", "b1", 7 * 10**9) for month in range(3)]
    winter: list[Row] = [("scope1", 0, "CO2", month, "Boiler", "c1", 3 * 10**9) for month in range(12)]
    return [
        (filed("Ash", start="2024-01-01", end="2024-12-31", name="year.pdf"), packed(year)),
        (filed("Ash", start="2024-02-01", end="2024-04-30", name="spring.pdf"), packed(spring, (2024, 2))),
        (filed("Ash", start="2023-01-01", end="2023-12-31", name="before.pdf"), packed(winter, (2023, 1))),
    ]


@pytest.mark.parametrize("turned", [1, -1])
def test_no_month_counts_twice_where_reports_overlap(turned: int) -> None:
    found = consolidate(sites(), overlapping()[::turned], 2024)
    assert found.by("month") == {f"2024-{n:02}": Decimal(1) for n in range(1, 13)} | {
        f"2023-{n:02}": Decimal(3) for n in range(1, 13)
    }
    said = [str(notice) for notice in found.notices]
    assert any("“spring.pdf” that another report" in one and "2024-02, 2024-03" in one for one in said), said
    assert any("put together from 3 reports" in one for one in said)


def transfer(**more: object) -> Transfer:
    fields: dict[str, object] = {"id": "t", "seller": "a", "buyer": "b", "source": "Meter"} | more
    return Transfer(**fields)  # type: ignore[arg-type]


def trade(*transfers: Transfer, **stakes: tuple[str, str, str]) -> Consolidated:
    """Ash burns gas and sells heat to Birch, which counts it in scopes 2 and 3."""
    ash: list[Row] = [("scope1", 0, "CO2", month, "Boiler", "a1", 100_000_000_000) for month in range(12)]
    birch: list[Row] = [
        (scope, category, "CO2", month, source, "b1", tonnes * 1_000_000_000)
        for month in range(12)
        for scope, category, source, tonnes in (
            ("scope1", 0, "Meter", 1), ("scope2_location", 0, "Meter", 40), ("scope2_market", 0, "Meter", 20),
            ("scope3", 3, "Meter", 5), ("scope2_location", 0, "Grid", 7), ("avoided", 0, "Meter", 9),
        )
    ]  # fmt: skip
    held = [
        Stake(site, "group", site, start, end, Decimal(percent), financial="joint")
        for site, (start, end, percent) in stakes.items()
    ]
    return consolidate(
        sites(*transfers, *held), [(filed("Ash"), packed(ash)), (filed("Birch"), packed(birch))], 2024,
        approach=EQUITY if held else OPERATIONAL,
    )  # fmt: skip


def test_what_own_plants_sell_each_other_is_taken_away_and_shown() -> None:
    found = trade(transfer(percent=Decimal(50)))
    taken = {one.scope: one.tonnes for one in found.eliminated}
    assert taken == {"scope2_location": -240, "scope2_market": -120, "scope3": -30}
    assert {(one.seller, one.buyer) for one in found.eliminated} == {("Ash", "Birch")}
    before = found.reported().totals
    assert before == trade().totals
    assert found.totals == {scope: before[scope] + taken.get(scope, Decimal(0)) for scope in before}
    assert found.by("source")["b: Grid"] == 84


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"scope": "scope3"}, {"scope3": -60}),
        ({"scope": "scope2"}, {"scope2_location": -480, "scope2_market": -240}),
        ({"start": "2024-12-01"}, {"scope2_location": -40, "scope2_market": -20, "scope3": -5}),
        ({"end": "2024-01-31", "source": " meter "}, {"scope2_location": -40, "scope2_market": -20, "scope3": -5}),
    ],
)
def test_only_what_the_transfer_names(more: dict[str, object], expected: dict[str, int]) -> None:
    assert {one.scope: one.tonnes for one in trade(transfer(**more)).eliminated} == expected


def test_only_while_both_are_in_the_group_and_no_more_than_counts_twice() -> None:
    found = trade(transfer(scope="scope3"), a=("2024-07-01", "", "60"), b=("", "2024-10-31", "80"))
    assert found.cross("month", "scope")["2024-07", "scope3"] == Decimal("0.2") * 5
    (taken,) = found.eliminated
    assert taken.tonnes == -4 * 5 * Decimal("0.6")


def test_nothing_is_taken_away_that_nobody_else_counts() -> None:
    lines = packed([("scope2_location", 0, "CO2", 0, "Meter", "b1", 10**9)])
    found = consolidate(sites(transfer()), [(filed("Birch"), lines)], 2024)
    assert found.location == 1
    assert any("“Ash” has no report" in str(notice) for notice in found.notices)
    assert any("names the source “Steam”" in str(notice) for notice in trade(transfer(source="Steam")).notices)


@pytest.mark.parametrize(
    "wrong",
    [
        (transfer(percent=Decimal(101)),),
        (transfer(buyer="a"),),
        (transfer(percent=Decimal(60)), transfer(id="u", seller="c", percent=Decimal(60))),
        (transfer(percent=Decimal(60)), transfer(id="u", scope="scope3", start="2024-05-01", percent=Decimal(60))),
    ],
)
def test_transfers_that_contradict_each_other_are_refused(wrong: tuple[Transfer, ...]) -> None:
    with pytest.raises(UserError, match="transfers from own plants"):
        trade(*wrong)
    followed = (transfer(end="2024-04-30"), transfer(id="u", seller="c", start="2024-05-01"))
    trade(*followed)


def test_a_part_of_it_can_be_asked_for() -> None:
    found = trade(transfer())
    birch = found.only(plant="b")
    assert birch.by("plant") == {"b": found.by("plant")["b"]}
    assert birch.only(scope="scope1").by("source") == {"b: Meter": 12}
    assert found.only(month="2024-03", plant="a").location == 100
    assert found.only(plant="nobody").location == 0
    for wrong in (found.by, lambda name: found.only(**{name: "x"})):
        with pytest.raises(UserError, match="lay out by"):
            wrong("colour")
    assert (found.title("b"), found.title("b: Grid"), found.title("group")) == ("Birch", "Birch: Grid", "Group")
    with pytest.raises(UserError, match="nobody"):
        found.member("nobody")


def test_a_report_without_lines_is_named() -> None:
    found = consolidate(sites(), [(filed("Ash"), None)], 2024)
    assert found.members == () and found.location == 0
    assert ["Ash-2024.pdf" in str(notice) for notice in found.notices] == [True]


def test_who_holds_a_plant_at_the_end() -> None:
    stakes = [Stake("1", "group", "a", "", "2024-06-30"), Stake("2", "co", "a", "2024-07-01", "2024-08-31"),
              Stake("3", "group", "co", "")]  # fmt: skip
    table: list[Row] = [("scope1", 0, "CO2", 0, "Boiler", "a1", 10**9)]
    found = consolidate(
        sites(*stakes), [(filed("Ash"), packed(table)), (filed("Birch", organisation="Birch Ltd"), packed(table))], 2024
    )
    assert {m.name: m.company for m in found.members} == {"Ash": "co", "Birch": "Birch Ltd"}
    assert found.by("company") == {"co": 1, "Birch Ltd": 1}
    assert any("Nobody is entered as holder" in str(n) and "Birch" in str(n) for n in found.notices)


def test_a_plant_that_reports_after_it_was_closed_is_named() -> None:
    closed = Site("a", "Ash", "CN", closed=date(2023, 5, 1).isoformat())
    found = consolidate(Register.of([closed]), [(filed("Ash"), packed([]))], 2024)
    assert any("did not work" in str(notice) for notice in found.notices)


def told(cells: Cells) -> dict[tuple[int, ...], int]:
    """Sums of cells with their sources added up."""
    names = ("report", "scope", "category", "gas", "month", "transfer")
    found: dict[tuple[int, ...], int] = {}
    for *key, amount in zip(*(cells.columns[name].tolist() for name in (*names, "amount")), strict=True):
        found[tuple(key)] = found.get(tuple(key), 0) + amount
    return found


@settings(max_examples=20, deadline=None)
@given(groups, st.sampled_from(["100", "50", "33.333"]), st.sampled_from(["", "2024-04-16", "2024-07-01"]))
def test_sums_from_the_front_of_lines_are_those_of_the_cells(tables: list[list[Row]], percent: str, start: str) -> None:
    """Whatever counts wholly, in part, on some days or not at all, and whatever part of it is asked for."""
    held = [Stake("1", "group", "a", start, percent=Decimal(percent)), Stake("2", "group", "b", ""),
            Stake("3", "co", "c", "")]  # fmt: skip
    found = consolidate(sites(transfer(seller="a", buyer="b"), *held), reports(tables), 2024, approach=EQUITY)
    parts = [found, found.only(month="2024-05"), found.only(plant="b"), found.only(plant="a", gas="CO2"),
             found.only(source="b: Meter"), found.only(source="b: Meter", month="2024-05"),
             found.only(country="CN", scope="scope3"), found.reported(), found.only(plant="b").reported()]  # fmt: skip
    for part in parts:
        assert told(part.coarse) == told(part.cells)
        assert sum(part.by("month").values()) == sum(part.by("plant").values()) == sum(part.by("source").values())


def test_lines_are_not_read_where_every_month_counts_wholly_or_not_at_all() -> None:
    data = written((2024, 1), (("Boiler",), ("method/item",), ("a1",)),
                   [(0, 0, 0, month, 0, 0, 0, 10**9) for month in range(12)])  # fmt: skip
    read: list[str] = []

    def whole(name: str) -> bytes:
        read.append(name)
        return data

    def given_reports() -> list[tuple[Filed, Packed]]:
        front = data[: front_of(data)]
        return [(filed(name), unpack(front, partial(whole, name))) for name in PLANTS[:3]]

    held = [Stake("1", "group", "a", ""), Stake("2", "group", "b", "2024-07-01"), Stake("3", "co", "c", "")]
    found = consolidate(sites(*held), given_reports(), 2024)
    assert found.by("plant") == {"a": 12, "b": 6}
    assert found.only(month="2024-03").location == 1
    assert len(found.members) == 3
    assert not read
    assert found.only(plant="b").by("source") == {"b: Boiler": 6}
    assert read == ["Birch"]
    parted = [Stake("1", "group", "a", "2024-07-02"), *held[1:]]
    again = consolidate(sites(*parted), given_reports(), 2024)
    assert read == ["Birch", "Ash"]
    assert again.by("plant")["a"] == 5 + Decimal("0.967741935")


def test_sources_are_read_from_the_group_file_on_any_thread_and_after_it_was_closed(tmp_path: Path) -> None:
    cells = [(scope, gas, month) for scope in (0, 1, 3) for gas in range(7) for month in range(12)]
    rows = [(scope, category, gas, month, 0, 0, 0, 10**9) for scope, gas, month in cells for category in range(3)]
    data = written((2024, 1), (("Boiler",) * 200, ("method/item",), ("a1",)), rows)

    assert front_of(data) > FRONT
    report = replace(filed("Ash"), sha256=hashlib.sha256(b"report").hexdigest())
    without = replace(filed("Birch"), sha256=hashlib.sha256(b"other").hexdigest())
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(report, b"report", {LINES: data})
        group.file(without, b"other")
        found, apart, drilled = (consolidate(sites(), reports_of(group, 2024), 2024) for _ in range(3))
        assert found.by("plant") == {"a": 756} and "Birch-2024.pdf" in str(found.notices)
        assert found.by("source") == {"a: Boiler": 756}
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(apart.by, "source").result() == {"a: Boiler": 756}
    assert drilled.only(month="2024-03").by("source") == {"a: Boiler": 63}


def test_a_closed_group_file_is_opened_once_for_all_its_reports_and_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = written((2024, 1), (("Boiler",), ("method/item",), ("a1",)), [(0, 0, 0, 0, 0, 0, 0, 10**9)] * 500)
    with GroupFile.open(tmp_path / "g.group") as group:
        for name in PLANTS:
            group.file(replace(filed(name), sha256=hashlib.sha256(name.encode()).hexdigest()), name.encode(),
                       {LINES: data})  # fmt: skip
        found = consolidate(sites(), reports_of(group, 2024), 2024)
    assert len(data) > FRONT
    opened: list[Opened] = []

    def counted(path: Path, kind: Kind, *, read_only: bool = False) -> Opened:
        opened.append(open_file(path, kind, read_only=read_only))
        return opened[-1]

    monkeypatch.setattr(group_file, "open_file", counted)
    assert set(found.by("source").values()) == {500}
    (one,) = opened
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        one.db.conn.execute("select 1")
