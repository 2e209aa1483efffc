"""A report is looked at as soon as it is chosen, and what was found stands below: of a plant and of a group."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.errors import UserError
from gui.asking import Asking, PathField
from gui.jobs import crash_error
from gui.keys.certificates import refuse_existing
from gui.keys.sign_panel import open_with_system
from gui.language import _, language
from gui.widgets import clear, label, marked

PAUSE_MS = 300
"""A path that is being typed is looked at when nobody types any more."""


class Look(Asking):
    """Nothing is done before the report was seen."""

    def __init__(self, title: str, explained: str, do: str, name: str, parent: QWidget | None) -> None:
        """``name`` is that of the field in which the report is chosen."""
        super().__init__(title, explained, do, parent)
        self.report = PathField(name, _("PDF files (*.pdf)"))
        # Connected to methods, not lambdas: one that dies with its button must not take the dialog along.
        self.read = QPushButton(_("Open the report"))
        self.read.setProperty("role", "link")
        self.read.clicked.connect(self._open)
        self.read.hide()
        self.found = QWidget()
        self._lines = lines_in(self.found)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self.report.changed.connect(self._soon.start)
        self.go.setEnabled(False)
        self._say(label(_("Choose the report: then you see here who signed it, and what it says."), "muted", wrap=True))

    def _look(self) -> None:
        """Judge what is chosen now, in a job."""
        raise NotImplementedError

    def _cannot(self, error: UserError) -> None:
        self._say(marked("error", "bad", error.text(language())))

    def _broken(self, trace: str) -> None:
        self._cannot(crash_error(trace))

    def _open(self) -> None:
        if self.report.path is not None:
            open_with_system(self.report.path)

    def _say(self, *rows: QWidget) -> None:
        clear(self._lines)
        for row in rows:
            self._lines.addWidget(row)
            row.show()  # now, for the size of the dialog follows from it
        self.grow()


def lines_in(place: QWidget) -> QVBoxLayout:
    """Room for lines that come and go."""
    lines = QVBoxLayout(place)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(4)
    return lines


def new_pdf(field: PathField) -> Path:
    """Where a report with one more signature goes.

    Raises
    ------
    UserError
        when none is chosen, or the file is there already.
    """
    out = field.needed()
    out = out if out.suffix.lower() == ".pdf" else out.with_name(f"{out.name}.pdf")
    refuse_existing(out)
    return out
