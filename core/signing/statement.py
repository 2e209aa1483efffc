"""Signatures over plain data beside the report: declarations of independence, minutes, anything a person states.

What is signed is :data:`PURPOSE` and the data behind it, so a signature over a statement can never be taken out and
pass for that of a report or a factor set, whatever somebody was asked to state.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from core.i18n import T, Text
from core.signing.certificates import Identity, fingerprint, subject_value
from core.signing.layout import FIELDS
from core.signing.trust import Trust
from core.signing.verification.container import open_signature
from core.signing.verification.refusal import Refused
from core.signing.verification.signers import problems_of, revocation_checked, role_in

PURPOSE = b"plant-audit-statement-1\n"
LARGEST_SIGNATURE = 20_000
"""Of a signature; a certificate and two numbers need 2,000. [bytes]"""


@dataclass(frozen=True, slots=True)
class StatementSigner:
    """Who signed a statement, and whether that can be believed."""

    name: str
    """The common name in the certificate; empty when the signature cannot be read."""
    fingerprint: str
    """SHA-256 of the certificate, in groups as :func:`core.signing.fingerprint` writes it."""
    role: str
    """``Auditor`` or ``PlantManager``."""
    trusted: bool
    """Issued by an authority that was named as trusted, for signing, valid then and not revoked."""
    problems: tuple[Text, ...] = ()
    """Everything that speaks against it; none: the data are as this person signed them."""


def sign_statement(data: bytes, identity: Identity) -> bytes:
    """A signature of its own over a statement.

    Parameters
    ----------
    data
        the statement, word by word; canonical, for a single other byte is another statement.
    identity
        of the person who states it.

    Returns
    -------
    bytes
        CMS in DER, detached, with the attributes of PAdES B-B. It holds no time: that belongs into the statement.
    """
    from core.signing import _writer  # brings pyHanko, a second on a slow machine

    return _writer.sign_detached(PURPOSE + data, identity)


def verify_statement(
    data: bytes,
    cms: bytes,
    trust: Trust | None = None,
    *,
    when: datetime | None = None,
    signed: datetime | None = None,
    proven: datetime | None = None,
) -> StatementSigner:
    """Who signed a statement.

    Nothing but a :class:`StatementSigner` comes out of it, whatever the bytes are.

    Parameters
    ----------
    data
        the statement as it stands now.
    cms
        the signature that :func:`sign_statement` made.
    trust
        roots and revocation lists of head office; None asks only whether the data are what this certificate signed.
    when
        now; needed with ``trust``.
    signed
        when it was signed, as the statement claims; without it the certificate must be valid now.
    proven
        a moment at which it is known to have existed, by a proof that does not come from its signer: what was revoked
        later is believed.

    Raises
    ------
    ValueError
        for ``trust`` without ``when``.
    """
    if trust is not None and when is None:
        raise ValueError("whom to trust depends on the time")
    try:
        if len(cms) > LARGEST_SIGNATURE:
            raise Refused(T("The signature is larger than a signature can be."))
        certificate, intact = open_signature(cms, hashlib.sha256(PURPOSE + data).digest())
    except Refused as refused:
        return StatementSigner("", "", "", trusted=False, problems=(refused.reason,))
    if not intact:
        return _signer(certificate, False, (T("The statement was changed after it was signed."),))
    if trust is None or when is None:
        return _signer(certificate, False, ())
    found = _found_against(certificate, PURPOSE + data, cms, trust, (signed or when, when, proven))
    return _signer(certificate, not found, found)


def signer_in(data: bytes, cms: bytes) -> x509.Certificate | None:
    """The certificate whose key signed a statement; None when the data are not what was signed. Trusts nobody."""
    try:
        certificate, intact = open_signature(cms, hashlib.sha256(PURPOSE + data).digest())
    except Refused:
        return None
    return certificate if intact and len(cms) <= LARGEST_SIGNATURE else None


def _found_against(
    certificate: x509.Certificate,
    payload: bytes,
    cms: bytes,
    trust: Trust,
    times: tuple[datetime, datetime, datetime | None],
) -> tuple[Text, ...]:
    signed, when, proven = times
    role = role_in(certificate, trust)
    if problems := problems_of(certificate, role if role in FIELDS else FIELDS[0], signed, when, trust, proven):
        return problems
    from core.signing.verification import oracle

    try:
        checked = revocation_checked(certificate, trust, signed)
        what = oracle.objection(payload, cms, trust, signed, checked, frozenset({certificate.serial_number}))
    except Exception as error:  # hostile bytes must never become a traceback
        what = type(error).__name__
    return (T("The second examination does not confirm the signature ({what}).", what=what),) if what else ()


def _signer(certificate: x509.Certificate, trusted: bool, problems: tuple[Text, ...]) -> StatementSigner:
    subject = certificate.subject
    return StatementSigner(
        name=subject_value(subject, NameOID.COMMON_NAME),
        fingerprint=fingerprint(certificate),
        role=subject_value(subject, NameOID.TITLE),
        trusted=trusted,
        problems=problems,
    )
