"""Data that are corrected because of a finding: the changes carry the finding, as long as it is open."""

from __future__ import annotations

from dataclasses import replace

from core.audit.areas import DATA, EVIDENCE, area_of_step
from core.audit.finding import finding_named, is_open, still_open
from core.errors import UserError
from core.i18n import T
from core.ledger import AuditFinding, Change, Ledger


def carrying(change: Change, because: str) -> Change:
    """The change, because of a finding where it changes nothing but data and proofs and names none itself.

    Parameters
    ----------
    change
        about to be confirmed.
    because
        id of the finding that data are corrected for; empty: data are changed for their own sake.
    """
    if not because or change.because or not all(area_of_step(step) in (DATA, EVIDENCE) for step in change.steps):
        return change
    return replace(change, because=because)


def correctable(ledger: Ledger, name: str) -> AuditFinding:
    """The finding of an id or number, if data can still be corrected because of it.

    Raises
    ------
    UserError
        when there is none, it is closed or withdrawn, or it only recommends.
    """
    found = still_open(ledger, name)
    if found.kind == "recommendation":
        raise UserError(
            T("A recommendation corrects no data."), T("Name a misstatement, a nonconformity or a non-compliance.")
        )
    return found


def still_correcting(ledger: Ledger, because: str, year: int) -> str:
    """The id of the finding while it is open and of this year, else nothing."""
    if not because:
        return ""
    try:
        found = finding_named(ledger, because)
    except UserError:  # its raising was undone
        return ""
    return because if is_open(found) and found.year == year else ""
