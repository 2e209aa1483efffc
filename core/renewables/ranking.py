"""Which instrument is taken first, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from core.i18n import T, Text
from core.instruments import last_use
from core.instruments.days import day_of
from core.instruments.kinds import CERTIFICATE
from core.ledger import Instrument
from core.library.rulebook import Rulebook
from core.methods import instrument_title

EXPIRY, QUALITY, COST = "expiry", "quality", "cost"
ORDERS = (EXPIRY, QUALITY, COST)
"""What is taken first: what expires first, what changes most, what costs least."""
_KINDS = ("direct_line", "ppa_physical", "ppa_virtual", "green_tariff", CERTIFICATE)
"""Best first: electricity that comes by a line of its own, contracts that let plants be built, what is bought alone."""
_NEVER = date.max
Rank: TypeAlias = "tuple[object, ...]"


def ranking(order: str, usable: Sequence[tuple[Instrument, Decimal]], last: Deadlines) -> Callable[[Instrument], Rank]:
    """Where an instrument stands; the first part is what its reason speaks of."""
    if order == EXPIRY:
        return lambda one: (last.of(one) or _NEVER, one.end)
    if order == QUALITY:
        return lambda one: (quality(one), last.of(one) or _NEVER)
    main = _main_currency(usable)
    return lambda one: (
        (one.currency == "", one.currency != main, one.currency, one.price),
        last.of(one) or _NEVER,
    )


@dataclass(slots=True)
class Deadlines:
    """Last days of use; thousands of certificates share a few."""

    rules: Rulebook
    _known: dict[tuple[str, date, str], date | None] = field(default_factory=dict)

    def of(self, instrument: Instrument) -> date | None:
        """Last day on which an instrument may be used: by its scheme or its registry, whichever comes first."""
        key = instrument.scheme, instrument.start, instrument.expires
        if key not in self._known:
            days = day_of(instrument.expires), last_use(instrument, self.rules)
            self._known[key] = min((day for day in days if day is not None), default=None)
        return self._known[key]


def quality(instrument: Instrument) -> tuple[int, int]:
    """How an instrument changes the world, best first: its kind, then how new the generating plant is.

    Notes
    -----
    The order of kinds is that of this program; that newer plants are better follows the RE100 technical criteria, which
    limit the age of the generating plant to fifteen years.
    """
    began = day_of(instrument.commissioned)
    place = _KINDS.index(instrument.kind) if instrument.kind in _KINDS else len(_KINDS)
    return place, 0 if began is None else -began.year


def _main_currency(usable: Sequence[tuple[Instrument, Decimal]]) -> str:
    counts: dict[str, int] = {}
    for one, _ in usable:
        if one.currency:
            counts[one.currency] = counts.get(one.currency, 0) + 1
    return min(counts, key=lambda key: (-counts[key], key), default="")


def saying(order: str, last: Deadlines) -> Callable[[Instrument, bool], Text]:
    """The reason of an allocation; the flag says whether others stood behind it."""
    say: Mapping[str, Callable[[Instrument, bool], Text]] = {
        EXPIRY: lambda one, others: _by_expiry(last.of(one), others),
        QUALITY: _by_quality,
        COST: _by_cost,
    }
    return say[order]


def _by_expiry(day: date | None, others: bool) -> Text:
    if day is None:
        return T("has no last day of use; nothing that expires is left for this record")
    if others:
        return T("may be used until {day}, before others", day=day)
    return T("may be used until {day}; the last that counts for this record", day=day)


def _by_quality(one: Instrument, others: bool) -> Text:
    began = day_of(one.commissioned)
    if began is None:
        return T("{kind}; when the generating plant began is not recorded", kind=kind_title(one.kind))
    if others:
        return T("{kind} of a plant of {year}, before others", kind=kind_title(one.kind), year=began.year)
    return T("{kind} of a plant of {year}", kind=kind_title(one.kind), year=began.year)


def _by_cost(one: Instrument, others: bool) -> Text:
    if not one.currency:
        return T("no price is recorded; what has one came first")
    if others:
        return T("cheapest at {price} {currency}/MWh", price=one.price, currency=one.currency)
    return T("at {price} {currency}/MWh; the last that counts for this record", price=one.price, currency=one.currency)


def kind_title(kind: str) -> Text:
    """What an instrument is, in words."""
    return T("Certificates") if kind == CERTIFICATE else instrument_title(kind)
