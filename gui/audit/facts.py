"""What was agreed about an audit and how far its work is, as two short lists."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.audit.progress import Progress
from core.audit.statement import ASSURANCE
from core.i18n import show_number
from core.ledger import Engagement, Ledger
from gui.audit.engagement import scope_words
from gui.audit.rows import names_of
from gui.language import _, say
from gui.widgets import clear, label, number, subheading
from gui.wording import TONNES, named, tonnes

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_TOP = Qt.AlignmentFlag.AlignTop


def show_engagement(inside: QVBoxLayout, ledger: Ledger, engagement: Engagement) -> None:
    """What was agreed."""
    clear(inside)
    words = scope_words()
    own = [
        _("{scope}: {percent} %", scope=words[scope], percent=percent)
        for scope, percent in engagement.scope_materiality
        if scope in words
    ]
    onsite = " – ".join(day for day in (engagement.start, engagement.end) if day)
    assurance = ASSURANCE.get(engagement.assurance)
    rows = [
        (_("Client"), engagement.client),
        (_("Site"), engagement.site),
        (_("Objectives"), engagement.objectives),
        (_("Scope of the audit"), engagement.scope),
        (_("Level of assurance"), engagement.assurance if assurance is None else say(assurance)),
        (_("Materiality"), "\n".join((_("{percent} % of the total", percent=engagement.materiality), *own))),
        (_("Team"), names_of(ledger, engagement.team)),
        (_("Independent reviewer"), names_of(ledger, tuple(filter(None, (engagement.reviewer,))))),
        (_("On site"), onsite),
        (_("Remark"), engagement.note),
    ]
    inside.addWidget(_grid([(name, value) for name, value in rows if value.strip()]))


def show_progress(inside: QVBoxLayout, counted: Progress) -> None:
    """Counts and tonnes."""
    clear(inside)
    inside.addWidget(subheading(_("Work so far")))
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    rows = [
        (_("Samples"), _count(counted.samples)),
        (_("Records in them"), _count(counted.records)),
        (_("Still to be tested"), _count(counted.untested)),
        (_("Findings"), _count(counted.findings)),
        (_("Still open"), _count(counted.open)),
        (f"{_('Misstatements left')} ({TONNES})", tonnes(counted.misstated)),
        (f"{_('Material from')} ({TONNES})", tonnes(counted.materiality)),
    ]
    for place, (name, value) in enumerate(rows):
        words, figure = label(name, "muted", wrap=True), number(value)
        figure.setAccessibleName(named(name, value))
        grid.addWidget(words, place, 0)
        grid.addWidget(figure, place, 1, _RIGHT)
    inside.addWidget(holder)


def _count(many: int) -> str:
    return show_number(Decimal(many))


def _grid(rows: list[tuple[str, str]]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (name, value) in enumerate(rows):
        grid.addWidget(label(name, "muted"), place, 0, _TOP)
        grid.addWidget(label(value, wrap=True), place, 1, _TOP)
    return holder
