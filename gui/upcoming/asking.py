"""The questions that the card asks, with the values taken on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from gui.asked.words import any_taken
from gui.session import Session

if TYPE_CHECKING:
    from core.handover.noticed import Open
    from core.upcoming.step import NextStep
    from gui.office.office import Office


def of_plant(session: Session, today: date) -> Callable[[], tuple[NextStep, ...]]:
    """What is next at the open plant, for the year shown and the person who acts."""
    ledger, inventory, findings = session.ledger, session.inventory, session.findings
    year, who = session.year, session.person
    asked: tuple[Open, ...] = ()
    if any_taken(ledger):
        from gui.asked.list import open_items_of

        asked = open_items_of(session)

    def work() -> tuple[NextStep, ...]:
        from core.upcoming.plant import Situation, next_steps

        return next_steps(Situation(ledger, inventory, findings, year, today, who, asked))

    return work


def of_office(office: Office, today: date) -> Callable[[], tuple[NextStep, ...]]:
    """What is next at head office; what its page says anyway is left out."""
    register, filed, year = office.register, office.filed, office.year

    def work() -> tuple[NextStep, ...]:
        from core.upcoming.office import Group, next_steps

        return tuple(one for one in next_steps(Group(register, filed, year, today)) if one.key != "trust")

    return work
