"""A PV system in words: everything that is stated of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.exchange.weather import weather_record
from core.i18n import Text, show_date, show_number
from core.ledger import Ledger, Meter, PvArray, PvSystem
from core.solar.cell import MOUNTINGS
from gui.language import _, language, say
from gui.solar.words import owners, place_words
from gui.wording import named


def described(system: PvSystem, arrays: list[PvArray], ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Everything that is stated of a system, in words."""
    power = show_number(sum((one.dc_power for one in arrays), Decimal(0)))
    limit = _(", at most {power} kW AC", power=show_number(system.ac_limit)) if system.ac_limit else ""
    yield _("Power"), _("{power} kW of modules", power=power) + limit
    for one in arrays:
        yield one.name or _("Array"), array_words(one)
    yield _("In operation since"), show_date(system.commissioned, language())
    where, high = place_words(system.latitude, system.longitude), show_number(system.elevation)
    yield _("Place"), _("{place}, {metres} m above the sea", place=where, metres=high)
    names = {meter.id: meter.name for meter in ledger.held(Meter)}
    for title, keys in (
        (_("Generation counted by"), system.generation),
        (_("Feed-in counted by"), system.feed_in),
        (_("Purchase counted by"), system.purchased),
        (_("Light and temperature"), tuple(key for key in (system.irradiance, system.temperature) if key)),
    ):
        yield title, "; ".join(names.get(key, key) for key in keys) or _("no meter")
    weather = weather_record(ledger, system)
    yield _("Weather"), weather.name if weather is not None else _("none")
    yield _("Owners"), " · ".join(named(what, who) for what, who in owners(system))


def array_words(array: PvArray) -> str:
    """``1,200 kW, tilt 10°, azimuth 180°, close to the roof``."""
    mounting = MOUNTINGS[array.mounting].title if array.mounting in MOUNTINGS else Text(array.mounting)
    return _(
        "{power} kW, tilt {tilt}°, azimuth {azimuth}°, {mounting}",
        power=show_number(array.dc_power),
        tilt=show_number(array.tilt),
        azimuth=show_number(array.azimuth),
        mounting=say(mounting).lower() if language() == "en" else say(mounting),
    )
