"""Add, alter, retire and remove own factors: each one undoable change, with the proof in the same change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.exchange.own_factors import removing, saving
from core.ledger import OwnFactor
from gui.factor_dialog import FactorDialog, Wish
from gui.language import _
from gui.page import Page
from gui.retire_dialog import RetireDialog
from gui.session import Session


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
        dialog.stated.connect(lambda wish: self._save(wish, dialog))
        dialog.open()
        return dialog

    def _save(self, wish: Wish, dialog: FactorDialog) -> None:
        if self.save(wish):
            dialog.accept()

    def save(self, wish: Wish) -> bool:
        """One change; False when it was refused, which is told."""
        key = self._page.attempt(lambda: self._keep(wish))
        if key is not None:
            self.kept.emit(key)
        return key is not None

    def _keep(self, wish: Wish) -> str:
        session = self._session
        made = saving(wish.draft, session.ledger, session.library, session.person, datetime.now(UTC), wish.proof)
        if session.edit(made.change.why, made.change.steps, made.data) is None:
            self._page.tell("info", _("Nothing was changed."))
        else:
            self._page.tell("good", _("{what}.", what=made.change.why), self._undo())
        return made.factor.id

    def retire(self, own: OwnFactor) -> RetireDialog:
        """Ask for the last day on which it holds."""
        dialog = RetireDialog(own, self._session.year, self._page)
        dialog.done_well.connect(lambda retired: self.save(Wish(retired, None)))
        dialog.open()
        return dialog

    def remove(self, own: OwnFactor) -> None:
        """Take a factor away that no record names."""
        session = self._session
        change = self._page.attempt(lambda: removing(session.ledger, own.id, session.person, datetime.now(UTC)))
        if change is not None and self._page.attempt(lambda: session.confirm(change)) is not None:
            self._page.tell("good", _("{what}.", what=change.why), self._undo())

    def _undo(self) -> tuple[str, Callable[[], object]]:
        return (_("Undo"), lambda: self._page.attempt(self._session.undo))
