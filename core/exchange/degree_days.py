"""Degree days as key figures, from the weather that the plant keeps or from its own sensor outdoors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.audit.degree_days import DailyMeans, degree_day_figures, means_of_sensor, means_of_weather
from core.audit.key_figures import changing, figure_title
from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, Text, verbatim
from core.inventory import Period
from core.ledger import KeyFigure, Ledger, Meter, Step, WeatherFile
from core.library import Library
from core.series.metered import Metered

TEMPERATURE = "temperature"
"""Medium of a sensor."""


@dataclass(frozen=True, slots=True)
class DegreeDayChange:
    """What taking degree days from temperatures comes to, as one change."""

    why: Text
    steps: tuple[Step, ...]
    months: int
    unknown: tuple[date, ...]
    """Months of which a day is not known, by their first day; they get no figure."""


def temperatures_of(ledger: Ledger) -> tuple[WeatherFile | Meter, ...]:
    """Everything with temperatures that the plant keeps: weather files with hours, and sensors."""
    files = tuple(one for one in ledger.held(WeatherFile) if one.kind != "monthly")
    return (*files, *(one for one in ledger.held(Meter) if one.medium == TEMPERATURE))


def taking_degree_days(
    metered: Metered, library: Library, origin: str, name: str, base: Decimal, period: Period
) -> DegreeDayChange:
    """Degree days of each month of a period, which replace those of the same months.

    Parameters
    ----------
    metered
        what the plant keeps.
    library
        of the plant.
    origin
        id of a weather file or of a sensor.
    name
        ``heating_degree_days`` or ``cooling_degree_days``.
    base
        base temperature. [°C]
    period
        that the months lie in.

    Raises
    ------
    UserError
        when the origin has no temperatures of that time, or the base temperature is not plausible.
    """
    ledger = metered.ledger
    means, words = _means(metered, origin, period)
    found = degree_day_figures(means, name, base, period, "", words)
    held = {(one.name, one.start, one.end): one.id for one in ledger.held(KeyFigure)}
    known = [held.get((one.name, one.start, one.end), "") for one in found.figures]
    fresh = iter(next_ids(ledger, known.count(""), "key_figure"))
    kept = [replace(one, id=key or next(fresh)) for one, key in zip(found.figures, known, strict=True)]
    decision = changing(ledger, library.units, kept)
    why = T("{figure} from “{origin}”, base {base} °C", figure=figure_title(name), origin=verbatim(words), base=base)
    return DegreeDayChange(why, decision.steps, len(kept), found.unknown)


def _means(metered: Metered, origin: str, period: Period) -> tuple[DailyMeans, str]:
    ledger = metered.ledger
    file, meter = ledger.get("weather", origin), ledger.get("meter", origin)
    if isinstance(file, WeatherFile):
        return _of_file(metered.blob, file), file.name
    if isinstance(meter, Meter) and meter.medium == TEMPERATURE:
        series = metered.series(meter.id, period.start, period.end)
        if series is None:
            raise UserError(
                T("Nothing is known of “{meter}” at that time.", meter=verbatim(meter.name)),
                T("Import its values on the page “Meters”."),
            )
        return means_of_sensor(series, metered.zone), meter.name
    raise UserError(
        T("There is neither a weather file nor a temperature sensor {id}.", id=verbatim(origin)),
        T("Choose one of the list."),
    )


def _of_file(blob: Callable[[str], bytes], file: WeatherFile) -> DailyMeans:
    from core.exchange.weather import read_weather

    read = read_weather(blob(file.sha256), file.name)
    if read.hourly is None:
        raise UserError(
            T("“{file}” holds months of an average year only.", file=verbatim(file.name)),
            T("Choose hours of the years themselves, or enter the degree days of the weather service."),
        )
    return means_of_weather(read.hourly)
