"""Initial – verified – why: the lines that findings changed, and what the totals were before and are now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.audit.corrected import Corrected, compared
from core.exchange.findings import initial_library
from core.inventory import Inventory
from core.ledger import Ledger
from core.library import load_library
from gui.audit_findings.materiality_bar import signed
from gui.audit_findings.rows import CorrectedRow, corrected_columns, corrected_rows, sums_of
from gui.language import _
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import card, clear, empty_state, label, number
from gui.wording import TONNES, named, tonnes


class CorrectedView(QWidget):
    """Sums above, lines below."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.found: Corrected | None = None
        """What was last calculated."""
        self._of: tuple[Ledger, Inventory] | None = None
        """From what."""
        self._frame, inside = card()
        self._sums = QGridLayout()
        self._sums.setHorizontalSpacing(24)
        self._sums.setVerticalSpacing(3)
        self._sums.setColumnStretch(0, 1)
        inside.addLayout(self._sums)
        self.table: Table[CorrectedRow] = Table(
            "corrected", corrected_columns(session.library), settings, name=_("Corrected lines"), editable=False
        )
        self.table.set_empty(
            empty_state(
                "check",
                _("Nothing was corrected"),
                _("Data that are corrected because of a finding stand here, with what they were before and why."),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._frame)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Calculate anew when something changed since."""
        session = self._session
        if self._of is not None and self._of[0] is session.ledger and self._of[1] is session.inventory:
            return
        self._of = (session.ledger, session.inventory)
        corrections = session.file.corrections
        library = initial_library(session.ledger, corrections, session.year, session.file.blob, load_library())
        self.found = found = compared(session.ledger, session.inventory, corrections, library)
        self.table.set_rows(corrected_rows(session.ledger, found))
        self._frame.setVisible(bool(found.lines))
        self._show_sums(found)

    def _show_sums(self, found: Corrected) -> None:
        clear(self._sums)
        right = Qt.AlignmentFlag.AlignRight
        for place, head in enumerate((TONNES, _("Initial"), _("Difference"), _("As verified"))):
            self._sums.addWidget(label(head, "muted"), 0, place, Qt.AlignmentFlag.AlignLeft if not place else right)
        for row, (title, before, difference, after) in enumerate(sums_of(found), 1):
            self._sums.addWidget(label(title), row, 0)
            for place, words in enumerate((tonnes(before), signed(difference), tonnes(after)), 1):
                shown = number(words, strong=place == 3)
                head = (_("Initial"), _("Difference"), _("As verified"))[place - 1]
                shown.setAccessibleName(named(f"{title}, {head}", f"{words} {TONNES}"))
                self._sums.addWidget(shown, row, place, right)
