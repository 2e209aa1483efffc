"""What an update notice says: version, day, what is new and where to get it in both languages, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.handover.updates import installer_row
from gui.fields import Field, date_field, said, text_field, words_field
from gui.jobs import Job
from gui.language import _
from gui.widgets import button, label


class UpdatePart(QWidget):
    """One line of a field is one point of what is new."""

    changed = Signal()
    refused = Signal(object)
    """UserError: why a file was not taken."""

    def __init__(self) -> None:
        super().__init__()
        self.version = text_field(_("Version"))
        self.released = date_field(_("Of the day"))
        self.news = {lang: words_field(lines=3) for lang in ("zh", "en")}
        self.where = {lang: words_field(lines=2) for lang in ("zh", "en")}
        self.installers: list[dict[str, str]] = []
        self.files = label("", wrap=True)
        self.choose = button(_("Installers…"), self.ask_files, picture="import",
                             tip=_("Files that people install; the notice states their SHA-256."))  # fmt: skip
        self.version.line.textChanged.connect(lambda _text: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._grid())
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.files, 1)
        column.addLayout(row)
        column.addStretch(1)
        self._show()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.version, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.released, 0, 1)
        titles = {"zh": (_("What is new, in Chinese"), _("Where to get it, in Chinese")),
                  "en": (_("What is new, in English"), _("Where to get it, in English"))}  # fmt: skip
        for column, lang in enumerate(("zh", "en")):
            grid.addWidget(Field(titles[lang][0], self.news[lang]), 1, column)
            grid.addWidget(Field(titles[lang][1], self.where[lang]), 2, column)
        return grid

    @property
    def number(self) -> str:
        """The version as typed."""
        return self.version.line.text().strip()

    def read(self) -> tuple[dict[str, str], ...]:
        """The rows as they are sent; what is missing says the check of all such notices."""
        day = self.released.read()
        rows = [_row("version", self.number), _row("released", day.isoformat() if day else "")]
        for lang in ("zh", "en"):
            rows += [_row(lang, line.strip(" -–•\t")) for line in said(self.news[lang]).splitlines()]
            rows += [_row(f"where_{lang}", " ".join(said(self.where[lang]).split()))]
        return tuple(row for row in (*rows, *self.installers) if row["words"])

    def ask_files(self) -> None:
        """Ask for the installers of all systems."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Installers…"))
        if names:
            self.add([Path(name) for name in names])

    def add(self, paths: Sequence[Path]) -> Job:
        """Read them in a job, for they are large; one of the same name takes the place of the other."""
        job = Job(lambda _progress, _cancelled: [installer_row(path) for path in paths])
        job.done.connect(self._added)
        job.failed.connect(self.refused)
        job.start()
        return job

    def _added(self, rows: list[dict[str, str]]) -> None:
        names = {row["words"] for row in rows}
        self.installers = [row for row in self.installers if row["words"] not in names] + rows
        self._show()

    def _show(self) -> None:
        none = _("None chosen yet: the notice states the SHA-256 of each, so that nobody installs another.")
        lines = [f"{row['words']}  {row['sha256'][:16]}…" for row in self.installers]
        self.files.setText("\n".join(lines) if lines else none)


def _row(what: str, words: str) -> dict[str, str]:
    return {"what": what, "words": words, "sha256": ""}
