"""What head office gives its plants to believe: one ``.trust`` file with roots, lists of the revoked, and people.

The file is one canonical JSON object, signed by a root of the group itself. It has a number, and whoever holds one
takes up only a later one, signed by a root that was in the one before: so nobody can put a plant back to a time before
a certificate was revoked, or bring in a root of their own. The first one is believed when its fingerprint was compared.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import RefusedError, UserError
from core.i18n import T, verbatim
from core.ledger.canonical import canonical, parse
from core.signing.certificates import UNREADABLE, Identity, check_period, fingerprint, read_through
from core.signing.spelling import bytes_in, moment_in
from core.signing.trust import BUNDLE_ENDING, Named, Trust, is_authority, may_issue, signed_by

SCHEMA, VERSION = "plant-audit-trust", 1
ENDING = BUNDLE_ENDING
LARGEST = 10_000_000
"""Of a file. [bytes]"""
_PURPOSE = b"plant-audit-trust-1\n"
"""Stands before what is signed, so that the root's signature never passes for that of a certificate."""
_FIELDS = {"authorities", "crls", "group", "made", "named", "number", "own", "people", "schema", "stampers", "version"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One certificate as head office's register has it."""

    fingerprint: str
    """SHA-256 of the certificate, hexadecimal."""
    name: str
    email: str
    organisation: str
    role: str
    """``Auditor`` or ``PlantManager``."""
    sites: tuple[str, ...]
    """Plants it may sign for, by name; empty: all."""
    until: str
    """Last moment, as ISO time."""
    revoked: str
    """Moment since which it is not believed, as ISO time; empty: it is."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a ``.trust`` file says."""

    group: str
    number: int
    made: datetime
    trust: Trust
    own: tuple[x509.Certificate, ...]
    """Roots of the group itself, which may sign the next file."""
    people: tuple[Listed, ...]
    signer: x509.Certificate


def make_bundle(
    authority: Identity,
    *,
    group: str,
    number: int,
    trust: Trust,
    own: Iterable[x509.Certificate],
    people: Iterable[Listed],
    when: datetime,
) -> bytes:
    """The bytes of a ``.trust`` file, signed by a root of the group.

    Raises
    ------
    UserError
        when the signer is not one of the group's own roots, or has ended.
    """
    roots = tuple(own)
    check_period(authority.certificate, when)
    if authority.certificate not in roots:
        raise UserError(
            T("{name} is not a root of this group.", name=authority.name), T("Choose the key of the group's own root.")
        )
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "group": group,
        "number": number,
        "made": when.replace(microsecond=0).isoformat(),
        "authorities": [_pem(one) for one in trust.authorities],
        "own": [_pem(one) for one in roots],
        "stampers": [_pem(one) for one in trust.stampers],
        "crls": [_pem(one) for one in trust.crls],
        "named": [_plain(one) for one in trust.named],
        "people": [_plain(one) for one in people],
    }
    signature = authority.key.sign(_PURPOSE + canonical(content), ec.ECDSA(hashes.SHA256()))
    signer = fingerprint(authority.certificate)
    return canonical({**content, "signer": signer, "signature": base64.b64encode(signature).decode("ascii")})


