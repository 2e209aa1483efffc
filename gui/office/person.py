"""Who acts at head office: the button in the top bar that says so, and the question for a name where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import UserError
from core.i18n import T
from gui.acting import ActingButton
from gui.asking import Stating
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


class NameDialog(Stating):
    """One field: who you are."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(
            _("Who are you?"),
            _(
                "Decisions and certificates carry your name. A name is no proof of who you are: anybody at this "
                "computer can choose it. Only a signature with your own key proves it."
            ),
            _("Act as this person"),
            parent,
        )
        self.name = QLineEdit(name)
        self.add(_("Your name"), self.name)

    def work(self) -> Callable[[], object]:
        name = self.name.text().strip()
        if not name:
            raise UserError(T("A name is needed."), T("Enter your own."))
        return lambda: name


def ask_name(office: Acting, settings: Settings, parent: QWidget | None) -> bool:
    """Ask who acts, and remember it; False when the person thinks better of it."""
    dialog = NameDialog(settings.person or office.person, parent)
    given: list[str] = []

    def take(name: object) -> None:
        given.append(str(name))
        dialog.accept()

    dialog.stated.connect(take)
    dialog.exec()
    dialog.deleteLater()
    for name in given:
        settings.person = office.person = name
    return bool(given)


def known_person(office: Acting, settings: Settings, parent: QWidget | None) -> bool:
    """Whether somebody has said who acts; asked now when not, for what follows is final."""
    return bool(settings.person) or ask_name(office, settings, parent)


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
        ask_name(self._office, self._settings, self.window())
        self.refresh()
