"""Suppliers in a few large numbers."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.disclosures.undertakings import HUNDRED
from core.minerals.problem import STATUSES
from core.minerals.standing import NO_LIST
from gui.actions.figures import figure
from gui.language import _
from gui.suppliers.answer import Answer
from gui.suppliers.words import DASH, spend_words, status_words
from gui.wording import clauses, shown_percent

CODE = "code_of_conduct"
"""The text that stands for the others: nearly every buyer asks for it."""


def figures_of(answer: Answer) -> list[QWidget]:
    """Who delivers, who signed and answered, what waits for a decision, smelters that nobody vouches for."""
    return [_suppliers(answer), _signed(answer), _answered(answer), _waiting(answer), _smelters(answer)]


def _suppliers(answer: Answer) -> QWidget:
    """Those that somebody has to look after."""
    counts = {key: sum(one.risk == key for one in answer.delivering) for key in ("high", "")}
    said = ((_("high risk {count}", count=counts["high"]), counts["high"]),
            (_("not judged {count}", count=counts[""]), counts[""]))  # fmt: skip
    below = clauses(words for words, count in said if count)
    return figure(_("Suppliers"), str(len(answer.delivering)), "", below or _("all are judged"))


def _signed(answer: Answer) -> QWidget:
    one = next((each for each in answer.coverages if each.text == CODE), None)
    title = _("Code of conduct")
    if one is None or not one.suppliers:
        return figure(title, DASH, "", _("no supplier delivers"))
    below = _("{count} of {total}; of spend {share}", count=len(one.signed), total=one.suppliers,
              share=spend_words(one))  # fmt: skip
    return figure(title, shown_percent(one.percent), "%", below)


def _answered(answer: Answer) -> QWidget:
    answered, asked = answer.share
    title = _("Minerals answered")
    if not asked:
        return figure(title, DASH, "", _("no supplier delivers minerals"))
    share = Decimal(answered) * HUNDRED / asked
    return figure(title, shown_percent(share), "%", _("{count} of {total} suppliers", count=answered, total=asked))


def _waiting(answer: Answer) -> QWidget:
    waiting = answer.undecided()
    states = [answer.examined[one.id].status for one in waiting]
    below = [f"{status_words(key)} {states.count(key)}" for key in reversed(STATUSES) if key in states]
    return figure(_("To be decided"), str(len(waiting)), "", clauses(below) or _("nothing waits"))


def _smelters(answer: Answer) -> QWidget:
    title = _("Smelters off lists")
    if not answer.smelters:
        return figure(title, DASH, "", _("no smelter is named"))
    numberless = sum(not one.number for one in answer.smelters)
    unlisted = sum(one.standing.key == NO_LIST and bool(one.number) for one in answer.smelters)
    parts = [_("of {total}", total=len(answer.smelters))]
    if numberless:
        parts.append(_("no number {count}", count=numberless))
    if unlisted:
        parts.append(_("no list for {count}", count=unlisted))
    return figure(title, str(sum(one.off_list for one in answer.smelters)), "", clauses(parts))