def read_bundle(data: bytes) -> Bundle:
    """What a ``.trust`` file says, if the root that signed it stands in it. Says nothing of whose root that is.

    Raises
    ------
    UserError
        when it is no such file, or was changed.
    """
    if len(data) > LARGEST:
        raise UserError(
            T("The file is larger than {limit} MB.", limit=LARGEST // 1_000_000),
            T("Ask for a smaller file, or split it."),
        )
    stranger = UserError(T("This is not a trust file of head office (.trust)."), T("Ask head office for the file."))
    try:
        plain = parse(data, depth=4)
    except UserError as error:
        raise stranger from error
    if not isinstance(plain, dict) or plain.keys() != _FIELDS | {"signature", "signer"} or plain["schema"] != SCHEMA:
        raise stranger
    if plain["version"] != VERSION or isinstance(plain["version"], bool):
        raise UserError(
            T("The file was made by another version of this program."),
            T("Update the program on both sides, then have it sent again."),
        )
    try:
        bundle = _bundle(plain)
        signature = bytes_in(plain["signature"])
    except (*UNREADABLE, KeyError, StopIteration) as error:
        raise stranger from error
    content = {name: plain[name] for name in _FIELDS}
    if not _signs(bundle.signer, signature, _PURPOSE + canonical(content)):
        raise RefusedError(T("The trust file was changed after it was signed."), T("Ask head office for it again."))
    return bundle


def take_bundle(data: bytes, held: Bundle | None, when: datetime, *, root: str = "") -> Bundle:
    """A trust file as a plant takes it up: only forward, and only from the group it belongs to.

    Parameters
    ----------
    data
        of a stranger.
    held
        what is held now; None for the first one.
    when
        now.
    root
        fingerprint of the root, as head office said it on the telephone; needed for the first one, and when head office
        lost its old root and begins with another.

    Raises
    ------
    UserError
        when it is not from whoever signed for this group before, or not later than what is held, not even with another
        root.
    """
    new = read_bundle(data)
    check_period(new.signer, when)
    if held is None or (root and new.signer not in held.own):
        _check_root(new, root)
    elif new.signer not in held.own:
        raise RefusedError(
            T("The trust file was signed by a root that is not one of this group."),
            T("Ask head office which file is the right one, and compare the fingerprint of its root."),
        )
    if held is not None and (new.number < held.number or (new.number == held.number and new != held)):
        raise RefusedError(
            T("The trust file number {new} is not later than number {held}, which is here already.",
              new=new.number, held=held.number),
            T("Ask head office for the current file."),
        )  # fmt: skip
    return new


def _check_root(new: Bundle, root: str) -> None:
    said, found = _digits(root), _digits(fingerprint(new.signer))
    if not said:
        raise UserError(
            T("The first trust file needs the fingerprint of head office's root."),
            T("Ask for it on the telephone and compare it: {digest}", digest=verbatim(fingerprint(new.signer))),
        )
    if said != found:
        raise RefusedError(
            T("The trust file was signed by another root than the one whose fingerprint you gave."),
            T("Do not use it. Ask head office how the file reached you."),
        )


def _bundle(plain: Mapping[str, Any]) -> Bundle:
    authorities, own, stampers = (_authorities(plain[name]) for name in ("authorities", "own", "stampers"))
    crls = tuple(read_through(x509.load_pem_x509_crl(_armour(pem))) for pem in plain["crls"])
    known = (*authorities, *stampers)
    if not set(own) <= set(authorities) or not all(map(is_authority, own)):
        raise ValueError("own roots")
    if not all(any(signed_by(crl, one) for one in known) for crl in crls):
        raise ValueError("list of a stranger")
    if not isinstance(plain["group"], str):
        raise ValueError("form")
    number = plain["number"]
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ValueError("number")
    named = tuple(Named(**_fields(Named, one)) for one in plain["named"])
    if not all(_is_moment(one.withdrawn) for one in named):
        raise ValueError("moment")
    people = tuple(Listed(**_fields(Listed, one)) for one in plain["people"])
    signer = next(one for one in own if fingerprint(one) == plain["signer"])
    trust = Trust(authorities, crls, named, stampers)
    return Bundle(plain["group"], number, moment_in(plain["made"]), trust, own, people, signer)


def _authorities(pems: Iterable[str]) -> tuple[x509.Certificate, ...]:
    found = tuple(read_through(x509.load_pem_x509_certificate(_armour(pem))) for pem in pems)
    if not all(map(may_issue, found)):
        raise ValueError("no authority")
    return found


def _is_moment(text: str) -> bool:
    return not text or datetime.fromisoformat(text).tzinfo is not None


def _armour(pem: object) -> bytes:
    if not isinstance(pem, str):
        raise TypeError("a certificate is a text")
    return pem.encode("ascii")


def _fields(kind: type[Named] | type[Listed], plain: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record, each of the type it must have."""
    read = {**plain, "sites": tuple(plain["sites"])}
    names = {field.name for field in fields(kind)}
    texts = [*(value for name, value in read.items() if name != "sites"), *read["sites"]]
    if set(read) != names or not all(isinstance(text, str) for text in texts):
        raise ValueError("form")
    return read


def _plain(one: Named | Listed) -> dict[str, Any]:
    return {**asdict(one), "sites": list(one.sites)}


def _signs(certificate: x509.Certificate, signature: bytes, content: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _digits(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter in "0123456789abcdef")


def _pem(thing: x509.Certificate | x509.CertificateRevocationList) -> str:
    return thing.public_bytes(Encoding.PEM).decode("ascii")
