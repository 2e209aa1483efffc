"""The evidence beside the test sheet: the kept files of a record, one of them shown right here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.ledger import Evidence
from gui.evidence.shown import ProofPreview
from gui.language import _
from gui.quality.parts import combo
from gui.session import Session
from gui.widgets import button


class ProofView(QWidget):
    """Which of the files, and what is seen of it; ``open_it`` hands it to its own program.

    It knows files and no records, so nothing of a value that is typed blind can be read from it.
    """

    def __init__(self, session: Session, open_it: Callable[[Evidence], object]) -> None:
        super().__init__()
        self._open = open_it
        self._files: tuple[Evidence, ...] = ()
        self.preview = ProofPreview(session)
        self.choice = combo(_("Evidence of the record"), [])
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(lambda _row: self.preview.show_file(self.current))
        self.opening = button(_("Open"), self._open_current)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.preview, 1)

    @property
    def current(self) -> Evidence | None:
        """The file that is chosen."""
        place = self.choice.currentIndex()
        return self._files[place] if 0 <= place < len(self._files) else None

    def show_files(self, files: Sequence[Evidence], instead: str) -> None:
        """Show the first of these files, or words where there is none; one that was chosen stays chosen."""
        chosen = "" if self.current is None else self.current.id
        self._files = tuple(files)
        self.choice.clear()
        for one in files:
            self.choice.addItem(one.name, one.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)) if files else -1)
        for widget in (self.choice, self.opening):
            widget.setVisible(bool(files))
        self.preview.show_file(self.current, instead)

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self.choice, self.opening, *self.preview.stops()]

    def _open_current(self) -> None:
        if self.current is not None:
            self._open(self.current)
