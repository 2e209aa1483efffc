"""A PV system is looked at: what meters counted beside what the model expects, on the demo and on small plants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from core.errors import UserError
from core.ledger import Ledger, Step
from core.solar.observing import NO_LIGHT, observe
from core.solar.system import arrays_of
from tests.core.solar.roofs import CLIMATE, FIRST, LAST, demo, seen, system


def test_every_figure_is_said_where_there_are_sensors() -> None:
    found = seen()
    assert found.whole is not None
    assert all(figure.value is not None for figure in found.whole.figures.values())
    ratio = found.whole["performance_ratio"].value
    assert ratio is not None
    assert 0.75 < ratio < 0.9
    assert found.notes == ()
    assert found.tree is not None
    tree = found.tree
    assert tree.reference - sum(loss.energy for loss in tree.losses) - tree.unexplained == tree.energy


def test_the_outage_made_on_purpose_is_found() -> None:
    found = seen()
    assert found.availability is not None
    assert found.availability.outage == pytest.approx(35, abs=3), "58 hours, of which 35 of light"
    assert found.availability.lost > 5_000
    quiet = observe(system(demo(0)), demo(0), CLIMATE, date(2024, 1, 1), date(2024, 12, 31))
    assert quiet.availability is not None
    assert quiet.availability.outage == 0


def test_without_sensor_or_weather_it_says_what_is_missing() -> None:
    found = observe(system(demo(1)), demo(1), None, FIRST, LAST)
    assert (found.tree, found.availability, found.modelled, found.typical) == (None, None, None, None)
    assert len(found.notes) == 2
    assert found.whole is not None
    assert found.whole["performance_ratio"].value is None
    assert found.whole["specific_yield"].value is not None


def test_days_of_which_the_sensor_has_no_value_yet_are_not_taken_for_weather_without_light() -> None:
    """The files of the sensors may come after those of the meters."""
    found = observe(system(demo(0)), demo(0), CLIMATE, date(2026, 1, 1), date(2026, 12, 31))
    assert (found.modelled, found.availability) == (None, None)
    assert NO_LIGHT in found.notes


def test_a_system_without_meter_is_still_expected_to_yield() -> None:
    metered = demo(1)
    alone = replace(system(metered), generation=())
    found = observe(alone, metered, CLIMATE, FIRST, LAST)
    assert (found.generation, found.whole, found.energy) == (None, None, Decimal(0))
    assert found.typical_year is not None
    assert {month.energy for month in found.months} == {None}
    assert "No meter" in str(found.notes[0])


def test_without_arrays_there_is_no_model() -> None:
    metered = demo(1)
    (array,) = arrays_of(metered, system(metered))
    bare: Ledger = metered.ledger.apply((Step("pv_array", array.id, array, None),))
    with pytest.raises(UserError, match="no arrays"):
        observe(system(metered), metered.after(bare), CLIMATE, FIRST, LAST)


def test_ratios_are_of_cells_which_are_warmer_than_the_back_of_the_module() -> None:
    found = seen()
    sensor = demo(0).series("m009", FIRST, LAST)
    assert found.measured is not None
    assert found.measured.temperature is not None
    assert sensor is not None
    warmer = found.measured.temperature.values - sensor.values
    assert abs(float(np.nanmin(warmer))) < 1e-9
    assert 0.5 < float(np.nanmax(warmer)) < 5


def test_a_light_sensor_alone_is_enough_with_the_temperature_of_the_weather() -> None:
    cold = replace(system(demo(0)), temperature="")
    found = observe(cold, demo(0), CLIMATE, FIRST, LAST)
    assert found.modelled is not None
    assert float(np.nansum(found.modelled.energy)) == pytest.approx(float(np.nansum(seen().modelled.energy)), rel=0.05)  # type: ignore[union-attr]
    assert found.whole is not None
    assert found.whole["performance_index"].value is not None
    assert found.whole["performance_ratio_25"].value is None, "nobody measured the modules"
    assert any("stands in" in str(note) for note in found.notes)
    dark = observe(cold, demo(0), None, FIRST, LAST)
    assert dark.modelled is None
    assert any("how warm" in str(note) for note in dark.notes)
