"""Which meters count the generation of direct lines and contracts, and when it belongs to the plant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text
from core.instruments import Verdicts, is_renewable, judge
from core.instruments.kinds import CONTRACTS, DIRECT_LINE, ON_SITE
from core.ledger import Instrument, Ledger, Meter, RuleValue
from core.library.rulebook import Rulebook, rulebook
from core.library.units import normal
from core.series.zones import begin_of

METERED = (*CONTRACTS, ON_SITE)
"""Kinds of instruments whose generation a meter may count hour by hour."""
NO_HOUR = T(
    "Certificates say in which month or year electricity was generated, not in which hour: none of them is matched."
)


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """A meter that counts the generation of direct lines, contracts or own generators."""

    meter: Meter
    kind: str
    """Of its instruments."""
    instruments: tuple[Instrument, ...]
    """Those that supply, in the order of their first days; none: what it counts is used and not renewable."""

    @property
    def title(self) -> str:
        """The generating plant or the contract, as its first instrument names it."""
        return next((one.generator or one.name for one in self.instruments), self.meter.name)

    def inside(self, starts: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.bool_]:
        """Which moments lie in the time of an instrument. [s since 1970-01-01 UTC]"""
        found = np.zeros(len(starts), dtype=np.bool_)
        for one in self.instruments:
            end = begin_of(date.fromordinal(one.end.toordinal() + 1), zone)
            found |= (starts >= begin_of(one.start, zone)) & (starts < end)
        return found


def contracts_of(
    ledger: Ledger, instruments: Iterable[Instrument], own: Collection[str], notes: list[Text]
) -> Iterator[Contracted]:
    """Every meter that counts a contract of some time.

    Parameters
    ----------
    ledger
        of the plant.
    instruments
        whose generation lies in it, the earliest first.
    own
        ids of meters of the plant's own PV systems.
    notes
        takes what does not count, and why.

    Notes
    -----
    A meter of electricity is that of a contract when its name, location or serial number is the name, the contract
    number or the generating plant of an instrument, whatever the case. It counts what of the generation belongs to the
    plant: at a share of a wind farm, that share. Of a contract through the grid the direction is ``generation``, for an
    import meter would count the grid's electricity too; a direct line may have an import meter of its own.
    """
    found: dict[str, tuple[str, list[Instrument]]] = {}
    meters = [one for one in ledger.held(Meter) if one.medium == "electricity" and one.id not in own]
    rules, judged = rulebook(ledger.held(RuleValue)), judge(ledger)
    for one in instruments:
        if one.system:
            continue  # the meters of the PV system count it
        if one.kind not in METERED:
            notes.append(NO_HOUR)
            continue
        reason = _reason(one, ledger, rules, judged)
        meter = next((held for held in meters if counts(held, one)), None)
        if meter is None or reason is not None:
            notes.append(reason or T("No meter counts “{name}” hour by hour: it is in no hour.", name=one.name))
        # What comes to the plant without the grid is used, whether it is renewable or not.
        if meter is not None and (reason is None or one.kind in (DIRECT_LINE, ON_SITE)):
            found.setdefault(meter.id, (one.kind, []))[1].extend([] if reason else [one])
    for meter in meters:
        if meter.id in found:
            kind, held = found[meter.id]
            yield Contracted(meter, kind, tuple(held))


def counts(meter: Meter, instrument: Instrument) -> bool:
    """Whether a meter is named as that of an instrument."""
    directions = ("generation", "import") if instrument.kind == DIRECT_LINE else ("generation",)
    named = {normal(text) for text in (instrument.name, instrument.contract, instrument.generator) if text.strip()}
    return meter.direction in directions and any(
        normal(text) in named for text in (meter.name, meter.location, meter.serial) if text.strip()
    )


def _reason(one: Instrument, ledger: Ledger, rules: Rulebook, judged: Verdicts) -> Text | None:
    """Why an instrument supplies nothing; None when it may."""
    if one.attributes == "without":
        return T("“{name}” comes without its attributes: it supplies nothing.", name=one.name)
    if not is_renewable(one, rules):
        return T("The electricity of “{name}” is not renewable: it supplies nothing.", name=one.name)
    if one.market != ledger.plant.country:
        return T("“{name}” was generated in {market}, not in the market of the plant: it supplies nothing.",
                 name=one.name, market=one.market)  # fmt: skip
    stop = next((said for said in judged[one.id] if said.level == "stop" and said.subject == one.id), None)
    if stop is not None:
        return T("“{name}” supplies nothing: {why}", name=one.name, why=stop.message)
    return None
