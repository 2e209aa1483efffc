"""The question for the passphrase in front of the covered windows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from gui.language import _
from gui.protection.unlocking import UnlockDialog
from gui.theme import dress


class LockDialog(UnlockDialog):
    """In front of the covered windows; it closes when the passphrase is right or the file is given up."""

    given_up = Signal()

    def __init__(self, path: Path, parent: QWidget | None) -> None:
        explained = _("“{file}” is closed until you type its passphrase. What stands in forms is still there then;"
                      " closing the file gives it up.", file=path.name)  # fmt: skip
        super().__init__(path, parent, _("Locked"), explained)
        if parent is None:  # it stands alone, before what is covered
            dress(self)
        self.setWindowTitle(f"{_('Locked')} – Plant Carbon Audit")
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.stop.setText(_("Close the file"))
        self.stop.clicked.disconnect()
        self.stop.clicked.connect(self._give_up)

    def reject(self) -> None:
        """Escape does nothing."""

    def _give_up(self) -> None:
        if self._job is None:
            self.given_up.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """There is no cross to press by mistake: the session of the computer ends, or somebody insists."""
        if self._job is None:
            self.given_up.emit()
        else:
            event.ignore()
