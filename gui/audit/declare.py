"""A declaration of independence: read, changed where it must be, and signed with a key or on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.audit.declaring import to_sign
from core.errors import UserError
from core.i18n import T
from core.ledger import Declaration, Person
from gui.asking import PathField, Stating
from gui.fields import Field, words_field
from gui.keys.choice import KeyChoice
from gui.language import _
from gui.quality.parts import combo
from gui.settings import Settings

KEY, PAPER = "key", "paper"


@dataclass(frozen=True, slots=True)
class Signed:
    """With a key."""

    declaration: Declaration
    signature: bytes
    fingerprint: str
    """Of the certificate."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """By hand, with a scan that is to be kept."""

    declaration: Declaration
    scan: Path


class DeclareDialog(Stating):
    """States that somebody ``Signed`` the declaration, or that they did ``OnPaper``."""

    def __init__(self, made: Declaration, person: Person, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(
            _("Declaration of independence: {name}", name=person.name),
            _("Read it, change what does not hold, and sign it. The signature binds you to your certificate."),
            _("Declare"),
            parent,
        )
        self._made, self._person = made, person
        self.text = words_field(made.text, 10)
        self.how = combo(_("How it is signed"), [(_("with my key"), KEY), (_("on paper, here is the scan"), PAPER)])
        self.key = KeyChoice(settings)
        self.key.returned.connect(self.go.click)
        self.key.switched.connect(self._make_room)
        self.scan = PathField(_("Scan of the signed paper"))
        self._of_paper = Field(_("Scan of the signed paper"), self.scan)
        self.add(_("Declaration"), self.text)
        self.add(_("How it is signed"), self.how)
        self.fields.addWidget(self.key)
        self.fields.addWidget(self._of_paper)
        self.how.currentIndexChanged.connect(lambda _row: self._show_how())
        self._show_how()

    def _show_how(self) -> None:
        with_key = self.how.currentData() == KEY
        self.key.setVisible(with_key)
        self._of_paper.setVisible(not with_key)
        self._make_room()

    def _make_room(self) -> None:
        self.grow()

    def work(self) -> Callable[[], object]:
        text = self.text.toPlainText().strip()
        if not text:
            raise UserError(T("The declaration says nothing."), T("Take the usual text, or write one."))
        made = replace(self._made, text=text)
        if self.how.currentData() == PAPER:
            scan = self.scan.needed()
            return lambda: OnPaper(made, scan)
        wish, person = self.key.wish(), self._person

        def sign() -> Signed:
            from core.handover.binding import check_theirs
            from core.signing import fingerprint, sign_statement

            with wish.opened(datetime.now(UTC)) as identity:
                check_theirs(identity.certificate, person)
                return Signed(made, sign_statement(to_sign(made), identity), fingerprint(identity.certificate))

        return sign

    def accept(self) -> None:
        """The declaration is kept; the passphrase is not."""
        self.key.forget()
        super().accept()
