"""The question who acts at head office, asked where it is needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import UserError
from core.i18n import T
from gui.asking import Stating
from gui.language import _
from gui.office.person import Acting
from gui.settings import Settings


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
