"""Adds to a plant what a template expects, as one change."""

from __future__ import annotations

from collections.abc import Collection

from core.entering.templates import Template, applying
from core.i18n import T
from core.ledger import Entry, PlanItem
from gui.language import language
from gui.session import Session


def expect(session: Session, template: Template, chosen: Collection[str] | None = None) -> Entry | None:
    """Add what the plant lacks; None when it lacks nothing.

    Raises
    ------
    UserError
        when the change is refused.
    """
    made = applying(session.ledger, template, language(), chosen, session.inventory)
    return session.edit(made.why, made.steps)


def expect_no_more(session: Session, line: PlanItem) -> Entry | None:
    """Take a line out of the plan, for this plant has no such source."""
    return session.remove(T("Not expected: {source}", source=line.source or line.item), line)
