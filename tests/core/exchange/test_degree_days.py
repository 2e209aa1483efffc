"""Degree days from what the plant keeps."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.audit.key_figures import COOLING, HEATING
from core.errors import UserError
from core.exchange.degree_days import taking_degree_days, temperatures_of
from core.inventory import year_of
from core.ledger import KeyFigure, Ledger, Meter, Record, WeatherFile
from core.library import load_library
from core.series.keep import intervals_of, merge
from core.series.metered import Metered
from core.series.series import Series
from tests.core.exchange.weather.files import YEAR, data, epw, tmy3
from tests.core.samples import PLANT

LIBRARY = load_library()
SHANGHAI = ZoneInfo("Asia/Shanghai")
SENSOR = Meter("m1", "Roof, north", "temperature", "sensor", "degC")


def kept(lines: list[str], name: str) -> tuple[WeatherFile, dict[str, bytes]]:
    """A file that the plant keeps."""
    content = data(lines)
    digest = hashlib.sha256(content).hexdigest()
    record = WeatherFile("w1", name, "epw", digest, len(content), Decimal("49.7"), Decimal("21.8"))
    return record, {digest: content}


def plant(blobs: dict[str, bytes], *records: Record) -> Metered:
    return Metered(Ledger.of([PLANT, *records]), blobs.__getitem__)


def by_hand() -> Decimal:
    """Σ max(0, 18 - mean of the day) of the synthetic year, over days from 24 hours."""
    assert YEAR.temp_air is not None
    means = YEAR.temp_air[: 365 * 24].reshape(365, 24).mean(axis=1)
    return Decimal(f"{np.maximum(18.0 - means, 0).sum():.1f}")


def test_the_weather_file_of_the_year() -> None:
    file, blobs = kept(epw(), "krosno.epw")
    metered = plant(blobs, file)
    change = taking_degree_days(metered, LIBRARY, "w1", HEATING, Decimal(18), year_of(2021))
    after = metered.ledger.apply(change.steps)
    figures = after.held(KeyFigure)
    assert change.months == len(figures) == 12 and change.unknown == ()
    assert {one.unit for one in figures} == {"K·d"} and figures[0].note == "18 °C; krosno.epw"
    assert abs(sum(one.quantity for one in figures) - by_hand()) <= Decimal("0.7")
    assert "base 18 °C" in str(change.why)
    again = taking_degree_days(plant(blobs, file, *figures), LIBRARY, "w1", HEATING, Decimal(20), year_of(2021))
    replaced = after.apply(again.steps).held(KeyFigure)
    assert [one.id for one in replaced] == [one.id for one in figures]
    assert replaced[0].quantity > figures[0].quantity


def test_typical_years_other_years_and_other_files_are_refused() -> None:
    file, blobs = kept(epw(), "krosno.epw")
    with pytest.raises(UserError, match="No month"):
        taking_degree_days(plant(blobs, file), LIBRARY, "w1", HEATING, Decimal(18), year_of(2023))
    typical, more = kept(tmy3(), "krosno.csv")
    with pytest.raises(UserError, match="typical year"):
        taking_degree_days(plant(more, typical), LIBRARY, "w1", HEATING, Decimal(18), year_of(2021))
    with pytest.raises(UserError, match="neither a weather file"):
        taking_degree_days(plant(blobs, file), LIBRARY, "w2", HEATING, Decimal(18), year_of(2021))
    monthly, tables = kept(
        ["month,ghi,temperature", *(f"{n},{40 + 9 * min(n, 13 - n)},{n}" for n in range(1, 13))], "c.csv"
    )
    with pytest.raises(UserError, match="average year"):
        taking_degree_days(
            plant(tables, replace(monthly, kind="monthly")), LIBRARY, "w1", HEATING, Decimal(18), year_of(2021)
        )


def test_the_sensor_of_the_plant_tells_what_it_knows() -> None:
    """Two months at 8 °C, of which the second lacks a day."""
    start = 1_672_502_400
    """2023-01-01 at Shanghai."""
    series = Series(start, 3600, np.full(58 * 24, 8.0))
    blobs: dict[str, bytes] = {}
    merged = merge(None, series, SHANGHAI, blobs.__getitem__, overwrite=False)
    blobs |= {hashlib.sha256(one).hexdigest(): one for one in merged.blobs}
    metered = plant(blobs, SENSOR, intervals_of("m1", merged, ()))
    change = taking_degree_days(metered, LIBRARY, "m1", HEATING, Decimal(18), year_of(2023))
    (one,) = metered.ledger.apply(change.steps).held(KeyFigure)
    assert one.quantity == 310 and len(change.unknown) == 11
    cooling = taking_degree_days(metered, LIBRARY, "m1", COOLING, Decimal(26), year_of(2023))
    (one,) = metered.ledger.apply(cooling.steps).held(KeyFigure)
    assert (one.name, one.quantity) == (COOLING, Decimal(0))
    with pytest.raises(UserError, match="Nothing is known"):
        taking_degree_days(plant({}, SENSOR), LIBRARY, "m1", HEATING, Decimal(18), year_of(2023))


def test_what_has_temperatures_is_offered() -> None:
    file, _ = kept(epw(), "a.epw")
    power = Meter("m2", "Feeder", "electricity", "import", "kWh")
    held = Ledger.of([PLANT, file, replace(file, id="w2", kind="monthly"), SENSOR, power])
    assert [one.id for one in temperatures_of(held)] == ["w1", "m1"]
