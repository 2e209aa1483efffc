"""A proof in the inspector: what it is, the rows it belongs to, who names it, and what was done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from core.inventory.evidence import IMPORT
from core.ledger import Activity
from gui.evidence.kept_file import KeptFile
from gui.evidence.rows import ProofRow, day_words, kind_words, period_words, size_words
from gui.explain import Explanation
from gui.language import _
from gui.page import Page
from gui.quality.rows import shortened
from gui.session import Session
from gui.sources.inspector import WIDEST
from gui.widgets import button, label, marked
from gui.wording import TONNES, item_name, tonnes

MOST = 20
"""Rows listed."""


class ProofExplanation(Explanation):
    """One proof of the register."""

    def __init__(self, page: Page, session: Session, row: ProofRow) -> None:
        super().__init__(session.library)
        self._page, self._session, self._row = page, session, row
        proof = row.proof
        self.title(proof.name, kind_words(proof))
        if row.expired:
            words = _("It holds to {day} only, which is before the period ends.", day=day_words(proof.valid_to))
            self.column.addWidget(marked("warning", "warning", words))
        self.pairs(
            (
                (_("Period"), period_words(proof.start, proof.end)),
                (_("Valid to"), day_words(proof.valid_to)),
                (_("Proven"), f"{tonnes(row.tonnes)} {TONNES}" if row.tonnes else ""),
                (_("File size"), size_words(proof.size)),
                (_("Named by"), ", ".join(row.users)),
                (_("Remark"), proof.note),
            )
        )
        self.section(_("Kept file"))
        self.column.addWidget(KeptFile(page, session, proof))
        self._rows()
        self.history(session.history(proof), proof.id)
        self.column.addStretch(1)

    def _rows(self) -> None:
        keys = self._row.proof.activities
        title = _("Rows imported from it") if self._row.proof.kind == IMPORT else _("Rows it belongs to")
        self.section(title)
        for key in keys[:MOST]:
            found = self._session.ledger.get("activity", key)
            if isinstance(found, Activity):
                words = self._words(found)
                made = button(shortened(words, WIDEST), partial(self._show, key), role="link", tip=words)
                made.setAccessibleName(words)
                self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        if len(keys) > MOST:
            self.column.addWidget(label(_("and {count} more", count=len(keys) - MOST), "muted"))
        if not keys:
            self.column.addWidget(label(_("It is linked to no row yet."), "muted", wrap=True))

    def _words(self, record: Activity) -> str:
        days = period_words(record.start.isoformat(), record.end.isoformat())
        return f"{record.source}, {item_name(self._session.library, record.item)}, {days}"

    def _show(self, key: str) -> None:
        self._page.wanted.emit("activity", key)
