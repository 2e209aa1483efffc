"""Who acts at head office: the button in the top bar that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gui.acting import ActingButton
from gui.icons import icon
from gui.language import _
from gui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class Acting(Protocol):
    """What is asked of the office here."""

    person: str

    @property
    def changed(self) -> SignalInstance: ...


class ActingAtOffice(ActingButton):
    """Says who acts; pressed, it asks for another name."""

    def __init__(self, office: Acting, settings: Settings) -> None:
        super().__init__()
        self._office, self._settings = office, settings
        self.refresh()

    def refresh(self) -> None:
        """Say who acts, and warn while nobody has said so."""
        name, said = self._office.person, bool(self._settings.person)
        self.say(name)
        self.setIcon(icon("plant", "accent") if said else icon("warning", "warning"))
        self.setToolTip(
            name if said else _("Nobody has said who this is; the name is that of this computer's account.")
        )
        self.setAccessibleDescription(self.toolTip())

    def choose(self) -> None:
        """Ask, and act as somebody else from then on."""
        from gui.office.naming import ask_name

        ask_name(self._office, self._settings, self.window())
        self.refresh()
