"""What the eye sees first on the page of the group: both totals with their parts, how sure they are, and memos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from core.group.year.consolidated import Consolidated
from core.i18n import show_number
from core.methods import exact_sum
from gui.group.asking import share_of
from gui.group.rows import VIEWS, ZERO
from gui.language import _, say
from gui.widgets import button, card, divided, label, marked, number, number_card
from gui.wording import SCOPES, TONNES, minus, named, shown_percent, tonnes

NOTE, MOVED = "note", "moved"
"""Names of what stands below a total, for whoever says it later."""


def total_card(
    title: str, text: str, parts: Sequence[tuple[str, str, str]], note: str = "", more: QWidget | None = None
) -> QFrame:
    """One total and what it is made of: name, amount, share."""
    frame, inside = number_card(title, text, TONNES, size=1.8, spacing=3)
    if note:
        below = label(note, "muted", size=0.95, wrap=True)
        below.setObjectName(NOTE)
        inside.addWidget(below)
    if more is not None:
        inside.addWidget(more)
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(0, 1)
    for place, (name, value, share) in enumerate(parts):
        grid.addWidget(label(name, "muted", size=0.95, wrap=True), place, 0)
        grid.addWidget(number(value, size=0.95), place, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(number(share, size=0.95), place, 2, Qt.AlignmentFlag.AlignRight)
    inside.addLayout(grid)
    inside.addStretch(1)
    return frame


class Moved(QWidget):
    """How a total moved on the year before, and the way to why; not there until that is known."""

    def __init__(self, what: str, why: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(MOVED)
        self._words = label("", size=0.95, wrap=True)
        self.why = button(_("Why?"), why, role="link")
        self.why.setAccessibleName(_("Why? {what}", what=what))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, words: str) -> None:
        """Nothing to say: not there."""
        self._words.setText(words)
        self.setVisible(bool(words))


def view_card(found: Consolidated, view: str, sure: str, moved: Moved) -> QFrame:
    """The total of a view with its scopes; ``sure`` says how far it may be off."""
    totals = found.totals
    scopes = VIEWS[view][1]
    whole = exact_sum(totals[scope] for scope in scopes)
    words = title_of_view(view)
    parts = [
        (say(SCOPES[scope]), tonnes(totals[scope]), f"{shown_percent(share_of(totals[scope], whole))} %")
        for scope in scopes
    ]
    return total_card(words, tonnes(whole), parts, sure, moved)


def title_of_view(view: str) -> str:
    """Of its total."""
    return _("Total, location-based") if view == "location" else _("Total, market-based")


def memo_card(found: Consolidated) -> QFrame:
    """What stands beside the total and never changes it."""
    totals = found.totals
    names = {"avoided": _("Avoided by solar"), "exported": _("Energy sold to others"), "biogenic": _("Biogenic CO₂"),
             "outside_basket": _("Other gases")}  # fmt: skip
    frame, inside = card()
    frame.setAccessibleName(_("Memos, in no total"))
    inside.setSpacing(3)
    inside.addWidget(label(_("Memos, in no total"), "muted", wrap=True))
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(1)
    for place, (key, name) in enumerate(names.items()):
        grid.addWidget(label(name, "muted", size=0.95, wrap=True), place, 0)
        shown = number(tonnes(totals.get(key, ZERO)), size=0.95)
        shown.setAccessibleName(named(name, f"{shown.text()} {TONNES}"))
        grid.addWidget(shown, place, 1, Qt.AlignmentFlag.AlignRight)
    inside.addLayout(grid)
    inside.addWidget(label(TONNES, "muted", size=0.9), 0, Qt.AlignmentFlag.AlignRight)
    inside.addStretch(1)
    return frame


def once_card(repeats: int, eliminated: Decimal, show: Callable[[], object]) -> QFrame:
    """What several reports name, and what was taken away between own plants."""
    frame, inside = card()
    frame.setAccessibleName(_("Counted once"))
    inside.setSpacing(3)
    inside.addWidget(label(_("Counted once"), "muted", wrap=True))
    twice = _("Used twice: {count}", count=repeats)
    inside.addWidget(marked("warning", "warning", twice) if repeats else label(twice, size=0.95, wrap=True))
    inside.addWidget(label(_("Between own plants:"), "muted", size=0.95, wrap=True))
    inside.addWidget(number(f"{tonnes(eliminated)} {TONNES}", size=0.95))
    go = button(_("Show"), show, role="link")
    go.setAccessibleName(_("Show what counts once"))
    inside.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
    inside.addStretch(1)
    return frame


def beside(left: QWidget, right: QWidget) -> QSplitter:
    """Two parts with air between them; the line can be dragged."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(12, 0, 0, 0)
    column.addWidget(right)
    made = divided(left, holder)
    made.setStretchFactor(0, 11)
    made.setStretchFactor(1, 9)
    made.setSizes([550, 450])
    return made


def notice_lines(sentences: Sequence[str]) -> list[QWidget]:
    """What a reader has to know before trusting the totals."""
    return [marked("warning", "warning", sentence) for sentence in sentences]


def change_words(value: Decimal | None) -> str:
    """A percent with its sign."""
    if value is None:
        return "–"
    return f"+{show_number(value, 1)}" if value > 0 else minus(show_number(value, 1))
