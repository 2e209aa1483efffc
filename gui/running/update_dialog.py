"""What an update notice says, and whether a file is the one that was signed for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from gui.asking import copyable
from gui.jobs import Job
from gui.language import _, language, say
from gui.running.updates import title_of
from gui.widgets import as_large, button, heading, label, marked, scrolled, subheading

if TYPE_CHECKING:
    from core.handover.updates import Update


class UpdateDialog(QDialog):
    """What is new, where to get it, and by which digits one knows the right file."""

    def __init__(self, one: Update, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A newer version"))
        self._one = one
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for widget in self._parts():
            column.addWidget(widget)
        column.addStretch(1)
        self.copy = button(_("Copy"), self.copy_all, picture="paste")
        self.check_file = button(_("Check a file…"), self.ask_file, picture="check")
        self.close_it = button(_("Close"), self.accept, role="primary")
        self.close_it.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.check_file)
        row.addStretch(1)
        row.addWidget(self.close_it)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(12)
        whole.addWidget(heading(title_of(one)))
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(row)
        as_large(self, 88, 76)

    def _parts(self) -> list[QWidget]:
        one = self._one
        signed = _("Signed by {signer} of {group}, and unaltered since.", signer=one.signer, group=one.group)
        news = [words for name in one.news if (words := say(name))]
        found: list[QWidget] = [marked("trust", "good", signed), subheading(_("What is new"))]
        found += [label(f"– {words}", wrap=True) for words in news]
        found += [subheading(_("Where to get it")), copyable(say(one.where), _("Where to get it"))]
        if one.note:
            found.append(label(_("Head office adds: {words}", words=one.note), wrap=True))
        found.append(subheading(_("SHA-256 of its files")))
        for name, digest in one.installers:
            grouped = " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
            found += [label(name), copyable(grouped, name)]
        found.append(label(_("The program fetches nothing by itself. Check a file before you start it: it must be the "
                             "very one that was signed for."), "muted", wrap=True))  # fmt: skip
        self.told = label("", wrap=True)
        self.told.hide()
        return [*found, self.told]

    def ask_file(self) -> None:
        """Ask for an installer and hold it against the notice."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Check a file"))
        if name:
            self.check(Path(name))

    def check(self, path: Path) -> Job:
        """Whether it is one of those that were signed for; large ones take a moment."""
        from core.handover.updates import which_installer

        job = Job(lambda _progress, _cancelled: which_installer(path, self._one))
        job.done.connect(self._unaltered)
        job.failed.connect(self._altered)
        job.start()
        return job

    def _unaltered(self, name: str) -> None:
        self._say("good", _("This file is {name} of version {version}, unaltered.", name=name,
                            version=self._one.version))  # fmt: skip

    def _altered(self, error: UserError) -> None:
        self._say("bad", error.text(language()))

    def _say(self, role: str, words: str) -> None:
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        self.told.setText(words)
        self.told.setAccessibleName(words)
        self.told.show()

    def copy_all(self) -> None:
        """Into the clipboard, as the command line says it."""
        from core.cli.update import told

        QGuiApplication.clipboard().setText("\n".join(told(self._one, language())))
