"""Which declarations count today, and how many of the suppliers that were asked have answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.ledger import MineralDeclaration, Supplier
from core.ledger.filing import Records
from core.minerals.checker import MOST_MONTHS, months_between
from core.minerals.status import SENT_BACK


def newest(declarations: Iterable[MineralDeclaration]) -> dict[tuple[str, str], MineralDeclaration]:
    """Of each supplier and template the one with the newest effective date; of one date the last that was received."""
    found: dict[tuple[str, str], MineralDeclaration] = {}
    for one in sorted(declarations, key=lambda each: (each.effective, each.received, each.id)):
        found[one.supplier, one.template] = one
    return found


def counts(declaration: MineralDeclaration, today: date, months: int = MOST_MONTHS) -> bool:
    """Whether its day lets it count: neither in the future nor too old; without a day it does not."""
    if not declaration.effective:
        return False
    day = date.fromisoformat(declaration.effective)
    return day <= today and months_between(day, today) < months


def asked_suppliers(records: Records, today: date) -> tuple[Supplier, ...]:
    """Those that deliver minerals and still do."""
    return tuple(
        one
        for one in records.held(Supplier)
        if one.minerals and (not one.until or date.fromisoformat(one.until) >= today)
    )


def answering(records: Records, today: date, template: str = "", months: int = MOST_MONTHS) -> frozenset[str]:
    """Ids of suppliers of which a declaration counts that nobody sent back."""
    return frozenset(
        one.supplier
        for one in records.held(MineralDeclaration)
        if one.supplier and one.verdict != SENT_BACK and template in ("", one.template) and counts(one, today, months)
    )


def response_share(
    records: Records, today: date, template: str = "", months: int = MOST_MONTHS
) -> tuple[int, int]:  # fmt: skip
    """How many suppliers have answered, of how many that were asked.

    Parameters
    ----------
    records
        of a plant or of head office.
    today
        day on which answers must count; for a year that is over its last day.
    template
        that counts; empty: any.
    months
        age from which on a declaration does not count any more.

    Returns
    -------
    answered, asked
        numbers of suppliers that deliver minerals.

    Notes
    -----
    share = answered / asked. A declaration answers when it is dated within the months before the day and was not sent
    back; whether it was accepted does not matter, for the question is who replied.
    """
    asked = {one.id for one in asked_suppliers(records, today)}
    return len(asked & answering(records, today, template, months)), len(asked)


def band(answered: int, asked: int) -> str:
    """The share as templates ask it.

    Examples
    --------
    >>> band(0, 4), band(2, 4), band(3, 4), band(19, 20), band(4, 4)
    ('none', 'to_50', 'over_50', 'over_90', '100')
    """
    if not answered or not asked:
        return "none"
    if answered >= asked:
        return "100"
    for key, percent in (("over_90", 90), ("over_75", 75), ("over_50", 50)):
        if 100 * answered > percent * asked:
            return key
    return "to_50"
