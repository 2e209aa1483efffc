"""Which records a proof belongs to: a table that is filtered while one types; space or a click links and takes off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.exchange.register import Act, relinking
from core.i18n import show_number
from core.ledger import Activity, Evidence, Ledger
from core.library import Library
from gui.asking import Asking
from gui.evidence.rows import period_words
from gui.language import _
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import SCREEN_SHARE, label, letters
from gui.wording import item_name, unit_name

LINKED = "✓"
WIDE, HIGH = 126, 84
"""Of the dialog, in digits."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A record, and whether the proof belongs to it."""

    activity: Activity
    linked: bool
    library: Library

    @property
    def id(self) -> str:
        return self.activity.id


class LinkDialog(Asking):
    """What is linked already first, then the records of the year, then those of other years."""

    def __init__(
        self,
        ledger: Ledger,
        library: Library,
        proofs: Sequence[Evidence],
        year: int,
        settings: Settings,
        parent: QWidget | None,
    ) -> None:
        names = ", ".join(one.name for one in proofs[:3]) + (" …" if len(proofs) > 3 else "")
        explained = _("{files}. Space links the selected rows and takes links off; the filter finds rows by any word.",
                      files=names)  # fmt: skip
        super().__init__(_("Link to rows"), explained, _("Apply"), parent)
        self._ledger, self._library, self._proofs = ledger, library, proofs
        self._before = frozenset.intersection(*(frozenset(one.activities) for one in proofs))
        self.linked: set[str] = set(self._before)
        """Ids of what is linked now."""
        self._records = sorted(ledger.activities, key=lambda a: (a.id not in self._before, not _within(a, year)))
        self.table: Table[LinkRow] = Table("links", _columns(), settings, name=_("Activity data"), editable=False)
        view = self.table.view
        view.setSelectionBehavior(view.SelectionBehavior.SelectRows)
        view.setMinimumHeight(view.verticalHeader().defaultSectionSize() * 12)
        view.clicked.connect(self._clicked)
        view.doubleClicked.connect(lambda _index: self.toggle())
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), view)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.toggle)
        self._count = label("", "muted", wrap=True)
        self.fields.addWidget(self.table, 1)
        self.fields.addWidget(self._count)
        self._show()

    def sizeHint(self) -> QSize:
        """Wide enough for the table."""
        wide, high = (letters(self, count) for count in (WIDE, HIGH))
        return QSize(wide, high).boundedTo(self.screen().availableSize() * SCREEN_SHARE)

    def toggle(self) -> None:
        """Link the selected rows; when all of them are, take the links off."""
        ids = {row.id for row in self.table.chosen}
        self.linked = self.linked - ids if ids <= self.linked else self.linked | ids
        self._show()

    def work(self) -> Callable[[], Act]:
        """Checked here, where the ledger is; nothing is left for the job."""
        more = [a.id for a in self._records if a.id in self.linked - self._before]
        gone = [a.id for a in self._records if a.id in self._before - self.linked]
        act = relinking(self._ledger, [one.id for one in self._proofs], more, gone)
        return lambda: act

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.toggle()

    def _show(self) -> None:
        self.table.set_rows([LinkRow(a, a.id in self.linked, self._library) for a in self._records])
        self._count.setText(_("Linked rows: {count}", count=_known(self.linked, self._records)))


def _within(activity: Activity, year: int) -> bool:
    return activity.start.year <= year <= activity.end.year


def _known(linked: Collection[str], records: Sequence[Activity]) -> int:
    return sum(one.id in linked for one in records)


def _columns() -> list[Column[LinkRow]]:
    return [
        Column("linked", _("Linked"), lambda r: LINKED if r.linked else "", sort=lambda r: not r.linked, width=7),
        Column("source", _("Source"), lambda r: r.activity.source, width=22, stretch=True),
        Column("item", _("Item"), lambda r: item_name(r.library, r.activity.item), width=20),
        Column("period", _("Period"), _days, sort=lambda r: (r.activity.start, r.activity.end), width=24),
        Column("quantity", _("Quantity"), lambda r: show_number(r.activity.quantity), "", "right",
               lambda r: r.activity.quantity, width=12),
        Column("unit", _("Unit"), lambda r: unit_name(r.library, r.activity.unit), width=8),
        Column("evidence", _("Number"), lambda r: r.activity.evidence, width=14),
    ]  # fmt: skip


def _days(row: LinkRow) -> str:
    return period_words(row.activity.start.isoformat(), row.activity.end.isoformat())
