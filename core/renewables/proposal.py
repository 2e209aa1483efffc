"""A proposal which instruments cover which records, with its reasons; only what the rules would let count."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.instruments import is_renewable, last_use
from core.instruments.days import day_of
from core.instruments.kinds import CERTIFICATE, ON_SITE
from core.inventory import Inventory
from core.inventory.covering import sold_sources
from core.ledger import Activity, Instrument, Ledger, RuleValue
from core.library import EXACT
from core.library.rulebook import Rulebook, rulebook
from core.renewables.allocating import THOUSAND, coverable, given_of, has, taken_of
from core.renewables.consumption import ZERO, whole_of
from core.renewables.fitting import Alike, Fitting, fitting
from core.renewables.proposed import Begun, Proposal, Proposed, Unfit

EXPIRY, QUALITY, COST = "expiry", "quality", "cost"
ORDERS = (EXPIRY, QUALITY, COST)
"""What is taken first: what expires first, what changes most, what costs least."""
_KINDS = ("direct_line", "ppa_physical", "ppa_virtual", "green_tariff", CERTIFICATE)
"""Best first: electricity that comes by a line of its own, contracts that let plants be built, what is bought alone."""
_NEVER = date.max
Rank: TypeAlias = "tuple[object, ...]"


def propose(ledger: Ledger, inventory: Inventory, order: str = EXPIRY) -> Proposal:
    """Cover what is not covered with what is not used up.

    Parameters
    ----------
    ledger
        everything the plant knows.
    inventory
        whose records are covered.
    order
        one of ``ORDERS``.

    Raises
    ------
    UserError
        for an unknown order.

    Notes
    -----
    Records in the order of their first days; each takes the first instrument, in the chosen order, that the rules let
    count for it. Never more than was used or than there is; equal ledgers give equal proposals. Where the records that
    an instrument may cover follow each other, ``expiry`` covers the most that is possible: F. Glover, Maximum matching
    in a convex bipartite graph (1967). The other orders may leave open what ``expiry`` would cover.
    """
    if order not in ORDERS:
        raise UserError(
            T("Unknown order “{order}”.", order=order[:40]), T("Choose one of: {known}.", known=list(ORDERS))
        )
    rules = rulebook(ledger.held(RuleValue))
    last = Deadlines(rules)
    bills, usable, unfit = _bills(ledger, inventory), *_usable(ledger, rules)
    fits = fitting(ledger, [one for one, _ in usable], [bill for bill, _ in bills])
    unfit += [Unfit(one.id, left, fits.stopped[one.id][0].message, fits.stopped[one.id])
              for one, left in usable if one.id in fits.stopped]  # fmt: skip
    stock = _Stock.of(usable, fits, _ranking(order, usable, last))
    saying = _saying(order, last)
    made = [one for bill, need in bills for one in _covering(bill, need, stock, fits, saying)]
    return _proposal(order, made, bills, stock, fits, unfit)


def _bills(ledger: Ledger, inventory: Inventory) -> list[tuple[Activity, Decimal]]:
    """Records that may be covered with what is open of them, in the order of their first days."""
    taken, sold, units = taken_of(ledger), sold_sources(ledger), inventory.library.units
    found = []
    for one in inventory.activities:
        if coverable(one, sold) and one.start <= one.end and ledger.get("activity", one.id) is not None:
            left = EXACT.subtract(whole_of(one, units), taken.get(one.id, ZERO))
            if left > 0:
                found.append((one, left))
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].end, pair[0].id))


def _usable(ledger: Ledger, rules: Rulebook) -> tuple[list[tuple[Instrument, Decimal]], list[Unfit]]:
    """Instruments of which something is left, by id; and those that are never proposed."""
    given = given_of(ledger)
    usable, unfit = [], []
    for one in sorted(ledger.held(Instrument), key=lambda held: held.id):
        left = EXACT.subtract(has(one), given.get(one.id, ZERO))
        if one.kind == ON_SITE or left <= 0:
            continue  # own generation lowers the bill by itself
        if is_renewable(one, rules):
            usable.append((one, left))
        else:
            unfit.append(Unfit(one.id, left, T("{instrument} is not renewable.", instrument=one.name)))
    return usable, unfit


@dataclass(slots=True)
class _Queue:
    """Instruments that are alike, in the chosen order."""

    kind: Alike
    waiting: list[tuple[Rank, Instrument]]
    at: int = 0

    @property
    def head(self) -> tuple[Rank, Instrument] | None:
        return self.waiting[self.at] if self.at < len(self.waiting) else None


@dataclass(slots=True)
class _Stock:
    """What is left of the instruments."""

    queues: list[_Queue]
    left: dict[str, Decimal]
    used: dict[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(
        cls, usable: Sequence[tuple[Instrument, Decimal]], fits: Fitting, ranked: Callable[[Instrument], Rank]
    ) -> _Stock:
        queues: dict[Alike, _Queue] = {}
        left = {}
        for one, kwh in usable:
            if one.id in fits.kinds:
                left[one.id] = kwh
                kind = fits.kinds[one.id]
                queues.setdefault(kind, _Queue(kind, [])).waiting.append(((*ranked(one), one.id), one))
        for queue in queues.values():
            queue.waiting.sort(key=lambda pair: pair[0])
        return cls(list(queues.values()), left)

    def take(self, queue: _Queue, instrument: Instrument, need: Decimal) -> Decimal:
        """At most what is needed of the first of a queue."""
        kwh = min(need, self.left[instrument.id])
        self.left[instrument.id] = EXACT.subtract(self.left[instrument.id], kwh)
        self.used[instrument.id] = EXACT.add(self.used.get(instrument.id, ZERO), kwh)
        if not self.left[instrument.id]:
            queue.at += 1
        return kwh


def _covering(
    bill: Activity, need: Decimal, stock: _Stock, fits: Fitting, saying: Callable[[Instrument, bool], Text]
) -> Iterator[Proposed]:
    """Instruments for one record. The ranks end in ids, so the heap never compares further."""
    heap = [(head[0], number) for number, queue in enumerate(stock.queues) if (head := queue.head) is not None]
    heapq.heapify(heap)
    while need and heap:
        rank, number = heapq.heappop(heap)
        queue = stock.queues[number]
        if not fits.fits(queue.kind, bill.id):
            continue
        instrument = queue.waiting[queue.at][1]
        kwh = stock.take(queue, instrument, need)
        need = EXACT.subtract(need, kwh)
        if queue.head is not None:
            heapq.heappush(heap, (queue.head[0], number))
        others = (other[0] != rank[0] and fits.fits(stock.queues[at].kind, bill.id) for other, at in heap)
        yield Proposed(instrument.id, bill.id, kwh, saying(instrument, any(others)))


def _ranking(order: str, usable: Sequence[tuple[Instrument, Decimal]], last: Deadlines) -> Callable[[Instrument], Rank]:
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


def _saying(order: str, last: Deadlines) -> Callable[[Instrument, bool], Text]:
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
    return T(
        "at {price} {currency}/MWh; the last that counts for this record", price=one.price, currency=one.currency
    )


def kind_title(kind: str) -> Text:
    """What an instrument is, in words."""
    titles = {
        CERTIFICATE: T("Certificates"),
        "ppa_physical": T("Power purchase agreement with delivery"),
        "ppa_virtual": T("Virtual power purchase agreement"),
        "green_tariff": T("Green tariff of the supplier"),
        "direct_line": T("Direct line from a generator of another owner"),
        ON_SITE: T("Own generation on site"),
    }
    return titles.get(kind) or verbatim(kind)


def _proposal(
    order: str,
    made: list[Proposed],
    bills: Sequence[tuple[Activity, Decimal]],
    stock: _Stock,
    fits: Fitting,
    unfit: list[Unfit],
) -> Proposal:
    covered: dict[str, Decimal] = {}
    for given in made:
        covered[given.activity] = EXACT.add(covered.get(given.activity, ZERO), given.kwh)
    missing = ((bill.id, EXACT.subtract(need, covered.get(bill.id, ZERO))) for bill, need in bills)
    unused, begun = [], []
    for queue in stock.queues:
        matching = queue.head is not None and any(fits.fits(queue.kind, bill.id) for bill, _ in bills)
        for _, one in queue.waiting[queue.at :]:
            left = stock.left[one.id]
            if one.kind == CERTIFICATE and one.id in stock.used and (rest := left % THOUSAND):
                begun.append(Begun(one.id, rest))
            if matching:
                unused.append((one.id, left))
            elif bills:
                unfit.append(_fits_nothing(one, left, bills, fits))
    return Proposal(
        order,
        tuple(made),
        tuple((key, kwh) for key, kwh in missing if kwh),
        tuple(sorted(unused)),
        tuple(sorted(begun, key=lambda one: one.instrument)),
        tuple(sorted(unfit, key=lambda one: one.instrument)),
    )


def _fits_nothing(one: Instrument, left: Decimal, bills: Sequence[tuple[Activity, Decimal]], fits: Fitting) -> Unfit:
    judged = fits.stops(fits.kinds[one.id], bills[-1][0].id)
    return Unfit(one.id, left, judged[0].message, judged)
