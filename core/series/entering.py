"""What may be entered of meters: records that agree with themselves, with each other and with what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Ledger, Meter, MeterExchange, Reading
from core.series.counters import consumption
from core.series.media import MEDIA
from core.series.metered import is_level

DIRECTIONS: dict[str, Text] = {
    "import": T("From the grid"),
    "export": T("Feed-in"),
    "generation": T("Generation"),
    "consumption": T("Consumption"),
    "sensor": T("Sensor"),
}
"""Which way the energy goes, by the key of :attr:`core.ledger.Meter.direction`."""
MOST_DIGITS = 15
"""A counter with more would not be exact as a double."""


def checked_meter(meter: Meter, ledger: Ledger) -> Meter:
    """A meter as it may be kept.

    Parameters
    ----------
    meter
        new, or another description of one that the ledger holds.
    ledger
        the plant now.

    Raises
    ------
    UserError
        when its fields contradict each other, other meters, or the values that are kept of it.
    """
    if not meter.name:
        raise UserError(T("The meter has no name."), T("Enter what the plant calls it."))
    medium = MEDIA.get(meter.medium)
    if medium is None:
        raise UserError(
            T("“{medium}” is not known as something that is metered.", medium=meter.medium),
            T("Choose one of: {choices}.", choices=list(MEDIA)),
        )
    if meter.unit not in medium.units:
        raise UserError(
            T("{unit} is no unit of what the meter measures.", unit=meter.unit or "–"),
            T("Choose one of: {choices}.", choices=medium.units),
        )
    _check_direction(meter, level=medium.level)
    _check_plate(meter)
    _check_parent(meter, ledger)
    _check_unit(meter, ledger)
    return meter


def _check_direction(meter: Meter, *, level: bool) -> None:
    if meter.direction not in DIRECTIONS:
        raise UserError(
            T("“{direction}” is no direction of a meter.", direction=meter.direction),
            T("Choose one of: {choices}.", choices=list(DIRECTIONS)),
        )
    if level != (meter.direction == "sensor"):
        raise UserError(
            T("A level is measured by a sensor, and a sensor measures a level."),
            T("Choose the direction “Sensor” for irradiance, temperature and power factor, and only there."),
        )


def _check_plate(meter: Meter) -> None:
    """What stands on the plate and on the certificate."""
    if meter.multiplier <= 0:
        raise UserError(T("The multiplier must be above zero."), T("Enter 1 where there are no transformers."))
    _check_digits(meter.digits)
    if meter.lowest is not None and meter.highest is not None and meter.lowest >= meter.highest:
        raise UserError(
            T("The smallest plausible value must be below the largest."), T("Correct one of them, or leave it empty.")
        )
    if meter.calibrated_to:
        try:
            date.fromisoformat(meter.calibrated_to)
        except ValueError:
            raise UserError(
                T("“{day}” is no day to which a calibration holds.", day=meter.calibrated_to),
                T("Enter the last day of the newest certificate, or have the meter calibrated."),
            ) from None


def _check_digits(digits: int) -> None:
    if not 0 <= digits <= MOST_DIGITS:
        raise UserError(
            T("“{text}” is no number of digits.", text=str(digits)), T("Enter a whole number from 1 to 15.")
        )


def _check_parent(meter: Meter, ledger: Ledger) -> None:
    if not meter.parent:
        return
    above = ledger.get("meter", meter.parent)
    if not isinstance(above, Meter):
        raise UserError(T("There is no meter {id}.", id=meter.parent), T("Choose another meter above it."))
    if meter.parent in descendants(ledger.held(Meter), meter.id):
        raise UserError(T("A meter cannot stand below itself."), T("Choose another meter above it."))
    if above.medium != meter.medium:
        raise UserError(
            T("{above} measures something else.", above=above.name), T("Choose a meter of the same medium above it.")
        )


def _check_unit(meter: Meter, ledger: Ledger) -> None:
    """What is kept was counted in the old unit, and would silently become something else."""
    before = ledger.get("meter", meter.id)
    if not isinstance(before, Meter) or (before.unit, before.medium) == (meter.unit, meter.medium):
        return
    readings = any(one.meter == meter.id for one in ledger.held(Reading))
    if readings or ledger.get("intervals", meter.id) is not None:
        raise UserError(
            T("The values of {meter} are in {unit}; another unit would change what they mean.", meter=before.name,
              unit=before.unit),
            T("Add another meter for the values in the new unit."),
        )  # fmt: skip


def checked_exchange(exchange: MeterExchange, ledger: Ledger) -> MeterExchange:
    """An exchange of a meter as it may be kept.

    Parameters
    ----------
    exchange
        new, or another description of one that the ledger holds.
    ledger
        the plant now.

    Raises
    ------
    UserError
        when the meter is not there or was exchanged on the same day, when a number cannot be, or when the readings of
        the meter would contradict the exchange.
    """
    meter = _meter(exchange.meter, ledger)
    others = [one for one in ledger.held(MeterExchange) if one.meter == meter.id and one.id != exchange.id]
    if any(one.day == exchange.day for one in others):
        raise UserError(
            T("{meter} was exchanged on {day} already.", meter=meter.name, day=exchange.day), T("Choose another day.")
        )
    if exchange.multiplier <= 0 or exchange.last < 0 or exchange.first < 0:
        raise UserError(
            T("States of counters are not below zero, and the multiplier is above it."), T("Correct the number.")
        )
    _check_digits(exchange.digits)
    _check_follows(meter, ledger, ledger.held(Reading), [*others, exchange])
    return exchange


def checked_reading(reading: Reading, ledger: Ledger) -> Reading:
    """A reading as it may be kept.

    Parameters
    ----------
    reading
        new, or another version of one that the ledger holds.
    ledger
        the plant now.

    Raises
    ------
    UserError
        when the meter is not there or is a sensor, when days or value cannot be, when an estimate gives no reason, or
        when other readings of the meter contradict it.
    """
    meter = _meter(reading.meter, ledger)
    if is_level(meter):
        raise UserError(
            T("{meter} is a sensor: its values are levels and add up to nothing.", meter=meter.name),
            T("Choose a meter that counts an amount."),
        )
    if reading.end < reading.start:
        raise UserError(
            T("The end, {end}, lies before the start, {start}.", end=reading.end, start=reading.start),
            T("Correct one of the two."),
        )
    if reading.counter and reading.value < 0:
        raise UserError(T("The state of a counter is not below zero."), T("Correct the number."))
    if reading.estimated and not reading.note:
        raise UserError(T("An estimate needs its reason."), T("Say in the note why and how it was estimated."))
    others = [one for one in ledger.held(Reading) if one.id != reading.id]
    _check_follows(meter, ledger, [*others, reading], ledger.held(MeterExchange))
    return reading


def _check_follows(
    meter: Meter, ledger: Ledger, readings: Sequence[Reading], exchanges: Sequence[MeterExchange]
) -> None:
    """Nothing new may contradict the readings; what contradicts them already does not forbid the next one."""
    try:
        consumption(readings, meter, exchanges)
    except UserError:
        if _holds(meter, ledger):
            raise


def _holds(meter: Meter, ledger: Ledger) -> bool:
    try:
        consumption(ledger.held(Reading), meter, ledger.held(MeterExchange))
    except UserError:
        return False
    return True


def _meter(key: str, ledger: Ledger) -> Meter:
    found = ledger.get("meter", key)
    if not isinstance(found, Meter):
        raise UserError(T("There is no meter {id}.", id=key), T("See “meter list” for the meters of the plant."))
    return found


def in_place(meter: Meter, ledger: Ledger, day: date | None = None) -> tuple[str, Decimal, int]:
    """Serial number, multiplier and digits of the counter that is in its place on a day; the last one without a day."""
    swaps = [one for one in ledger.held(MeterExchange) if one.meter == meter.id and (day is None or one.day <= day)]
    last = max(swaps, key=lambda one: one.day, default=None)
    if last is None:
        return meter.serial, meter.multiplier, meter.digits
    return last.serial or meter.serial, last.multiplier, last.digits


def descendants(meters: Sequence[Meter], of: str) -> set[str]:
    """Ids of the meters below one, at any depth, and its own."""
    found = {of}
    while fresh := {meter.id for meter in meters if meter.parent in found} - found:
        found |= fresh
    return found
