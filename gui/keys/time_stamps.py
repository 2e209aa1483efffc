"""Who is asked to prove when something was signed, as a field of whatever signs; what was entered is remembered."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.signing.stamping import stamping_address
from gui.fields import Field
from gui.language import _
from gui.settings import Settings


class TimeStampsField(QWidget):
    """Asks for the address of a time stamping authority; may stay empty."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.line = QLineEdit(settings.time_stamps)
        self.line.setPlaceholderText(_("Address https://…; empty: none"))
        name = _("Time stamp (optional)")
        explained = _(
            "An authority (RFC 3161) proves when it was signed. Needs the network; only the SHA-256 of the signature "
            "is sent."
        )
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(explained)
        self.line.setToolTip(explained)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Field(name, self.line))
        self.setFocusProxy(self.line)

    def wish(self) -> str:
        """What is entered, remembered for the next time; empty: no time stamp is wanted.

        Raises
        ------
        UserError
            when it is no address.
        """
        found = stamping_address(self.line.text())
        self._settings.time_stamps = found
        return found
