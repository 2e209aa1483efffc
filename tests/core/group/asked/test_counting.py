"""Those who ask are told the tonnes that the report of the group states, whatever is bought, sold or delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.group.asked.counting import Tonnes, counted_tonnes, counted_values
from core.group.asked.gathering import GroupValues, Told, group_values
from core.group.asked.trail import parts
from core.group.packed import pack, unpack
from core.group.year.consolidated import Consolidated
from core.group.year.consolidating import consolidate
from core.handover.asked import known_of
from core.ledger import Activity, KeyFigure, Ledger, Plant, Record, Register, Stake, Transfer
from core.library import GASES, load_library
from core.methods import exact_sum
from tests.core.group.asked.reported import SITES, TODAY
from tests.core.group.plants import filed

LIBRARY = load_library()
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
STAKES: tuple[Record, ...] = (
    Stake("st1", "group", "si1", "2024-07-01", percent=Decimal("33.3")), Stake("st2", "group", "si2", ""),
    Transfer("tr1", "si1", "si2", "Meter", percent=Decimal(30), scope="scope2_location"),
)  # fmt: skip
SCOPES = {"ghg.s1": "scope1", "ghg.s2_lb": "scope2_location", "ghg.s2_mb": "scope2_market", "ghg.s3": "scope3"}


def told(plant: str, *more: Record) -> Told:
    """Bills of single months beside those of the year: an average of months is another number."""
    ledger = Ledger.of([
        Plant(plant, "CN", "CN-HE"),
        Activity("a1", "Meter", "purchased_electricity", "electricity", *YEAR, Decimal(900_000), "kWh"),
        Activity("a2", "Boiler", "stationary_combustion", "natural_gas", date(2024, 1, 1), date(2024, 2, 29),
                 Decimal(31_000), "m3"),
        Activity("a3", "Stove", "stationary_combustion", "wood_pellets", date(2024, 8, 1), date(2024, 8, 31),
                 Decimal(3), "t"),
        Activity("a4", "Chiller", "refrigerants", "R-410A", date(2024, 9, 1), date(2024, 9, 30), Decimal(7), "kg"),
        Activity("a5", "Trucks", "freight", "truck", *YEAR, Decimal(777_777), "tkm"),
        KeyFigure("k1", "revenue", "CNY", *YEAR, Decimal(1_000_000)),
        *more,
    ])  # fmt: skip
    known = known_of(ledger, 2024, LIBRARY, _no_blob, TODAY)
    return Told(filed(plant), values_of(known), lines=unpack(pack(known.inventory)))


def _no_blob(_sha256: str) -> bytes:
    raise AssertionError("no year is closed")


ASH, BIRCH = told("Ash"), told("Birch")


def both(*more: Record, approach: str = "equity_share") -> tuple[GroupValues, Consolidated]:
    register = Register.of([*SITES, *more])
    lines = [(one.filed, one.lines) for one in (ASH, BIRCH)]
    return (
        group_values(register, (ASH, BIRCH), 2024, TODAY, approach),
        consolidate(register, lines, 2024, approach=approach),
    )


@pytest.mark.parametrize("more", [(), STAKES[:2], STAKES])
def test_scopes_gases_and_categories_are_those_of_the_consolidated_year(more: tuple[Record, ...]) -> None:
    group, year = both(*more)
    for key, scope in SCOPES.items():
        assert group.values[key].value == year.totals[scope], key
        counted = [one.counted.value for one in parts(group, key)]
        assert exact_sum(one for one in counted if isinstance(one, Decimal)) == year.totals[scope]
    assert group.values["ghg.biogenic"].value == year.totals["biogenic"]
    gases = year.only(scope="scope1").by("gas")
    assert {row[0]: Decimal(row[1]) for row in group.values["ghg.s1_gas"].rows} == {
        gas: gases.get(gas, Decimal(0)) for gas in GASES
    }
    categories = year.by("category")
    assert {row[0]: Decimal(row[2]) for row in group.values["ghg.s3_cat"].rows} == categories


@pytest.mark.parametrize("more", [(), STAKES[:2], STAKES])
def test_rows_that_cells_do_not_know_still_add_up_to_their_scope(more: tuple[Record, ...]) -> None:
    group, year = both(*more)
    rows = group.values["ghg.s1_type"].rows
    assert exact_sum(Decimal(row[1]) for row in rows) == year.totals["scope1"]
    above = group.values["ghg.int_rev"].parts
    assert above is not None
    direct = year.totals["scope1"] + year.totals["scope2_location"]
    assert abs(above[0] - direct) <= Decimal("0.000000002")


def test_an_average_of_months_would_be_another_number() -> None:
    group, year = both(*STAKES[:2])
    plain = group_values(Register.of([*SITES, *STAKES[:2]]), [replace(one, lines=None) for one in (ASH, BIRCH)],
                         2024, TODAY, "equity_share")  # fmt: skip
    assert plain.values["ghg.s1"].value != year.totals["scope1"] == group.values["ghg.s1"].value
    assert plain.values["energy.total"].value == group.values["energy.total"].value


def test_what_a_report_does_not_know_stays_unknown() -> None:
    nothing = Tonnes({("scope1", 0, "CO2"): Decimal(5)})
    assert counted_values({}, nothing) == {}
    expired = PointValue("ghg.s1", Decimal(9), "tCO2e", expired=True)
    assert counted_values({"ghg.s1": expired}, nothing) == {}


def test_reports_count_apart() -> None:
    _, year = both(*STAKES)
    counted = counted_tonnes(year)
    assert set(counted) == {ASH.filed.sha256, BIRCH.filed.sha256}
    assert counted[ASH.filed.sha256].of(("scope1",)) == exact_sum(
        value for (plant, scope), value in year.cross("plant", "scope").items() if (plant, scope) == ("si1", "scope1")
    )
    taken = counted[BIRCH.filed.sha256].of(("scope2_location",))
    assert taken < counted_tonnes(year.reported())[BIRCH.filed.sha256].of(("scope2_location",))
