"""The question for a passphrase when an encrypted file is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.store import is_locked, unlock
from gui.asking import Asking
from gui.language import _
from gui.protection.fields import PassphraseField, capitals_hint


class UnlockDialog(Asking):
    """Asks until the passphrase is right or the person gives up; a wrong one is said in place."""

    def __init__(self, path: Path, parent: QWidget | None, title: str = "", explained: str = "") -> None:
        words = _("“{file}” is encrypted, or is not a file of this program: only the right passphrase tells.",
                  file=path.name)  # fmt: skip
        super().__init__(title or _("Unlock"), explained or words, _("Unlock"), parent)
        self._path = path
        self.passphrase = PassphraseField(_("Passphrase"))
        self.add(_("Passphrase"), self.passphrase)
        self.fields.addWidget(capitals_hint(self.passphrase))
        self.passphrase.setFocus()

    def work(self) -> Callable[[], object]:
        """Deriving the key takes a moment, on purpose."""
        path, passphrase = self._path, self.passphrase.passphrase
        return lambda: unlock(path, passphrase)

    def succeeded(self, result: object) -> None:
        """Nothing of it stays in the field."""
        self.passphrase.forget()
        super().succeeded(result)


def when_unlocked(path: Path, parent: QWidget | None, then: Callable[[], object]) -> UnlockDialog | None:
    """Go on with a file, at once or when its passphrase was given; the dialog, where one is needed."""
    try:
        locked = is_locked(path)
    except OSError:
        locked = False  # whoever opens it says what is wrong
    if not locked:
        then()
        return None
    dialog = UnlockDialog(path, parent)
    dialog.done_well.connect(lambda _result: then())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
