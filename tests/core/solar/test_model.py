"""From the records of the ledger to a model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import inf

import pytest

from core.errors import UserError
from core.ledger.energy import PvArray, PvSystem
from core.solar.losses import PVWATTS, kept
from core.solar.model import ALBEDO, TYPED_LOSSES, Array, Site, losses_of, model_of

SYSTEM = PvSystem("pv", "Roof", date(2020, 5, 1), Decimal("39.9"), Decimal("116.4"), Decimal(50), ac_limit=Decimal(400))
SOUTH = PvArray("a", "pv", "South", Decimal(300), Decimal(10), Decimal(180), inverter_power=Decimal(250))
OTHER = PvArray("b", "elsewhere", "Other", Decimal(9), Decimal(10), Decimal(180))


def test_numbers_get_the_units_of_the_model() -> None:
    model = model_of(SYSTEM, [SOUTH, OTHER])
    assert model.site == Site(39.9, 116.4, 50.0)
    assert model.arrays == (Array(300.0, 10.0, 180.0, "roof", -0.0035, 0.96, 250.0),)
    assert (model.dc_power, model.ac_limit, model.albedo) == (300.0, 400.0, ALBEDO)
    assert model.arrays[0].inverter_limit == pytest.approx(250 / 0.96)


def test_without_limits_nothing_is_limited_below_the_label() -> None:
    model = model_of(replace(SYSTEM, ac_limit=Decimal(0)), [replace(SOUTH, inverter_power=Decimal(0))])
    assert model.ac_limit == inf
    assert model.arrays[0].inverter_limit == 300.0


def test_as_new_it_loses_nothing_to_light_and_age() -> None:
    """What the forecast brings in year by year is not there already."""
    losses = losses_of(SYSTEM)
    assert (losses.lid, losses.age) == (0.0, 0.0)
    assert kept(losses) == pytest.approx(kept(PVWATTS) / (1 - 0.015))


def test_at_an_age_it_does() -> None:
    losses = losses_of(replace(SYSTEM, degradation=Decimal("0.5"), first_year_loss=Decimal(2)), 10.0)
    assert losses.lid == 2.0
    assert losses.age == pytest.approx(100 * (1 - 0.995**10))
    assert losses_of(SYSTEM, -3.0).age == 0.0
    assert model_of(SYSTEM, [SOUTH], 10.0).losses == losses_of(SYSTEM, 10.0)


def test_losses_that_were_typed_replace_those_of_pvwatts() -> None:
    typed = replace(SYSTEM, parameters=(("soiling", "5"), ("shading", " 0 "), ("albedo", "0.35"), ("capex", "1000000")))
    model = model_of(typed, [SOUTH])
    assert (model.losses.soiling, model.losses.shading, model.losses.wiring) == (5.0, 0.0, PVWATTS.wiring)
    assert model.albedo == 0.35
    assert set(TYPED_LOSSES) == {key for key, _ in PVWATTS.shares()} - {"lid", "age"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"parameters": (("soiling", "101"),)}, "Parameter soiling of Roof is 101"),
        ({"parameters": (("wiring", "much"),)}, "Parameter wiring"),
        ({"parameters": (("wiring", "nan"),)}, "Parameter wiring of Roof is nan"),
        ({"parameters": (("snow", "-1"),)}, "Parameter snow of Roof is -1"),
        ({"parameters": (("albedo", "2"),)}, "Parameter albedo"),
        ({"latitude": Decimal(91)}, "Latitude of Roof is 91"),
        ({"longitude": Decimal(-181)}, "Longitude of Roof"),
        ({"degradation": Decimal(-1)}, "Degradation of Roof"),
        ({"first_year_loss": Decimal(200)}, "First-year loss of Roof"),
        ({"ac_limit": Decimal(-1)}, "AC limit of Roof"),
    ],
)
def test_a_system_that_cannot_be_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        model_of(replace(SYSTEM, **change), [SOUTH])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dc_power": Decimal(0)}, "South has no power"),
        ({"dc_power": Decimal(-5)}, "DC power of South is -5"),
        ({"tilt": Decimal(100)}, "Tilt of South"),
        ({"azimuth": Decimal(-10)}, "Azimuth of South"),
        ({"gamma": Decimal("0.4")}, "Temperature coefficient of South is 0.4"),
        ({"gamma": Decimal("-3.5")}, "Temperature coefficient of South is -3.5"),
        ({"inverter_efficiency": Decimal("0.96")}, "Inverter efficiency of South is 0.96"),
        ({"inverter_power": Decimal(-1)}, "Inverter power of South"),
        ({"mounting": "pole"}, "mounting pole of South is not known"),
    ],
)
def test_an_array_that_cannot_be_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        model_of(SYSTEM, [replace(SOUTH, **change)])  # type: ignore[arg-type]


def test_a_system_without_arrays_is_refused() -> None:
    with pytest.raises(UserError, match="Roof has no arrays"):
        model_of(SYSTEM, [OTHER])
