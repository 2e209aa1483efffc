"""Whom head office believes: its own roots, company PKIs, and the lists of what they have revoked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from core.disk import read_within
from core.errors import UserError
from core.i18n import T
from core.ledger.canonical import canonical
from core.signing.certificates import UNREADABLE, parsed

_BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----")
_MOST_KINDS = 20
"""Of blocks that do not end; such a file is none of certificates."""
_LARGEST = 10_000_000
BUNDLE_ENDING = ".trust"
Block: TypeAlias = tuple[bytes, bytes, str]
"""Kind, PEM block, and name of the file it stands in."""


@dataclass(frozen=True, slots=True)
class Named:
    """What head office says of one certificate: for those of a company PKI, which does not know our roles."""

    fingerprint: str
    """SHA-256 of the certificate, hexadecimal."""
    role: str
    """``Auditor`` or ``PlantManager``."""
    sites: tuple[str, ...] = ()
    """Plants it may sign for, by name; empty: all."""
    withdrawn: str = ""
    """Moment since which it is not believed, as ISO time in UTC; empty: it is."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Authorities that may issue signers, their lists of revoked certificates, and what is said of single ones."""

    authorities: tuple[x509.Certificate, ...]
    """Roots, and below those of company PKIs what issues to people. Only roots are believed for themselves."""
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    named: tuple[Named, ...] = ()
    stampers: tuple[x509.Certificate, ...] = ()
    """Authorities that are believed for time stamps, and for nothing else."""

    def newest_crl(self, authority: x509.Certificate) -> x509.CertificateRevocationList | None:
        """The latest complete list that really is this authority's."""
        own = [crl for crl in self.crls if signed_by(crl, authority) and is_whole(crl)]
        return max(own, key=lambda crl: crl.last_update_utc, default=None)

    def named_as(self, certificate: x509.Certificate) -> Named | None:
        """What head office says of a certificate."""
        if not self.named:
            return None
        digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
        return next((one for one in self.named if one.fingerprint == digest), None)

    def joined(self, other: Trust) -> Trust:
        """Everybody whom either believes; what this one says of a certificate comes first."""
        return Trust(
            tuple(dict.fromkeys((*self.authorities, *other.authorities))),
            tuple({crl.fingerprint(hashes.SHA256()): crl for crl in (*self.crls, *other.crls)}.values()),
            tuple(dict.fromkeys((*self.named, *other.named))),
            tuple(dict.fromkeys((*self.stampers, *other.stampers))),
        )

    @property
    def rest(self) -> bytes:
        """What goes beyond authorities and lists, for another process; :func:`with_rest` reads it. Empty: nothing."""
        if not self.named and not self.stampers:
            return b""
        stampers = [one.public_bytes(Encoding.PEM).decode("ascii") for one in self.stampers]
        return canonical(
            {"named": [{**asdict(one), "sites": list(one.sites)} for one in self.named], "stampers": stampers}
        )


def with_rest(authorities: tuple[bytes, ...], crls: tuple[bytes, ...], rest: bytes = b"") -> Trust:
    """The trust of which another process got authorities and lists (DER) and :attr:`Trust.rest`."""
    plain = json.loads(rest) if rest else {"named": [], "stampers": []}
    return Trust(
        tuple(map(x509.load_der_x509_certificate, authorities)),
        tuple(map(x509.load_der_x509_crl, crls)),
        tuple(Named(**{**one, "sites": tuple(one["sites"])}) for one in plain["named"]),
        tuple(x509.load_pem_x509_certificate(pem.encode("ascii")) for pem in plain["stampers"]),
    )


def load_trust(path: Path) -> Trust:
    """Read authorities and revocation lists (PEM) from one file, or from every ``.pem`` and ``.crl`` of a folder.

    A trust file of head office (``.trust``) also says whom it named and whose time stamps it believes; whether it may
    replace an earlier one says :func:`core.signing.take_bundle`.

    Raises
    ------
    UserError
        when there is no root in it, something of a person or of a stranger, or a private key.
    """
    if path.suffix.lower() == BUNDLE_ENDING:
        from core.signing.bundle import read_bundle

        return read_bundle(read_small(path)).trust
    return trust_from([block for file in _files(path) for block in pem_blocks(read_small(file), file.name)], path.name)


