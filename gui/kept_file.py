"""A kept file in the inspector, where it proves something else than a record: open a copy, save it."""

from __future__ import annotations

from pathlib import Path, PurePath

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.ledger import Evidence
from gui.language import _
from gui.page import Page
from gui.proofs import SHOWABLE, copy_of, safe_name
from gui.session import Session
from gui.sign_panel import open_with_system
from gui.widgets import button, label


class KeptFile(QWidget):
    """Name, hash and two buttons."""

    def __init__(self, page: Page, session: Session, file: Evidence) -> None:
        super().__init__()
        self._page, self._session, self._file = page, session, file
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(file.name, wrap=True))
        digest = label(f"SHA-256 {file.sha256[:12]}…", "muted", size=0.92)
        digest.setToolTip(file.sha256)
        column.addWidget(digest)
        row = QHBoxLayout()
        row.setSpacing(10)
        for title, act in ((_("Open"), self.open), (_("Save as…"), self.save)):
            one = button(title, act, role="link")
            one.setAccessibleName(f"{title}: {file.name}")
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)

    def open(self) -> None:
        """Show a verified copy; what could run is only saved."""
        file = self._file
        if PurePath(safe_name(file.name)).suffix.lower() not in SHOWABLE:
            words = _("“{file}” is of a kind that might run a program, so it is not opened from here.", file=file.name)
            self._page.tell("warning", words, (_("Save as…"), self.save))
            return
        path = self._page.attempt(lambda: copy_of(file, self._session.file.blob(file.sha256)))
        if path is not None:
            open_with_system(path)

    def save(self) -> None:
        """Write the bytes as they were received."""
        name, _kind = QFileDialog.getSaveFileName(self._page, _("Save the proof"), safe_name(self._file.name))
        written = self._page.attempt(lambda: self._write(Path(name))) if name else None
        if written is not None:
            self._page.tell("good", _("Saved {file}.", file=written.name))

    def _write(self, path: Path) -> Path:
        from core.handover import write_safely

        write_safely(path, self._session.file.blob(self._file.sha256))
        return path
