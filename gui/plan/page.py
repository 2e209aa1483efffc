"""Management plan: how each figure comes about, beside what is done; the key figures; and the site walk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout

from core.ledger import PlanItem
from gui.commands import Command
from gui.language import _
from gui.page import Page
from gui.plan.figure_part import FigurePart, figure_drafts
from gui.plan.figure_rows import FigureRow
from gui.plan.part import PlanPart, plan_drafts
from gui.session import Session
from gui.settings import Settings
from gui.tables.drafts import DraftRows
from gui.tables.kinds import is_table
from gui.widgets import button, heading, label

if TYPE_CHECKING:
    from core.exchange.walk import WalkChange
    from gui.plan.walk_dialog import WalkDialog

PLAN, FIGURES = 0, 1
"""Places of the tabs."""
KEY_FIGURES = "key_figures"
"""A subject for ``show_subject``."""
_DRAFTS: WeakKeyDictionary[Session, tuple[DraftRows[PlanItem], DraftRows[FigureRow]]] = WeakKeyDictionary()
"""Rows that are not finished; they outlive the page, which language and theme make anew."""


class PlanPage(Page):
    """Two tables, and the way to the site walk."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        lines, figures = _DRAFTS.setdefault(session, (plan_drafts(), figure_drafts()))
        self.plan = PlanPart(self, session, settings, lines)
        self.figures = FigurePart(self, session, settings, figures)
        self.dialog: WalkDialog
        """The site walk, when it was opened."""
        self._title, self._words = heading(""), label("", "muted", wrap=True)
        self.walk_button = button(_("Site walk…"), self.walk, picture="eye")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Management plan"))
        self.tabs.addTab(self.plan, _("Management plan"))
        self.tabs.addTab(self.figures, _("Key figures"))
        self.tabs.currentChanged.connect(lambda _tab: self._show_words())
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._words, 1)
        head.addWidget(self.walk_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Everything, from the session."""
        self.plan.refresh()
        self.figures.refresh()
        self._show_words()

    def _show_words(self) -> None:
        if self.tabs.currentIndex() == FIGURES:
            self._title.setText(_("Key figures"))
            self._words.setText(_("Emissions are held against them, year by year"))
        else:
            self._title.setText(_("Management plan"))
            self._words.setText(self.plan.said())

    def show_subject(self, subject: object) -> None:
        """Go to the key figures, or to a line or a figure by its id."""
        if not isinstance(subject, str):
            return
        line = self._session.ledger.get("plan_item", subject) is not None
        self.tabs.setCurrentIndex(PLAN if line else FIGURES)
        if subject != KEY_FIGURES:
            (self.plan.table if line else self.figures.table).show_record(subject)

    def commands(self) -> list[Command]:
        def able() -> bool:
            return self._session.writable

        return [
            Command(_("Site walk…"), self.walk, icon="eye"),
            Command(_("Propose the management plan from practice"), self.plan.propose, icon="plan", enabled=able),
            Command(_("Import the management plan…"), self.plan.choose, icon="import", enabled=able),
            Command(_("Import key figures…"), self.figures.choose, icon="import", enabled=able),
            Command(_("Degree days…"), self.figures.degree_days, icon="plus", enabled=able),
        ]

    def takes(self, path: Path) -> bool:
        return self._session.writable and is_table(path)

    def take(self, paths: Sequence[Path]) -> None:
        (self.figures if self.tabs.currentIndex() == FIGURES else self.plan).read(paths[0])

    # ------------------------------------------------------------------ site walk

    def walk(self) -> None:
        """Open the site walk."""
        from gui.plan.walk_dialog import WalkDialog

        dialog = self.dialog = WalkDialog(self._session, self)
        dialog.told.connect(self.tell)
        dialog.saved.connect(self._keep_walk)
        dialog.open()

    def _keep_walk(self, change: WalkChange) -> None:
        def done(_made: WalkChange, _changed: bool) -> None:
            self.dialog.kept()
            self.plan.told(change.why)

        self.dialog.keeper.keep(lambda: change, done)
