"""Encrypting the open file, another passphrase for it, and none again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from core.errors import UserError
from core.i18n import T
from core.passphrase import Passphrase
from core.store import protect, unlock
from gui.asking import Asking
from gui.jobs import Cancelled, Job
from gui.language import _
from gui.protection.fields import NewPassphrase, PassphraseField, capitals_hint
from gui.topbar import Desk
from gui.widgets import label

LOOK_MS = 100
"""Between two looks at how far the work is."""


class Rewriting(Asking):
    """The file is let go of while it is written anew; what is on the screen stays."""

    def __init__(self, desk: Desk, title: str, explained: str, do: str, parent: QWidget | None) -> None:
        super().__init__(title, explained, do, parent)
        self.desk = desk
        self.intact = True
        """False: the file has to be opened anew, for somebody else took it meanwhile."""
        self._cancel = threading.Event()
        self._share = 0.0
        self._bar.setRange(0, 1000)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(lambda: self._bar.setValue(round(1000 * self._share)))

    def passphrases(self) -> tuple[Passphrase | None, Passphrase | None]:
        """The one that the file has, where it is asked again, and the new one.

        Raises
        ------
        UserError
            for what is missing or wrong.
        """
        raise NotImplementedError

    def work(self) -> Callable[[], object]:
        """Write it anew, off the window's thread."""
        path = self.desk.file.path
        old, new = self.passphrases()
        if Job.any_running():
            raise UserError(T("Some work is going on."), T("Wait until the work is done, or cancel it."))
        whole = 3 * max(1, path.stat().st_size)
        self._cancel.clear()
        self._clock.start()
        self.desk.file.suspend()

        def watch(done: int) -> None:
            self._share = min(1.0, done / whole)
            if self._cancel.is_set():
                raise Cancelled

        def act() -> object:
            if old is not None:
                unlock(path, old)
            return protect(path, new, watch)

        return act

    def reject(self) -> None:
        """Cancel stops the work; the file is what it was then."""
        if self._job is not None:
            self._cancel.set()
        super().reject()

    def _finished(self, result: object) -> None:
        self._take_back()
        super()._finished(result)

    def _ended(self) -> None:
        self._clock.stop()
        self._take_back()
        super()._ended()

    def _take_back(self) -> None:
        if not self.desk.file.suspended:
            return
        try:
            self.intact = self.desk.file.resume()
        except UserError as error:
            self.intact = False
            self.complain(error)


class Promise:
    """Two fields for a passphrase, what it does not protect, and the promise that it is not lost."""

    def __init__(self, dialog: Asking, *further: str) -> None:
        self.new = NewPassphrase(dialog)
        for words in (
            _("Without the passphrase nobody can open the file, nor can we: there is no way back in."),
            _("Not protected: reports, tables and proofs that leave the file, what is on the screen, a computer that"
              " somebody else controls."),
            *further,
        ):  # fmt: skip
            dialog.fields.addWidget(label(words, "muted", wrap=True))
        self.kept = QCheckBox(_("I have written the passphrase down and keep it in a safe place"))
        dialog.fields.addWidget(self.kept)

    def read(self) -> Passphrase:
        """What was typed twice.

        Raises
        ------
        UserError
            when both differ, it is weak, or nothing was promised.
        """
        passphrase = self.new.read()
        if not self.kept.isChecked():
            raise UserError(
                T("A lost passphrase is a lost file."), T("Write it down, keep it in a safe place, and tick the box.")
            )
        return passphrase


class EncryptDialog(Rewriting):
    """A passphrase for a plain file."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        explained = _("“{file}” will open with its passphrase alone, here and on the command line.",
                      file=desk.file.path.name)  # fmt: skip
        super().__init__(desk, _("Encrypt this file"), explained, _("Encrypt"), parent)
        self.promise = Promise(self, _("The medium may still hold bytes of the old, plain file."))

    def passphrases(self) -> tuple[Passphrase | None, Passphrase | None]:
        return None, self.promise.read()


class CreateDialog(Asking):
    """A new plant that is encrypted from its first byte."""

    def __init__(self, path: Path, create: Callable[[Passphrase], object], parent: QWidget | None) -> None:
        explained = _("“{file}” will open with its passphrase alone, here and on the command line.", file=path.name)
        super().__init__(_("Encrypt the new file"), explained, _("Create"), parent)
        self._create = create
        self.promise = Promise(self)

    def work(self) -> Callable[[], object]:
        passphrase = self.promise.read()
        return lambda: self._create(passphrase)


class ChangeDialog(Rewriting):
    """Another passphrase, by somebody who knows the one it has."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        explained = _("Copies and backups that were made before keep the old passphrase.")
        super().__init__(desk, _("Change the passphrase"), explained, _("Change the passphrase"), parent)
        self.old = PassphraseField(_("Present passphrase"))
        self.add(_("Present passphrase"), self.old)
        self.new = NewPassphrase(self)
        self.old.setFocus()

    def passphrases(self) -> tuple[Passphrase | None, Passphrase | None]:
        return self.old.passphrase, self.new.read()


class RemoveDialog(Rewriting):
    """None any more, by somebody who knows the one it has."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        explained = _("“{file}” becomes a plain file: whoever has it can read it.", file=desk.file.path.name)
        super().__init__(desk, _("Remove the passphrase"), explained, _("Remove the passphrase"), parent)
        self.old = PassphraseField(_("Present passphrase"))
        self.add(_("Present passphrase"), self.old)
        self.fields.addWidget(capitals_hint(self.old))
        self.old.setFocus()

    def passphrases(self) -> tuple[Passphrase | None, Passphrase | None]:
        return self.old.passphrase, None
