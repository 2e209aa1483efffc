"""The weather that a PV system of the ledger chose, and what is in its file."""

from __future__ import annotations

from core.exchange.weather.reading import read_weather
from core.ledger import Ledger, PvSystem, WeatherFile
from core.series.metered import Metered
from core.solar.weather import Climate, Hourly


def weather_record(ledger: Ledger, system: PvSystem) -> WeatherFile | None:
    """The weather that a system chose."""
    found = ledger.get("weather", system.weather)
    return found if isinstance(found, WeatherFile) else None


def weather_of(metered: Metered, system: PvSystem) -> Hourly | Climate | None:
    """The weather that a system chose, read; None when it chose none.

    Raises
    ------
    UserError
        for a file that is missing, altered or cannot be read.
    """
    record = weather_record(metered.ledger, system)
    return None if record is None else read_weather(metered.blob(record.sha256), record.name).weather
