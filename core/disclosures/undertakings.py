"""What suppliers have signed: who is covered by a text, who was, and who never signed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Localised, Name, T
from core.ledger import Supplier, Undertaking
from core.ledger.filing import Records
from core.library import EXACT
from core.methods import KG

TEXTS: Mapping[str, Localised] = {
    "ungc": Name("UN Global Compact", "联合国全球契约"),
    "ilo": Name("ILO core conventions", "国际劳工组织核心公约"),
    "ungp": Name("UN Guiding Principles", "联合国工商企业与人权指导原则"),
    "code_of_conduct": T("Code of conduct"),
    "other": T("Other"),
}
"""What can be signed, by key as a record keeps it."""
ASKED = tuple(TEXTS)[:4]
"""Texts that customers ask for by name; another one counts only where somebody has signed it."""
RISKS: Mapping[str, Localised] = {
    "": T("Not judged"),
    "low": Name("Low", "低"),
    "medium": Name("Medium", "中"),
    "high": Name("High", "高"),
}
"""How a buyer judges a supplier."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Spent:
    """Money paid in a year in one currency; amounts of several currencies are never added."""

    currency: str
    signed: Decimal
    """To suppliers that are covered. [currency]"""
    whole: Decimal
    """To all of them. [currency]"""

    @property
    def percent(self) -> Decimal | None:
        """Share of the covered; None where nothing was paid. [%]"""
        return share(self.signed, self.whole)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One text: each supplier that delivers is in exactly one of the three lists."""

    text: str
    """One of :data:`TEXTS`; empty: any of them."""
    signed: tuple[str, ...]
    """Ids of suppliers of which an undertaking holds."""
    expired: tuple[str, ...]
    """Of those whose undertakings have all run out."""
    missing: tuple[str, ...]
    """Of those that signed nothing, or not yet."""
    papers: tuple[str, ...]
    """Ids of the undertakings that hold."""
    spend: tuple[Spent, ...]
    """By currency, in the order of their names."""
    unknown: tuple[str, ...]
    """Suppliers of which nobody said what is paid; they are in no amount."""

    @property
    def suppliers(self) -> int:
        """How many deliver."""
        return len(self.signed) + len(self.expired) + len(self.missing)

    @property
    def percent(self) -> Decimal | None:
        """Share of the covered by their number; None where nobody delivers. [%]"""
        return share(Decimal(len(self.signed)), Decimal(self.suppliers))


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """A share in per cent.

    Parameters
    ----------
    part, whole
        of one unit, neither below zero. [any unit]

    Returns
    -------
    Decimal | None
        with nine decimals; None of nothing. [%]

    Notes
    -----
    100 × part / whole, half to even.

    Examples
    --------
    >>> share(Decimal(2), Decimal(3)), share(Decimal(0), Decimal(0))
    (Decimal('66.666666667'), None)
    """
    if not whole:
        return None
    return EXACT.quantize(EXACT.divide(EXACT.multiply(part, HUNDRED), whole), KG)


def delivering(records: Records, day: date) -> tuple[Supplier, ...]:
    """Suppliers that still deliver on a day."""
    said = day.isoformat()
    return tuple(one for one in records.held(Supplier) if not one.until or one.until >= said)


def holds(one: Undertaking, day: date) -> bool:
    """Whether what was signed is in force on a day; on its last day it is."""
    return one.signed <= day and (not one.valid_to or one.valid_to >= day.isoformat())


def coverage_of(records: Records, day: date, text: str = "") -> Coverage:
    """Who is covered by a text on a day.

    Parameters
    ----------
    records
        of a plant or of head office.
    day
        on which undertakings must hold.
    text
        one of :data:`TEXTS`; empty: any text counts.

    Returns
    -------
    Coverage
        of the suppliers that deliver on the day, ids in their order. Whatever order records were entered in, it is the
        same.

    Notes
    -----
    An undertaking counts from the day on which it was signed to its last day. A supplier with several counts once, and
    is only expired when all of them have run out.
    """
    suppliers = sorted(delivering(records, day), key=lambda one: one.id)
    ids = {one.id for one in suppliers}
    own = [
        one for one in records.held(Undertaking)
        if one.supplier in ids and text in ("", one.text) and one.signed <= day
    ]  # fmt: skip
    held = sorted((one for one in own if holds(one, day)), key=lambda one: one.id)
    signed, once = {one.supplier for one in held}, {one.supplier for one in own}
    return Coverage(
        text,
        tuple(one.id for one in suppliers if one.id in signed),
        tuple(one.id for one in suppliers if one.id in once - signed),
        tuple(one.id for one in suppliers if one.id not in once),
        tuple(one.id for one in held),
        _spent(suppliers, signed),
        tuple(one.id for one in suppliers if one.spend is None),
    )


def coverages_of(records: Records, day: date) -> tuple[Coverage, ...]:
    """Of each text that customers ask for, and of others where a supplier has signed one."""
    every = (coverage_of(records, day, text) for text in TEXTS)
    return tuple(one for one in every if one.text in ASKED or one.signed or one.expired)


def _spent(suppliers: Sequence[Supplier], signed: Iterable[str]) -> tuple[Spent, ...]:
    covered = frozenset(signed)
    amounts: dict[str, tuple[Decimal, Decimal]] = {}
    for one in suppliers:
        if one.spend is None:
            continue
        part, whole = amounts.get(one.currency, (Decimal(0), Decimal(0)))
        more = one.spend if one.id in covered else Decimal(0)
        amounts[one.currency] = EXACT.add(part, more), EXACT.add(whole, one.spend)
    return tuple(Spent(currency, *amounts[currency]) for currency in sorted(amounts))