def trust_from(blocks: Sequence[Block], source: str) -> Trust:
    """Authorities and revocation lists out of PEM blocks; ``source`` is what a person calls the file.

    Raises
    ------
    UserError
        as :func:`load_trust`.
    """
    roots = {der(block): _authority(block, name) for kind, block, name in blocks if kind == b"CERTIFICATE"}
    crls = [
        parsed(x509.load_pem_x509_crl, block, T("{file} holds a broken list of revoked certificates.", file=name))
        for kind, block, name in blocks
        if kind == b"X509 CRL"
    ]
    if not any(is_authority(one) for one in roots.values()):
        raise UserError(
            T("{file} holds no certificate of an authority.", file=source),
            T("Choose the file that head office gave out, beginning with “BEGIN CERTIFICATE”."),
        )
    for crl in crls:
        if not any(signed_by(crl, root) for root in roots.values()):
            raise UserError(
                T("A list of revoked certificates in {file} was signed by nobody who is trusted.", file=source),
                T("Ask head office for the current file."),
            )
    return Trust(tuple(roots.values()), tuple(crls))


def der(block: bytes) -> bytes:
    """What tells two PEM blocks apart, whatever their line breaks."""
    return b"".join(block.split())


def signed_by(crl: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    """Whether the authority itself signed the list."""
    if crl.issuer != authority.subject:
        return False
    try:
        return bool(crl.is_signature_valid(authority.public_key()))  # type: ignore[arg-type]
    except UNREADABLE:
        return False


def is_whole(crl: x509.CertificateRevocationList) -> bool:
    """Not a supplement, not a list of some certificates or of some reasons alone: such a list would hide others."""
    try:
        return not any(each.critical for each in crl.extensions)
    except UNREADABLE:  # extensions that cannot be read, or twice the same
        return False


def is_authority(certificate: x509.Certificate) -> bool:
    """A root made for issuing: signed by itself, CA, may sign certificates."""
    try:
        certificate.verify_directly_issued_by(certificate)
    except Exception:  # a certificate that cannot even be read is none
        return False
    return may_issue(certificate)


def may_issue(certificate: x509.Certificate) -> bool:
    """Made for issuing, be it a root or below one."""
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except Exception:  # as above
        return False
    return constraints.ca and usage.key_cert_sign


def _authority(block: bytes, name: str) -> x509.Certificate:
    certificate = parsed(x509.load_pem_x509_certificate, block, T("{file} holds a broken certificate.", file=name))
    if not may_issue(certificate):
        raise UserError(
            T("A certificate in {file} is not that of an authority.", file=name),
            T("Trust only the root certificate of head office, never that of a person."),
        )
    return certificate


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in {".pem", ".crl", ".crt"})


def read_small(file: Path) -> bytes:
    """The bytes of a file of certificates, or of what asks for one.

    Raises
    ------
    UserError
        when it cannot be read or is too large.
    """
    large = UserError(
        T("{file} is too large for certificates or a request for one.", file=file.name),
        T("Choose the .pem, .csr, .renewal or .trust file that was sent."),
    )
    return read_within(file, _LARGEST, large)


def pem_blocks(data: bytes, name: str) -> list[Block]:
    """The PEM blocks of a file.

    Raises
    ------
    UserError
        when one is a private key.
    """
    found = [(kind, block, name) for kind, block in _blocks_of(data)]
    if any(b"PRIVATE KEY" in kind for kind, _, _ in found):
        raise UserError(
            T("{file} holds a private key.", file=name),
            T("A private key never leaves its owner. Keep only certificates in this file."),
        )
    return found


def _blocks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and bytes of each whole block. Each byte is looked at once, however many blocks begin and never end."""
    at, endless = 0, set[bytes]()
    while (begin := _BEGIN.search(data, at)) is not None and len(endless) < _MOST_KINDS:
        kind, at = begin[1], begin.end()
        end = b"-----END " + kind + b"-----"
        if kind in endless:
            continue
        place = data.find(end, at)
        if place < 0:
            endless.add(kind)
            continue
        at = place + len(end)
        yield kind, data[begin.start() : at]
