"""Asking for the next certificate with the one that is ending: a ``.renewal`` file.

It holds a request for a new key and a statement, signed with the old key, that this request is its owner's. So head
office needs no telephone: whoever could sign reports until now asks, and the new key is bound to the old one.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import RefusedError, UserError
from core.i18n import T
from core.ledger.canonical import canonical, parse
from core.signing.certificates import (
    Identity,
    check_period,
    email_of,
    fingerprint,
    load_request,
    request_for,
    subject_value,
)
from core.signing.spelling import bytes_in, moment_in
from core.signing.statement import sign_statement, signer_in, verify_statement
from core.signing.trust import Trust

SCHEMA, VERSION = "plant-audit-renewal", 1
ENDING = ".renewal"
LONGEST_AGE = timedelta(days=90)
"""After which a request to renew is made again."""
_LARGEST = 100_000
_FIELDS = {"asked", "renews", "request", "schema", "version"}


@dataclass(frozen=True, slots=True)
class Renewal:
    """A request, and the certificate whose key vouches for it."""

    request: bytes
    """PEM, of the new key."""
    old: x509.Certificate
    asked: datetime
    """Claimed."""


def renewal_request(old: Identity, new: ec.EllipticCurvePrivateKey) -> bytes:
    """The request (PEM) of the new key, with the words of the old certificate."""
    from cryptography.x509.oid import NameOID

    subject = old.certificate.subject
    organisation = subject_value(subject, NameOID.ORGANIZATION_NAME)
    return request_for(new, old.name, email_of(old.certificate), organisation, old.role)


def make_renewal(old: Identity, request: bytes, when: datetime) -> bytes:
    """The bytes of a ``.renewal`` file.

    Parameters
    ----------
    old
        certificate and key that are ending; the key may lie on a token.
    request
        PEM, of the new key: from :func:`renewal_request`, or made on a token.
    when
        now; needs a time zone.

    Raises
    ------
    UserError
        when the old certificate has ended already, or the request is for the old key.
    """
    if when.tzinfo is None:
        raise ValueError("the time of a signature needs a time zone")
    check_period(old.certificate, when)
    if load_request(request).public_key() == old.certificate.public_key():
        raise UserError(T("The request is for the key that is to be replaced."), T("Make a new key."))
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "asked": when.replace(microsecond=0).isoformat(),
        "renews": fingerprint(old.certificate),
        "request": request.decode("ascii"),
    }
    signature = base64.b64encode(sign_statement(canonical(content), old)).decode("ascii")
    return canonical({**content, "signature": signature})


def read_renewal(data: bytes, trust: Trust, when: datetime) -> Renewal:
    """A request to renew, if the key of a certificate that is believed now vouches for it.

    Raises
    ------
    UserError
        when it is no such file, was changed, or comes from somebody who is not believed (any more).
    """
    content, signature = _opened(data)
    payload = canonical(content)
    old = signer_in(payload, signature)
    if old is None or fingerprint(old) != content["renews"]:
        raise RefusedError(
            T("The request to renew was not signed with the old key."), T("Ask the person to make it again.")
        )
    found = verify_statement(payload, signature, trust, when=when)
    if not found.trusted:
        raise RefusedError(
            T("The request to renew is not believed: {reason}", reason=found.problems[0]),
            T("Issue a certificate for a new request, and compare its fingerprint by telephone."),
        )
    asked = moment_in(content["asked"])
    if not when - LONGEST_AGE <= asked <= when + timedelta(days=1):
        raise RefusedError(
            T("The request to renew was made on {day}.", day=asked.date()), T("Ask the person to make it again.")
        )
    request = content["request"].encode("ascii")
    if load_request(request).public_key() == old.public_key():
        raise RefusedError(T("The request is for the key that is to be replaced."), T("Ask the person for a new key."))
    return Renewal(request, old, asked)


def _opened(data: bytes) -> tuple[dict[str, str], bytes]:
    stranger = UserError(T("This is not a request to renew a certificate (.renewal)."), T("Choose another file."))
    if len(data) > _LARGEST:
        raise stranger
    try:
        plain = parse(data, depth=1)
    except UserError as error:
        raise stranger from error
    if not isinstance(plain, dict) or plain.keys() != _FIELDS | {"signature"} or plain["schema"] != SCHEMA:
        raise stranger
    if plain["version"] != VERSION or isinstance(plain["version"], bool):
        raise UserError(
            T("The file was made by another version of this program."),
            T("Update the program on both sides, then have it sent again."),
        )
    texts = [plain[name] for name in ("asked", "renews", "request", "signature")]
    if not all(isinstance(text, str) and text.isascii() for text in texts):
        raise stranger
    try:
        moment_in(plain["asked"])
        signature = bytes_in(plain.pop("signature"))
    except ValueError as error:
        raise stranger from error
    return plain, signature
