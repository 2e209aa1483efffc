"""The second signature: a signed report is judged as head office judges it, and signed in the other role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import UserError
from core.handover.binding import binding
from core.handover.receive import Receipt, receive
from core.handover.signatures import signs_as
from core.i18n import T, Text
from core.inventory import Package
from core.ledger import Change, Ledger
from core.library import Library
from core.signing import Identity, Trust, sign

Progress = Callable[[float], None]
LOOKED, SIGNED = 0.4, 0.6
"""Shares of the work that are done when the file was judged, and when it is signed."""


@dataclass(frozen=True, slots=True)
class Countersigned:
    """A report with both signatures."""

    pdf: bytes
    receipt: Receipt
    """What head office will find."""


def obstacle(receipt: Receipt) -> Text | None:
    """What stands against signing a received report; None when only a signature is missing, or not even that.

    Parameters
    ----------
    receipt
        as :func:`core.handover.receive` found it.
    """
    there = replace(receipt, missing=())
    return None if there.valid else there.reason


def countersign(
    pdf: bytes,
    identity: Identity,
    trust: Trust,
    library: Library,
    when: datetime,
    progress: Progress | None = None,
    judged: Receipt | None = None,
    *,
    time_stamps: str = "",
) -> Countersigned:
    """Sign a report that somebody else has signed, in the role that the certificate names.

    Parameters
    ----------
    pdf
        the signed report; bytes of a stranger.
    identity
        of the second person.
    trust
        roots and revocation lists of head office.
    library
        our own, for the recalculation.
    when
        now; needs a time zone.
    progress
        is told the part that is done; raising in it cancels, for nothing is written here.
    judged
        what :func:`core.handover.receive` found in these bytes, if they were looked at before.
    time_stamps
        address of a time stamping authority that is asked when the signature existed; empty: none is.

    Returns
    -------
    Countersigned
        the report with both signatures. Everything before the second one is as it was.

    Raises
    ------
    UserError
        for every reason for which head office would refuse the report, before it is signed or with the signature.
    """
    tell = progress or (lambda _: None)
    receipt = judged or receive(pdf, trust, library, when, isolated=True)
    reason = obstacle(receipt)
    if reason is not None or receipt.package is None:
        raise UserError(
            T("This report cannot be signed: {reason}", reason=reason or receipt.reason),
            T("Ask whoever sent it for the report as it was signed."),
        )
    tell(LOOKED)
    written = receipt.package.issue.language
    language = "zh" if written == "both" else written
    signed = sign(
        pdf,
        identity,
        reason=T("Report countersigned").in_language(language),
        location="",
        when=when,
        field=signs_as(identity, trust),
        lang=language,
        progress=lambda part: tell(LOOKED + part * (SIGNED - LOOKED)),
        time_stamps=time_stamps,
    )
    whole = receive(signed, trust, library, when)
    if not whole.valid:
        raise UserError(
            T("Head office would not take the report with this signature: {reason}", reason=whole.reason),
            T("Nothing was written. Sign with a certificate that head office issued for this plant and role."),
        )
    tell(1.0)
    return Countersigned(signed, whole)


def is_last_report(ledger: Ledger, package: Package) -> bool:
    """Whether a report is the one that was signed last for its year in this plant's file."""
    held = ledger.audit(package.choices.period.end.year)
    return held is not None and held.previous == package.sha256


def countersigned(ledger: Ledger, package: Package, identity: Identity, who: str, when: datetime) -> Change | None:
    """The change that binds the second person to their certificate; None when there is nothing to remember.

    Parameters
    ----------
    ledger
        of the plant whose report it is.
    package
        of the report.
    identity, who, when
        the certificate, the name of the person who acts, and now.

    Raises
    ------
    UserError
        when the report is not the last one of its year in this file, and as for :func:`binding`.
    """
    year = package.choices.period.end.year
    if not is_last_report(ledger, package):
        raise UserError(
            T("This is not the report that was signed last for {year} in this file.", year=str(year)),
            T("Countersign the last one; head office takes no other."),
        )
    steps = binding(ledger, year, who, identity.certificate)
    why = T("Report {revision} of {year} countersigned", revision=package.audit.revision, year=str(year))
    return Change(who, when, why, steps) if steps else None
