"""Which key signs: a file with its passphrase, or a token with its PIN."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T
from gui.asking import PathField, SecretField
from gui.fields import Field
from gui.keys.certificates import p12_files
from gui.keys.token_fields import TokenFields
from gui.keys.wish import KeyWish
from gui.language import _
from gui.settings import Settings

FILE, TOKEN = "file", "token"


class KeyChoice(QWidget):
    """Asks for the key, on a page or in a dialog; what kind it was is remembered."""

    returned = Signal()
    """Return was pressed in passphrase or PIN."""
    switched = Signal()
    """Between file and token: other fields are shown."""

    def __init__(self, settings: Settings, *, of_root: bool = False) -> None:
        """``of_root``: that of the group's root, which lies elsewhere than the person's own and is remembered apart."""
        super().__init__()
        self._settings, self._of_root = settings, of_root
        self.kind = QComboBox()
        self.kind.addItem(_("Key file (.p12)"), FILE)
        self.kind.addItem(_("Token: card or USB stick"), TOKEN)
        self.file = PathField(_("Key file (.p12)"), p12_files())
        self.secret = SecretField(_("Passphrase"))
        self.token = TokenFields(settings)
        self._of_file = QWidget()
        inside = QVBoxLayout(self._of_file)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(Field(_("Key file (.p12)"), self.file))
        inside.addWidget(Field(_("Passphrase"), self.secret))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (Field(_("Signing key"), self.kind), self._of_file, self.token):
            column.addWidget(part)
        self.kind.setCurrentIndex(self.kind.findData(TOKEN if settings.signs_with_token else FILE))
        self.kind.currentIndexChanged.connect(self._switch)
        self.secret.returnPressed.connect(self._entered)
        self.token.returned.connect(self._entered)
        self._show()

    @property
    def with_token(self) -> bool:
        return bool(self.kind.currentData() == TOKEN)

    def use(self, file: Path | None) -> None:
        """Propose a key file; None: the token."""
        self.kind.setCurrentIndex(self.kind.findData(TOKEN if file is None else FILE))
        if file is not None:
            self.file.set_path(file)

    def propose(self, beside: Path | None = None) -> None:
        """The key that signed last on this computer, else one that lies ``beside``; what is chosen already stays."""
        last = self._settings.root_key_file if self._of_root else self._settings.key_file
        if self.file.path is None:
            self.file.set_path(last if last is not None and last.is_file() else beside)

    def used(self) -> None:
        """It has signed: the file is proposed the next time, and nothing secret is kept."""
        if not self.with_token and self.file.path is not None:
            if self._of_root:
                self._settings.root_key_file = self.file.path
            else:
                self._settings.key_file = self.file.path
        self.forget()

    def wish(self) -> KeyWish:
        """What is entered.

        Raises
        ------
        UserError
            for what is missing.
        """
        if self.with_token:
            chosen = self.token.chosen
            return KeyWish(None, self.token.pin.text(), self.token.needed(), chosen.token, chosen.key)
        file = self.file.needed()
        if not self.secret.text():
            raise UserError(T("The passphrase is empty."), T("Type the passphrase of the key."))
        return KeyWish(file, self.secret.text())

    def forget(self) -> None:
        """Empty passphrase and PIN."""
        self.secret.forget()
        self.token.pin.forget()

    def focus_secret(self) -> None:
        """Where somebody goes who only has to type the passphrase; a wrong one gives way to it."""
        field = self.token.pin if self.with_token else self.secret
        field.setFocus()
        field.selectAll()

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self.kind, self.file.line, self.file.choose, self.secret, *self.token.stops()]

    def _entered(self) -> None:
        self.returned.emit()

    def _switch(self) -> None:
        self._settings.signs_with_token = self.with_token
        self._show()
        self.switched.emit()

    def _show(self) -> None:
        self._of_file.setVisible(not self.with_token)
        self.token.setVisible(self.with_token)
