"""A field for a passphrase that says when Caps Lock seems to be on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from core.passphrase import SHORTEST, Passphrase
from gui.asking import Asking, SecretField, same_passphrase
from gui.language import _
from gui.widgets import label


class PassphraseField(SecretField):
    """Qt does not tell whether Caps Lock is on; a capital letter that comes without Shift does."""

    capitals = Signal(bool)
    """After a letter: whether Caps Lock seems to be on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(text.isupper() != shift)
        super().keyPressEvent(event)

    @property
    def passphrase(self) -> Passphrase:
        """What is typed."""
        return Passphrase(self.text())


def capitals_hint(*fields: PassphraseField) -> QLabel:
    """The line below fields that is seen while Caps Lock seems to be on."""
    made = label(_("Caps Lock seems to be on."), "warning")
    made.hide()
    for field in fields:
        field.capitals.connect(made.setVisible)
    return made


class NewPassphrase:
    """Two fields of a dialog for a passphrase to be, with what makes a good one."""

    def __init__(self, dialog: Asking) -> None:
        self.first, self.again = PassphraseField(_("New passphrase")), PassphraseField(_("Passphrase again"))
        hint = _("At least {count} characters. Some words that nobody would put together are easy to remember.",
                 count=SHORTEST)  # fmt: skip
        dialog.add(_("New passphrase"), self.first, hint)
        dialog.add(_("Passphrase again"), self.again)
        dialog.fields.addWidget(capitals_hint(self.first, self.again))
        self.first.setFocus()

    def read(self) -> Passphrase:
        """What was typed twice.

        Raises
        ------
        UserError
            when both differ, or it is weak.
        """
        passphrase = Passphrase(same_passphrase(self.first, self.again))
        passphrase.check()
        return passphrase

    def forget(self) -> None:
        """Empty both."""
        self.first.forget()
        self.again.forget()
