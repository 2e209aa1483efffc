"""Copies for mail, and what came by mail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.handover.mailing import name_for, receive, send
from core.passphrase import Passphrase, one_time
from gui.asking import Asking, PathField, copyable
from gui.fonts import figures, scaled
from gui.language import _
from gui.protection.fields import PassphraseField, capitals_hint
from gui.widgets import label


class SendDialog(Asking):
    """Which file, and where the encrypted copy goes; then the passphrase, this once."""

    def __init__(self, path: Path | None, parent: QWidget | None) -> None:
        explained = _("A plant or group file stays one, under a passphrase of its own. Any other file, such as a"
                      " report, becomes a file of the format age, which opens without this program too.")  # fmt: skip
        super().__init__(_("Encrypt a copy for mail"), explained, _("Encrypt a copy"), parent)
        self.file = PathField(_("File"))
        self.out = PathField(_("Encrypted copy"), what="save")
        self.file.line.textChanged.connect(self._propose)
        self.add(_("File"), self.file)
        self.add(_("Encrypted copy"), self.out)
        self.file.set_path(path)

    def _propose(self) -> None:
        path = self.file.path
        self.out.set_path(None if path is None else path.with_name(name_for(path)))

    def work(self) -> Callable[[], object]:
        path, out, passphrase = self.file.needed(), self.out.needed(), one_time()

        def act() -> object:
            send(path, out, passphrase)
            return passphrase

        return act

    def succeeded(self, result: object) -> None:
        """Show the passphrase, which nobody keeps."""
        assert isinstance(result, Passphrase)
        word = copyable(result.word, _("Passphrase"))
        word.setFont(figures(scaled(word.font(), 1.5, strong=True)))
        self.show_result(
            label(_("Attach {file} to the mail.", file=str(self.out.path)), wrap=True),
            label(_("Passphrase"), "muted"),
            word,
            label(_("Tell it by telephone, never in the same mail. It is shown this once."), "warning", wrap=True),
        )


class ReceiveDialog(Asking):
    """Which file came, its passphrase, and where the contents go."""

    def __init__(self, parent: QWidget | None) -> None:
        explained = _("For files that end in .age. An encrypted plant or group file is opened like any other.")
        super().__init__(_("Decrypt a file that came by mail"), explained, _("Decrypt"), parent)
        self.file = PathField(_("Encrypted file"), f"{_('Encrypted files')} (*.age)")
        self.out = PathField(_("Decrypted file"), what="save")
        self.passphrase = PassphraseField(_("Passphrase"))
        self.file.line.textChanged.connect(self._propose)
        self.add(_("Encrypted file"), self.file)
        self.add(_("Passphrase"), self.passphrase, _("The one that you were told by telephone."))
        self.fields.addWidget(capitals_hint(self.passphrase))
        self.add(_("Decrypted file"), self.out)

    def _propose(self) -> None:
        path = self.file.path
        named = path is not None and path.suffix.casefold() == ".age"
        self.out.set_path(path.with_suffix("") if named and path is not None else None)

    def work(self) -> Callable[[], object]:
        path, out, passphrase = self.file.needed(), self.out.needed(), self.passphrase.passphrase
        return lambda: receive(path, out, passphrase)

    def succeeded(self, result: object) -> None:
        self.passphrase.forget()
        super().succeeded(result)
