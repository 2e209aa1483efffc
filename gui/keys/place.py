"""Where a new key is kept, as a part of dialogs that make or complete one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gui.asking import Asking
from gui.fields import Field
from gui.keys.token_fields import TokenFields
from gui.language import _
from gui.settings import Settings


class Place:
    """Where a key is kept: in a file or on a token; the fields of the other are hidden."""

    def __init__(self, dialog: Asking, settings: Settings | None) -> None:
        self._dialog, self._settings = dialog, settings
        self._file = QWidget()
        self._fields = QVBoxLayout(self._file)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setSpacing(10)
        self.kind = QComboBox()
        self.kind.addItem(_("In a file"), "file")
        self.token: TokenFields | None = None
        if settings is not None:
            self.kind.addItem(_("On a token: card or USB stick"), "token")
            dialog.add(_("Where the key is kept"), self.kind)
            self.token = TokenFields(settings, "token")
            self.token.hide()
            self.token.returned.connect(dialog.go.click)
            dialog.fields.addWidget(self.token)
        dialog.fields.addWidget(self._file)
        self.kind.currentIndexChanged.connect(self._show)

    def of_file(self, name: str, widget: QWidget, hint: str = "") -> None:
        """One more field that only a file needs."""
        self._fields.addWidget(Field(name, widget, hint))

    @property
    def with_token(self) -> bool:
        return bool(self.kind.currentData() == "token")

    def opened(self) -> tuple[Path, str, str]:
        """Library, PIN and serial number of the token.

        Raises
        ------
        UserError
            when the library is missing.
        """
        assert self.token is not None
        return self.token.needed(), self.token.pin.text(), self.token.chosen.token

    def _show(self) -> None:
        self._file.setVisible(not self.with_token)
        if self.token is not None:
            self.token.setVisible(self.with_token)
        self._dialog.resize(self._dialog.size().expandedTo(self._dialog.sizeHint()))
