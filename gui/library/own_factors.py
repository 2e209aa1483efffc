"""Add, alter, retire and remove own factors: each one undoable change, with the proof in the same change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.exchange.own_factors import OwnFactorChange, removing, saving
from core.exchange.proofs import Proof
from core.ledger import OwnFactor
from gui.evidence.keeping import Keeper
from gui.library.factor_dialog import FactorDialog, Wish
from gui.library.retire_dialog import RetireDialog
from gui.page import Page
from gui.session import Session
from gui.undoing import tell_change


class OwnFactors(QObject):
    """Asks through dialogs over a page, and says through it what happened."""

    kept = Signal(str)
    """Id of the factor that was added or altered."""

    def __init__(self, page: Page, session: Session) -> None:
        super().__init__(page)
        self._page, self._session = page, session

    def add(self, proof: Path | None = None) -> FactorDialog:
        """A new factor; ``proof`` is the file that states it, where it is known."""
        return self._ask(None, proof)

    def alter(self, own: OwnFactor) -> FactorDialog:
        """The same form, filled in."""
        return self._ask(own, None)

    def _ask(self, own: OwnFactor | None, proof: Path | None) -> FactorDialog:
        session = self._session
        dialog = FactorDialog(session.ledger, session.library, session.year, own, proof, self._page)
        dialog.stated.connect(lambda wish: self.save(wish, dialog))
        dialog.open()
        return dialog

    def save(self, wish: Wish, dialog: FactorDialog | None = None) -> None:
        """One change, with the file; the dialog it was said in is told what is refused."""
        session = self._session

        def act(proofs: list[Proof]) -> OwnFactorChange:
            proof = next(iter(proofs), None)
            return saving(wish.draft, session.ledger, session.library, session.person, datetime.now(UTC), proof)

        def done(made: OwnFactorChange, changed: bool) -> None:
            if dialog is not None:
                dialog.accept()
            tell_change(self._page, session, made.why, changed=changed)
            self.kept.emit(made.factor.id)

        complain = None if dialog is None else dialog.complain
        Keeper(self._page, session, dialog, complain).take(wish.paths, act, done)

    def retire(self, own: OwnFactor) -> RetireDialog:
        """Ask for the last day on which it holds."""
        dialog = RetireDialog(own, self._session.year, self._page)
        dialog.done_well.connect(lambda retired: self.save(Wish(retired, ())))
        dialog.open()
        return dialog

    def remove(self, own: OwnFactor) -> None:
        """Take a factor away that no record names."""
        session = self._session
        change = self._page.attempt(lambda: removing(session.ledger, own.id, session.person, datetime.now(UTC)))
        if change is not None and self._page.attempt(lambda: session.confirm(change)) is not None:
            tell_change(self._page, session, change.why)
