"""What those who ask need to know of a plant: it travels with its report, so that head office answers for the group.

No emission follows from any of it. What concerns people outside stays at home: contacts of suppliers, and the lists of
smelters in their declarations, which head office asks for where it needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.inventory.period import Period
from core.ledger import (
    KINDS,
    AllocationKey,
    Answer,
    Component,
    ExternalAudit,
    Ledger,
    Leg,
    MineralDeclaration,
    Output,
    Product,
    QuestionDecision,
    Record,
    Supplier,
    Undertaking,
)

_ASKED: tuple[type[Record], ...] = (
    Answer,
    QuestionDecision,
    ExternalAudit,
    Supplier,
    Undertaking,
    MineralDeclaration,
    Product,
    Output,
    Component,
    Leg,
    AllocationKey,
)
ASKED = frozenset(kind for kind, cls in KINDS.items() if cls in _ASKED)
"""Kinds of records that travel for those who ask."""
_OF_PEOPLE = ("contact", "authoriser")
"""How the fields of a declaration begin that name people."""


def asked_records(ledger: Ledger, period: Period) -> Iterator[Record]:
    """What a plant answered for the year of a period or before, results of other audits, suppliers, products."""
    year = period.end.year
    yield from _answers(ledger, year)
    yield from (one for one in ledger.held(QuestionDecision) if one.year == year)
    yield from ledger.held(ExternalAudit)
    yield from (replace(one, contact="") for one in ledger.held(Supplier))
    yield from ledger.held(Undertaking)
    yield from map(_without_people, ledger.held(MineralDeclaration))
    yield from ledger.held(Product)
    made = (one for one in ledger.held(Output) if period.overlap(Period(one.start, one.end)) is not None)
    yield from made
    for cls in (Component, Leg, AllocationKey):
        yield from ledger.held(cls)


def _answers(ledger: Ledger, year: int) -> Iterable[Answer]:
    """Of each data point those of the year; where there are none, the latest before it, which may last."""
    latest: dict[str, int] = {}
    for one in ledger.held(Answer):
        if one.year <= year:
            latest[one.point] = max(one.year, latest.get(one.point, one.year))
    return (one for one in ledger.held(Answer) if latest.get(one.point) == one.year)


def _without_people(one: MineralDeclaration) -> MineralDeclaration:
    header = tuple(pair for pair in one.header if not pair[0].startswith(_OF_PEOPLE))
    return replace(one, header=header, smelters=())


def asked_items(ledger: Ledger) -> frozenset[str]:
    """Keys of the library that bills of materials and ways of transport name: their factors travel too."""
    components = {one.item for one in ledger.held(Component) if one.item}
    return frozenset(components | {one.item for one in ledger.held(Leg)})
