"""What the inspector says about a meter: its plate, what is kept of it, its history."""

from __future__ import annotations

from core.i18n import show_number
from gui.explain import Explanation
from gui.language import _
from gui.meters.rows import MeterRow
from gui.meters.words import day, direction_name, medium_name, power_sign, unit_sign
from gui.session import Session
from gui.wording import item_name


def explained(row: MeterRow, session: Session) -> Explanation:
    """Everything that is known of the meter."""
    meter = row.meter
    shown = Explanation(session.library)
    shown.title(meter.name, f"{medium_name(meter)} · {direction_name(meter)}")
    shown.pairs(_plate(row, session))
    kept = session.metered.kept(meter.id)
    if kept is not None:
        shown.section(_("Interval data"))
        shown.pairs(
            (
                (_("From"), day(kept.start)),
                (_("To"), day(kept.end)),
                (_("Values"), f"{kept.values:,}"),
                *((_("File"), name) for _sha, name in kept.files),
            )
        )
    shown.history(session.history(kept or meter), meter.id)
    return shown


def _plate(row: MeterRow, session: Session) -> tuple[tuple[str, str], ...]:
    """What was entered about it, under its titles."""
    meter = row.meter
    above, unit = session.metered.meter(meter.parent), power_sign(meter)
    return (
        (_("Serial number"), row.serial),
        (_("Unit"), unit_sign(meter.unit)),
        (_("Location"), meter.location),
        (_("Meter above it"), above.name if above is not None else ""),
        (_("Multiplier"), show_number(meter.multiplier)),
        (_("Digits of the counter"), str(meter.digits or "")),
        (_("Accuracy class"), meter.accuracy),
        (_("Calibration holds to"), meter.calibrated_to),
        (_("Smallest plausible value"), "" if meter.lowest is None else f"{show_number(meter.lowest)} {unit}"),
        (_("Largest plausible value"), "" if meter.highest is None else f"{show_number(meter.highest)} {unit}"),
        (_("Emission source"), meter.source),
        (_("Item"), item_name(session.library, meter.item)),
        (_("Remark"), meter.note),
    )
