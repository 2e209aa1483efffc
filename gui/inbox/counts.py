"""How many reports are in which state, as tabs that show only those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from core.store import ACCEPTED, HELD, REJECTED, SUPERSEDED
from gui.inbox.rows import Row
from gui.language import _

ALL, COMING = "all", "coming"
TABS = (ALL, HELD, ACCEPTED, REJECTED, SUPERSEDED, COMING)
"""In the order of reading: what asks for a decision first."""


class Counts(QTabBar):
    """One tab a state; those of nobody stay, so that nothing jumps while reports come in."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Decisions"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        for _key in TABS:
            self.addTab("")
        self.show_counts(())
        self.currentChanged.connect(lambda _tab: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        """What is shown now."""
        return TABS[max(0, self.currentIndex())]

    def choose(self, key: str) -> None:
        """Show these."""
        self.setCurrentIndex(TABS.index(key))

    def show_counts(self, rows: Sequence[Row]) -> None:
        """Count anew."""
        found = Counter(kept_in(row) for row in rows)
        words = {
            ALL: _("All"),
            HELD: _("Held"),
            ACCEPTED: _("Accepted"),
            REJECTED: _("Rejected"),
            SUPERSEDED: _("Superseded"),
            COMING: _("On their way"),
        }
        for place, key in enumerate(TABS):
            count = len(rows) if key == ALL else found[key]
            self.setTabText(place, f"{words[key]} {count:,}")

    def let_through(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of the tab that is chosen."""
        return [row for row in rows if self.key in (ALL, kept_in(row))]


def kept_in(row: Row) -> str:
    """The tab of a row."""
    return row.filed.state if row.filed is not None else COMING
