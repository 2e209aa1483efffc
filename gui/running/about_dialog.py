"""About the program: its version, what it is made of, what it knows, where its things lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.cli.about import COUNTS, PLACES, counted, told
from core.i18n import T
from core.running.about import TITLE, About, about
from core.running.places import private_folder
from gui.asking import copyable
from gui.icons import pixmap
from gui.keys.sign_panel import open_with_system
from gui.language import _, language, say
from gui.settings import Settings
from gui.widgets import as_large, button, heading, label, marked, scrolled, subheading


class AboutDialog(QDialog):
    """Everything that somebody who helps will ask for, with one button that copies it."""

    def __init__(self, settings: Settings, newer: Sequence[tuple[str, str]], parent: QWidget | None) -> None:
        """Show it.

        Parameters
        ----------
        settings
            of the person, with the places of the program.
        newer
            title and words of the update notices that count.
        """
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(_("About {program}", program=TITLE))
        self.one: About = about(settings.where, counted(), str(qVersion()))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for widget in (*self._newer(newer), *self._made(), *self._places()):
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(12)
        whole.addLayout(self._head())
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(self._buttons())
        as_large(self, 96, 92)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        sign = QLabel()
        sign.setPixmap(pixmap("plant", "accent", 40))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading(TITLE))
        words.addWidget(copyable(_("Version {version}", version=self.one.version), _("Version")))
        row.addLayout(words, 1)
        return row

    def _newer(self, newer: Sequence[tuple[str, str]]) -> list[QWidget]:
        found: list[QWidget] = []
        for title, words in newer:
            found += [marked("info", "accent", title), copyable(words, title)]
        return found

    def _made(self) -> list[QWidget]:
        one = self.one
        made = _("Python {python}, Qt {qt}, SQLite {sqlite}, on {system} ({machine})", python=one.python, qt=one.qt,
                 sqlite=one.sqlite, system=one.system, machine=one.machine)  # fmt: skip
        known = _("It knows: {counts}", counts=[T("{count} {what}", count=number, what=COUNTS[key])
                                                for key, number in one.counts.items()])  # fmt: skip
        licence = _("Free software under the Apache License 2.0; its fonts under the SIL Open Font License 1.1.")
        return [copyable(made, _("What it is made of")), label(known, wrap=True), label(licence, "muted", wrap=True)]

    def _places(self) -> list[QWidget]:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for row, (key, words) in enumerate(PLACES.items()):
            grid.addWidget(label(say(words)), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(copyable(str(self.one.places.named[key]), say(words)), row, 1)
        found: list[QWidget] = [subheading(_("Where its things lie"))]
        if self.one.places.portable is not None:
            found.append(label(_("Everything is kept in one folder (portable mode)."), wrap=True))
        return [*found, holder]

    def _buttons(self) -> QHBoxLayout:
        self.copy = button(_("Copy"), self.copy_all, picture="paste")
        self.logs = button(_("Show the log folder"), lambda: show_folder(self.one.places.logs), picture="open")
        self.licences = button(_("Licences…"), self.show_licences, picture="info")
        self.close_it = button(_("Close"), self.accept, role="primary")
        self.close_it.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.logs)
        row.addWidget(self.licences)
        row.addStretch(1)
        row.addWidget(self.close_it)
        return row

    def show_licences(self) -> None:
        """Whose work is inside."""
        from gui.running.licences_dialog import LicencesDialog

        self.shown = LicencesDialog(self._settings, self)
        self.shown.finished.connect(self.shown.deleteLater)
        self.shown.open()

    def copy_all(self) -> None:
        """Into the clipboard; paths too, for it is the person who hands them on."""
        QGuiApplication.clipboard().setText("\n".join(told(self.one, language())))


def show_folder(folder: Path) -> None:
    """In the file manager of the system; made where it is not there yet."""
    private_folder(folder)
    open_with_system(folder)
