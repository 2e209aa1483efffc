"""A declaration of independence: read, changed where it must be, and signed with a key or on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.audit.declaring import to_sign
from core.errors import UserError
from core.exchange.proofs import Proof, load_proof
from core.i18n import T
from core.ledger import Declaration, Person
from gui.asking import Asking, PathField
from gui.fields import Field
from gui.key_choice import KeyChoice
from gui.language import _
from gui.quality_parts import combo
from gui.settings import Settings

KEY, PAPER = "key", "paper"


class DeclareDialog(Asking):
    """``signed`` gets declaration, signature and fingerprint, ``on_paper`` declaration and scan; what they refuse
    stands inside the dialog."""

    def __init__(
        self,
        made: Declaration,
        person: Person,
        settings: Settings,
        signed: Callable[[Declaration, bytes, str], object],
        on_paper: Callable[[Declaration, Proof], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            _("Declaration of independence: {name}", name=person.name),
            _("Read it, change what does not hold, and sign it. The signature binds you to your certificate."),
            _("Declare"),
            parent,
        )
        self._made, self._person, self._signed, self._on_paper = made, person, signed, on_paper
        self.text = QPlainTextEdit(made.text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.fontMetrics().height() * 10)
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
        self.resize(self.size().expandedTo(self.sizeHint()))

    def work(self) -> Callable[[], object]:
        text = self.text.toPlainText().strip()
        if not text:
            raise UserError(T("The declaration says nothing."), T("Take the usual text, or write one."))
        made = replace(self._made, text=text)
        if self.how.currentData() == PAPER:
            proof = load_proof(self.scan.needed(), "other")
            return lambda: (made, proof)
        wish, person = self.key.wish(), self._person

        def sign() -> tuple[Declaration, bytes, str]:
            from core.handover.binding import check_theirs
            from core.signing import fingerprint, sign_statement

            with wish.opened(datetime.now(UTC)) as identity:
                check_theirs(identity.certificate, person)
                return made, sign_statement(to_sign(made), identity), fingerprint(identity.certificate)

        return sign

    def succeeded(self, result: object) -> None:
        """On the thread of the window, for it edits the session."""
        assert isinstance(result, tuple)
        try:
            self._signed(*result) if len(result) == 3 else self._on_paper(*result)
        except UserError as error:
            self.complain(error)
            return
        self.key.forget()
        super().succeeded(result)
