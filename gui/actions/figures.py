"""The plan in a few large numbers."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from core.i18n import show_number
from gui.actions.answer import Answer
from gui.actions.words import NONE, money, status_title, tonnes_a_year
from gui.language import _
from gui.widgets import label, number_card
from gui.wording import TONNES

_UNIT = re.compile(r"(?<=\d) (?=[^\W\d])")
"""The space between a number and what it counts, where no line is broken."""


def figures_of(answer: Answer) -> list[QWidget]:
    """What the plan saves, how far it is, what it costs and is worth, and what was measured."""
    found = answer.summary
    year = str(found.year)
    saved = figure(
        _("Saves in {year}", year=year), tonnes_a_year(found.planned.location), TONNES,
        _("location-based; market-based {number} t", number=tonnes_a_year(found.planned.market)),
    )  # fmt: skip
    decided = figure(
        _("Of it decided"), tonnes_a_year(found.decided.location), TONNES,
        _("location-based; market-based {number} t", number=tonnes_a_year(found.decided.market)),
    )  # fmt: skip
    counts = [f"{status_title(key)}\u00a0{count}" for key, count in found.statuses if count]
    total = sum(count for key, count in found.statuses if key != "stopped")
    actions = figure(_("Actions"), str(total), "", "\u00a0· ".join(counts))
    percent = NONE if found.percent is None else show_number(found.percent, 0)
    below = _("{count} of {total} actions are measured", count=found.measured, total=len(answer.situation.followed))
    measured = figure(_("Measured, of the plan"), percent, "%" if found.percent is not None else "", below)
    return [saved, decided, actions, _money(answer), measured]


def _money(answer: Answer) -> QWidget:
    """Of the currency that most actions state; the others follow below."""
    found = answer.summary.money
    if not found:
        return figure(_("Net present value"), NONE, "", _("no action states money"))
    first, *others = found
    below = [_("investment {amount} {currency}", amount=money(first.capex), currency=first.currency)]
    below += [f"{money(one.npv)} {one.currency}" for one in others]
    return figure(_("Net present value"), money(first.npv), first.currency, " · ".join(below))


def figure(title: str, text: str, unit: str, below: str) -> QWidget:
    """One key figure on its card, with a line below."""
    frame, inside = number_card(title, text, unit, size=1.6)
    if below:
        inside.addWidget(label(_UNIT.sub("\u00a0", below), "muted", size=0.92, wrap=True))
    inside.addStretch(1)
    return frame
