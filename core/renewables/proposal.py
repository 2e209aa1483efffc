"""A proposal which instruments cover which records, with its reasons; only what the rules would let count."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.instruments import is_renewable
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
from core.renewables.ranking import EXPIRY, ORDERS, Deadlines, Rank, ranking, saying


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
    stock = _Stock.of(usable, fits, ranking(order, usable, last))
    why = saying(order, last)
    made = [one for bill, need in bills for one in _covering(bill, need, stock, fits, why)]
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
    bill: Activity, need: Decimal, stock: _Stock, fits: Fitting, why: Callable[[Instrument, bool], Text]
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
        yield Proposed(instrument.id, bill.id, kwh, why(instrument, any(others)))


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
