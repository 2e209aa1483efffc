"""Files on their way into the register of proofs, linked and described, as one change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.exchange.proofs import Attachment, Proof
from core.exchange.register import NOTHING_SAID, Described, adding
from gui.evidence.keeping import LOOKED, Keeper
from gui.language import _
from gui.page import Page
from gui.session import Session
from gui.undoing import tell_change


class Intake(QObject):
    """Keeps files for a page; what happened is told through the page."""

    taken = Signal(object)
    """Ids of the proofs that are in the register now, a tuple."""

    def __init__(self, page: Page, session: Session) -> None:
        super().__init__(page)
        self._page, self._session = page, session
        self.keeper = Keeper(page, session)

    def take(self, paths: Sequence[Path], rows: Sequence[str] = (), said: Described = NOTHING_SAID) -> None:
        """Keep files and link them to these records."""
        self.keeper.look(paths, lambda proofs: self.keep(proofs, rows, said), share=LOOKED)

    def keep(self, proofs: Sequence[Proof], rows: Sequence[str] = (), said: Described = NOTHING_SAID) -> None:
        """The same of files that were looked at, or that are in memory."""

        def act() -> Attachment:
            return adding(self._session.ledger, proofs, rows, said)

        self.keeper.keep(act, lambda found, changed: self._tell(found, proofs, changed))

    def _tell(self, found: Attachment, proofs: Sequence[Proof], changed: bool) -> None:
        if changed:
            tell_change(self._page, self._session, found.why)
        else:
            words = _("“{file}” is attached already; nothing was changed.", file=", ".join(p.name for p in proofs))
            self._page.tell("info", words)
        hashes = {proof.sha256 for proof in proofs}
        kept = (one for one in self._session.ledger.evidence if one.sha256 in hashes and one.kind != "import")
        self.taken.emit(tuple(one.id for one in kept))
