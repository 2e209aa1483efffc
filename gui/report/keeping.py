"""A signed report on its way into its file and into the plant that knows of it: both or neither."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.blob import Content
from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Ledger
from gui.session import Session


def keep(
    session: Session, ledger: Ledger, pdf: bytes, out: Path, change: Change | None, blobs: Iterable[Content] = ()
) -> None:
    """Write it and remember it, on the GUI thread.

    Parameters
    ----------
    session
        of the plant.
    ledger
        what was signed, of which the change was made.
    pdf, out
        the signed report, and where it goes.
    change, blobs
        what the plant remembers; None: nothing.

    Raises
    ------
    UserError
        when the plant was changed meanwhile, or the change or a disk is refused; see
        :func:`core.store.publishing.publish`.
    """
    from core.disk import write_safely
    from core.store.publishing import publish

    if change is None:
        write_safely(out, pdf)
        return
    if session.ledger is not ledger:
        raise UserError(
            T("The plant was changed while its report was being signed; nothing was written."), T("Sign again.")
        )
    publish(session.path, pdf, out, lambda beforehand: session.confirm(change, blobs, beforehand))
