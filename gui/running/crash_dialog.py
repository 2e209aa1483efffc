"""A report of what went wrong: to be read, copied and saved. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from core.disk import write_safely
from core.errors import UserError
from gui.language import _, language
from gui.widgets import as_large, button, heading, label


class ReportDialog(QDialog):
    """All of it is seen before anybody gets it."""

    def __init__(self, title: str, explained: str, text: str, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._text, self._name = text, name
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Report"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.told = label("", wrap=True)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(title))
        column.addWidget(label(explained, wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.told)
        column.addLayout(self._buttons())
        as_large(self, 112, 84)

    def _buttons(self) -> QHBoxLayout:
        self.copy = button(_("Copy"), self.copy_all, picture="paste")
        self.save = button(_("Save as…"), self.save_as, picture="export")
        self.close_it = button(_("Close"), self.accept, role="primary")
        self.close_it.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.close_it)
        return row

    def copy_all(self) -> None:
        """Into the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
        self._tell(_("The report is in the clipboard."))

    def save_as(self) -> None:
        """Where the person says."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), self._name, f"{_('Text')} (*.txt)")
        if not name:
            return
        path = Path(name)
        try:
            write_safely(path, self._text.encode("utf-8"))
        except UserError as error:
            self._tell(error.text(language()))
        else:
            self._tell(_("Saved {file}.", file=path.name))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        self.told.show()


def crash_dialog(text: str, parent: QWidget | None) -> ReportDialog:
    """Of something that went wrong."""
    return ReportDialog(
        _("Something went wrong inside the program"),
        _("What you confirmed is kept: each change is written whole or not at all. This report helps those who mend "
          "the program. It holds no names, no paths and no values of your plant, and it is sent to nobody: read it, "
          "then copy or save it and hand it on yourself."),
        text, "plant-audit-report.txt", parent,
    )  # fmt: skip
