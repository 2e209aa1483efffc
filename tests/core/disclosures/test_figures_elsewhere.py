"""A derived data point is the figure that page, report and command line show for the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from core.audit.key_figures import over
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.inventory.totals import LOCATION
from core.inventory.views import ghgp_view
from core.inventory.waterfall import difference
from core.ledger import KeyFigure
from core.methods import exact_sum, plain
from core.renewables.shares import CERTIFIED
from core.targets.pathway import decimal_of
from core.targets.status import main_target
from tests.core.disclosures.plants import FULL, gathered
from tests.core.disclosures.test_derived import PLANTS, known

SCOPES = {"ghg.s1": "scope1", "ghg.s2_lb": "scope2_location", "ghg.s2_mb": "scope2_market", "ghg.s3": "scope3"}


@cache
def found(name: str) -> Mapping[str, PointValue]:
    return values_of(known(name))


def number(value: PointValue) -> Decimal:
    assert isinstance(value.value, Decimal), value
    return value.value


def column(value: PointValue, place: int) -> Decimal:
    """The sum of a column of numbers."""
    return exact_sum(Decimal(row[place]) for row in value.rows if row[place])


@pytest.mark.parametrize("name", PLANTS)
def test_scopes_are_the_totals_of_the_inventory(name: str) -> None:
    totals, values = known(name).inventory.totals, found(name)
    for key, scope in SCOPES.items():
        assert number(values[key]) == totals.scopes[scope], key
    assert number(values["ghg.biogenic"]) == totals.biogenic


@pytest.mark.parametrize("name", PLANTS)
def test_tables_add_up_to_their_scope(name: str) -> None:
    values = found(name)
    assert column(values["ghg.s1_gas"], 1) == column(values["ghg.s1_type"], 1) == number(values["ghg.s1"])
    assert column(values["ghg.s3_cat"], 2) == number(values["ghg.s3"])
    for row in values["ghg.s3_cat"].rows:
        assert 0 <= Decimal(row[3]) <= Decimal(row[2])
        assert row[1], "each category says how it was calculated"
    calculated = {str(one.number) for one in ghgp_view(known(name).inventory).categories if one.row.lines}
    assert {row[0] for row in values["ghg.s3_cat"].rows} == calculated


@pytest.mark.parametrize("name", PLANTS)
def test_lines_behind_a_scope_give_its_tonnes(name: str) -> None:
    """The origin of a number names exactly the records whose lines add up to it."""
    inventory, values = known(name).inventory, found(name)
    for key, scope in SCOPES.items():
        ids = {one for origin in values[key].origins if origin.kind == "line" for one in origin.ids}
        behind = [line for line in inventory.lines if line.scope == scope and line.activity.id in ids]
        assert exact_sum(line.tco2e for line in behind) == number(values[key])


@pytest.mark.parametrize("name", PLANTS)
def test_the_share_of_electricity_is_that_of_the_page(name: str) -> None:
    shares, value = known(name).shares, found(name)["energy.ren_el_pct"]
    assert shares is not None and value.parts is not None
    part, whole = (one * 1000 for one in value.parts)
    assert (part, whole) == (shares.year.kwh(CERTIFIED), shares.year.used)


@pytest.mark.parametrize("name", PLANTS)
def test_the_bridge_is_that_of_the_waterfall(name: str) -> None:
    held = known(name)
    before = held.earlier[held.year - 1]
    causes = difference(before, held.inventory).causes(("scope1", "scope2_location"))
    value = found(name)["ghg.change"]
    assert {row[0]: row[1] for row in value.rows} == {cause: plain(t) for cause, t in causes.items() if t}
    then, now = (exact_sum(one.totals.scopes[s] for s in LOCATION[:2]) for one in (before, held.inventory))
    assert column(value, 1) == now - then
    assert {one.year for one in value.origins} == {0, held.year - 1}


@pytest.mark.parametrize("name", PLANTS)
def test_last_year_is_the_inventory_of_last_year(name: str) -> None:
    held = known(name)
    before, values = held.earlier[held.year - 1], found(name)
    for key, scope in list(SCOPES.items())[:3]:
        value = values[key.replace("ghg.", "ghg.prev_")]
        assert number(value) == before.totals.scopes[scope]
        assert all(one.year == held.year - 1 for one in value.origins if one.kind == "line")


@pytest.mark.parametrize("name", ("full", "zhangjiakou"))
def test_progress_is_that_of_the_target_looked_at_first(name: str) -> None:
    status = known(name).targets
    main = None if status is None else main_target(status)
    assert main is not None and main.gap is not None and main.gap.achieved is not None
    assert abs(number(found(name)["target.progress"]) - decimal_of(main.gap.achieved)) < Decimal("1e-25")


def test_intensities_divide_scopes_1_and_2_by_key_figures() -> None:
    held, values = gathered(*FULL), found("full")
    emitted = exact_sum(held.inventory.totals.scopes[scope] for scope in ("scope1", "scope2_location"))
    revenue = over(held.ledger.held(KeyFigure), "revenue", held.inventory.choices.period, held.library.units, "CNY")
    assert revenue.quantity == 900_000_000
    assert (values["ghg.int_rev"].unit, values["ghg.int_rev"].parts) == ("tCO2e/CNY", (emitted, revenue.quantity))
    assert (values["ghg.int_unit"].unit, values["ghg.int_unit"].parts) == (
        "kgCO2e/piece", (emitted * 1000, Decimal(2_000_000)),
    )  # fmt: skip
    assert values["energy.int_rev"].unit == "MWh/CNY"
    assert values["energy.int_rev"].parts == (number(values["energy.total"]), revenue.quantity)
    assert (number(values["org.revenue"]), values["org.revenue"].unit) == (Decimal(900_000_000), "CNY")
    assert values["org.revenue"].evidence == ("e-report",)
    assert (number(values["site.headcount"]), values["site.headcount"].unit) == (Decimal(800), "persons")


def test_an_intensity_needs_a_figure_of_every_day_and_above_zero() -> None:
    without = [one for one in FULL if not (isinstance(one, KeyFigure) and one.name == "revenue")]
    assert "Revenue" in str(values_of(gathered(*without))["ghg.int_rev"].missing)
    nought = KeyFigure("k0", "revenue", "CNY", date(2023, 1, 1), date(2023, 12, 31), Decimal(0))
    assert "0" in str(values_of(gathered(*without, nought))["energy.int_rev"].missing)


def test_the_rate_of_injuries_is_per_million_hours() -> None:
    value = found("full")["safety.ltifr"]
    assert (number(value), value.parts, value.unit) == (Decimal("2.5"), (Decimal(4), Decimal("1.6")), "1/1e6 h")
    assert number(found("full")["safety.fatal"]) == 0


def test_the_base_year_is_the_recalculated_one_and_names_what_changed_it() -> None:
    value = found("full")["base.s1"]
    assert number(value) == 1900, "2000 t stated, 100 t sold with hall 3"
    assert {one.kind for one in value.origins} == {"earlier_year", "recalculation", "base_policy"}
    assert set(value.evidence) == {"e-earlier", "e-sale"}
    assert number(found("full")["base.s2_lb"]) == 2000
    assert found("full")["base.s3"].rows == (("1", "2000"),)
    assert found("full")["base.year_end"].value == "2021-12-31"
    assert found("full")["boundary.structural"].value == "2023-05-01: Hall 3 was sold"
