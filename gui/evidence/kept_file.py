"""A kept file in the inspector, where it proves something else than a record: open a copy, save it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.ledger import Evidence
from gui.evidence.copies import Copies
from gui.language import _
from gui.page import Page
from gui.session import Session
from gui.widgets import button, label
from gui.wording import named


class KeptFile(QWidget):
    """Name, hash and two buttons."""

    def __init__(self, page: Page, session: Session, file: Evidence) -> None:
        super().__init__()
        copies = Copies(page, session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(file.name, wrap=True))
        digest = label(f"SHA-256 {file.sha256[:12]}…", "muted", size=0.92)
        digest.setToolTip(file.sha256)
        column.addWidget(digest)
        row = QHBoxLayout()
        row.setSpacing(10)
        for title, act in ((_("Open"), lambda: copies.open(file)), (_("Save as…"), lambda: copies.save(file))):
            one = button(title, act, role="link")
            one.setAccessibleName(named(title, file.name))
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
