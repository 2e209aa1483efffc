"""Which meters count the generation of direct lines and contracts, and when it belongs to the plant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text
from core.inventory import Period
from core.ledger import Instrument, Ledger, Meter
from core.library.units import normal
from core.series.zones import begin_of

METERED = ("ppa_physical", "ppa_virtual", "green_tariff", "direct_line", "on_site")
"""Kinds of instruments whose generation a meter may count hour by hour."""


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """A meter that counts the generation of one or more instruments."""

    meter: Meter
    instruments: tuple[Instrument, ...]
    """In the order of their first days."""

    @property
    def kind(self) -> str:
        """Of its instruments."""
        return self.instruments[0].kind

    @property
    def title(self) -> str:
        """The generating plant or the contract, as its first instrument names it."""
        return self.instruments[0].generator or self.instruments[0].name

    def inside(self, starts: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.bool_]:
        """Which moments lie in the time of an instrument. [s since 1970-01-01 UTC]"""
        found = np.zeros(len(starts), dtype=np.bool_)
        for one in self.instruments:
            end = begin_of(date.fromordinal(one.end.toordinal() + 1), zone)
            found |= (starts >= begin_of(one.start, zone)) & (starts < end)
        return found


def contracts_of(
    ledger: Ledger, period: Period, own: Collection[str], stopped: Collection[str], notes: list[Text]
) -> Iterator[Contracted]:
    """Every meter that counts a contract of the period.

    Parameters
    ----------
    ledger
        of the plant.
    period
        local days.
    own
        ids of meters of the plant's own PV systems.
    stopped
        ids of instruments that a rule stops.
    notes
        takes what does not count, and why.

    Notes
    -----
    A meter of electricity is that of a contract when its name, location or serial number is the name, the contract
    number or the generating plant of an instrument, whatever the case. It counts what of the generation belongs to the
    plant: at a share of a wind farm, that share. Of a contract through the grid the direction is ``generation``, for an
    import meter would count the grid's electricity too; a direct line may have an import meter of its own.
    """
    found: dict[str, list[Instrument]] = {}
    meters = [one for one in ledger.held(Meter) if one.medium == "electricity" and one.id not in own]
    annual = False
    for one in sorted(ledger.held(Instrument), key=lambda one: (one.start, one.id)):
        if one.start > period.end or one.end < period.start or one.system:
            continue
        if one.kind not in METERED:
            annual = True
            continue
        reason = _reason(one, ledger, stopped)
        meter = None if reason is not None else next((held for held in meters if counts(held, one)), None)
        if meter is not None:
            found.setdefault(meter.id, []).append(one)
        else:
            notes.append(reason or T("No meter counts “{name}” hour by hour: it is in no hour.", name=one.name))
    if annual:
        notes.append(T("Certificates say in which month or year electricity was generated, not in which hour: none of "
                       "them is matched."))  # fmt: skip
    for meter in meters:
        if meter.id in found:
            yield Contracted(meter, tuple(found[meter.id]))


def counts(meter: Meter, instrument: Instrument) -> bool:
    """Whether a meter is named as that of an instrument."""
    directions = ("generation", "import") if instrument.kind == "direct_line" else ("generation",)
    named = {normal(text) for text in (instrument.name, instrument.contract, instrument.generator) if text.strip()}
    return meter.direction in directions and any(
        normal(text) in named for text in (meter.name, meter.location, meter.serial) if text.strip()
    )


def _reason(one: Instrument, ledger: Ledger, stopped: Collection[str]) -> Text | None:
    """Why an instrument supplies nothing; None when it may."""
    if one.id in stopped:
        return T("“{name}” is stopped by a rule: it supplies nothing.", name=one.name)
    if one.attributes == "without":
        return T("“{name}” comes without its attributes: it supplies nothing.", name=one.name)
    if one.technology == "nuclear":
        return T("“{name}” is nuclear electricity, which is not renewable: it supplies nothing.", name=one.name)
    if one.market != ledger.plant.country:
        return T("“{name}” was generated in {market}, not in the market of the plant: it supplies nothing.",
                 name=one.name, market=one.market)  # fmt: skip
    return None
