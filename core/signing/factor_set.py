"""Factor sets that travel: head office signs the text of a set, plants take it up without a new program.

A ``.factors`` file is one canonical JSON object: the key of the set, its csv text, the claimed time, and the signature
(CMS, detached, base64) over the canonical form of all the rest. Nothing else may be in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from core.errors import UserError
from core.i18n import T, Text
from core.ledger.canonical import canonical, parse
from core.signing.certificates import Identity, check_period, fingerprint, subject_value
from core.signing.layout import AUDITOR, ROLE_NAMES
from core.signing.spelling import bytes_in, moment_in
from core.signing.trust import Trust
from core.signing.verification.container import open_signature
from core.signing.verification.refusal import Refused
from core.signing.verification.signers import problems_of, revocation_checked

SCHEMA, VERSION = "plant-audit-factors", 1
ENDING = ".factors"
LARGEST = 12_000_000
"""Of a file; the text inside may have half of it. [bytes]"""
LARGEST_TEXT = 5_000_000
_LARGEST_SIGNATURE = 20_000
_FIELDS = {"csv", "key", "schema", "signature", "signed_at", "version"}
_KEY = re.compile(r"[a-z][a-z0-9_]{1,79}")


@dataclass(frozen=True, slots=True)
class SignedSet:
    """What a ``.factors`` file turned out to be."""

    valid: bool
    reason: Text
    """Why not, or that everything is in order."""
    key: str = ""
    """Of the factor set; empty when the file was refused."""
    csv: bytes = b""
    """Its text; empty when the file was refused, so that nobody uses it by mistake."""
    signer: str = ""
    """As the certificate names the person; also of a signer who is not trusted."""
    organisation: str = ""
    issuer: str = ""
    fingerprint: str = ""
    """SHA-256 of the certificate."""
    signed_at: datetime | None = None
    """Claimed by the signer's computer."""


def sign_set(key: str, csv: bytes, signer: Identity, when: datetime) -> bytes:
    """The bytes of a ``.factors`` file.

    Parameters
    ----------
    key
        of the set, the name of its csv without ending.
    csv
        the text of the set as :func:`core.library.write.to_csv` makes it.
    signer
        of head office, with the role auditor.
    when
        the time that is claimed; needs a time zone.

    Raises
    ------
    UserError
        when the certificate is not valid then or not for this role, or the set is too large.
    """
    if when.tzinfo is None:
        raise ValueError("the time of a signature needs a time zone")
    check_period(signer.certificate, when)
    if signer.role != AUDITOR:
        raise UserError(
            T("The certificate of {name} is not for signing as {role}.", name=signer.name, role=ROLE_NAMES[AUDITOR]),
            T("Choose the key of the right person."),
        )
    if not _KEY.fullmatch(key):
        raise UserError(
            T("“{key}” cannot be the key of a factor set.", key=key[:80]),
            T("Use small letters, digits, points, hyphens and underscores."),
        )
    if len(csv) > LARGEST_TEXT:
        raise UserError(
            T("The factor set is larger than {most} MB.", most=LARGEST_TEXT // 1_000_000),
            T("Split it into several factor sets."),
        )
    from core.signing import _writer  # brings pyHanko, a second on a slow machine

    content = _content(key, csv.decode("utf-8"), when.replace(microsecond=0).isoformat())
    signature = _writer.sign_detached(canonical(content), signer)
    return canonical({**content, "signature": base64.b64encode(signature).decode("ascii")})


def verify_set(data: bytes, trust: Trust, when: datetime) -> SignedSet:
    """Whether a received file is a factor set signed by somebody who is trusted.

    Nothing but a :class:`SignedSet` comes out of it, whatever the file is. ``when`` is now.

    >>> from datetime import UTC
    >>> str(verify_set(b"{}", Trust(()), datetime(2026, 1, 1, tzinfo=UTC)).reason)
    'This is not a signed factor set (.factors).'
    """
    try:
        return _examined(data, trust, when)
    except Refused as refused:
        return SignedSet(False, refused.reason)
    except Exception as error:  # a hostile file must never become a traceback
        return SignedSet(False, T("The file could not be examined ({kind}).", kind=type(error).__name__))


def _examined(data: bytes, trust: Trust, when: datetime) -> SignedSet:
    content, signature = _opened(data)
    signed_at = moment_in(str(content["signed_at"]))
    payload = canonical(content)
    certificate, intact = open_signature(signature, hashlib.sha256(payload).digest())
    if not intact:
        return _said(certificate, signed_at, T("The file was changed after it was signed."))
    problems = problems_of(certificate, AUDITOR, signed_at, when, trust)
    if problems:
        return _said(certificate, signed_at, problems[0])
    from core.signing.verification import oracle

    checked = revocation_checked(certificate, trust, signed_at)
    if objection := oracle.objection(payload, signature, trust, signed_at, checked):
        what = T("The second examination does not confirm the signature ({what}).", what=objection)
        return _said(certificate, signed_at, what)
    good = T("The signature is valid and the factors are as they were signed.")
    return _said(certificate, signed_at, good, str(content["key"]), str(content["csv"]).encode())


def _opened(data: bytes) -> tuple[dict[str, object], bytes]:
    """What was signed, and the signature. Limits first, and no other form than the canonical one."""
    if len(data) > LARGEST:
        raise Refused(T("The file is larger than {limit} MB.", limit=LARGEST // 1_000_000))
    stranger = Refused(T("This is not a signed factor set (.factors)."))
    try:
        value = parse(data, depth=1)
    except UserError as error:
        raise Refused(error.message) from error
    if not isinstance(value, dict) or value.keys() != _FIELDS or value["schema"] != SCHEMA:
        raise stranger
    if value["version"] != VERSION or isinstance(value["version"], bool):
        raise Refused(T("The file was made by another version of this program."))
    texts = {name: value[name] for name in ("csv", "key", "signature", "signed_at")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise stranger
    if not _KEY.fullmatch(texts["key"]):
        raise stranger
    if len(texts["csv"].encode()) > LARGEST_TEXT or len(texts["signature"]) > _LARGEST_SIGNATURE:
        raise Refused(T("The file is larger than {limit} MB.", limit=LARGEST_TEXT // 1_000_000))
    try:
        moment_in(texts["signed_at"])
        signature = bytes_in(texts["signature"])
    except ValueError as error:
        raise stranger from error
    return _content(texts["key"], texts["csv"], texts["signed_at"]), signature


def _content(key: str, csv: str, signed_at: str) -> dict[str, object]:
    return {"schema": SCHEMA, "version": VERSION, "key": key, "csv": csv, "signed_at": signed_at}


def _said(
    certificate: x509.Certificate, signed_at: datetime, reason: Text, key: str = "", csv: bytes = b""
) -> SignedSet:
    """The judgement; valid exactly when the factors are handed out."""
    return SignedSet(
        valid=bool(key),
        reason=reason,
        key=key,
        csv=csv,
        signer=subject_value(certificate.subject, NameOID.COMMON_NAME),
        organisation=subject_value(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=subject_value(certificate.issuer, NameOID.COMMON_NAME),
        fingerprint=fingerprint(certificate),
        signed_at=signed_at,
    )
