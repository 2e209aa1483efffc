"""Files on their way into the register of proofs, linked and described, as one change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from core.exchange.proofs import Attachment, Proof, proof_of
from core.exchange.register import NOTHING_SAID, Described, adding
from gui.evidence.keeping import LOOKED, Keeper
from gui.language import _
from gui.page import Page
from gui.panes import local_files
from gui.session import Session
from gui.undoing import tell_change

PICTURE = "other"
"""What a pasted picture is until somebody says more."""


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

    def paste(self, rows: Sequence[str] = (), now: datetime | None = None) -> bool:
        """Keep the files or the picture of the clipboard; False when it holds neither."""
        if paths := local_files(QGuiApplication.clipboard().mimeData()):
            self.take(paths, rows)
            return True
        proof = self._page.attempt(lambda: clipped_picture(PICTURE, now))
        if proof is not None:
            self.keep([proof], rows)
        return not QGuiApplication.clipboard().image().isNull()

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


def clipped_picture(kind: str, now: datetime | None = None) -> Proof | None:
    """The picture in the clipboard as a file that is called by the moment; None when there is none.

    Raises
    ------
    UserError
        when it is too large to be kept.
    """
    image = QGuiApplication.clipboard().image()
    return None if image.isNull() else proof_of(f"{now or datetime.now():%Y-%m-%d %H.%M.%S}.png", png_of(image), kind)


def png_of(image: QImage) -> bytes:
    """A picture as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
