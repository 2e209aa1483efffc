"""Whom head office believes: its own roots and the lists of what they have revoked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from core.errors import UserError
from core.i18n import T, verbatim
from core.signing.certificates import parsed

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Trust:
    """Roots that may issue signers, and their lists of revoked certificates."""

    authorities: tuple[x509.Certificate, ...]
    crls: tuple[x509.CertificateRevocationList, ...] = ()

    def newest_crl(self, authority: x509.Certificate) -> x509.CertificateRevocationList | None:
        """The latest list that really is this authority's."""
        own = [crl for crl in self.crls if signed_by(crl, authority)]
        return max(own, key=lambda crl: crl.last_update_utc, default=None)


def load_trust(path: Path) -> Trust:
    """Read roots and revocation lists (PEM) from one file, or from every ``.pem`` and ``.crl`` of a folder."""
    blocks = [block for file in _files(path) for block in _blocks(file)]
    roots = {der(block): _authority(block, name) for kind, block, name in blocks if kind == b"CERTIFICATE"}
    crls = [
        parsed(x509.load_pem_x509_crl, block, T("{file} holds a broken list of revoked certificates.", file=name))
        for kind, block, name in blocks
        if kind == b"X509 CRL"
    ]
    if not roots:
        raise UserError(
            T("{file} holds no certificate of an authority.", file=path.name),
            T("Choose the file that head office gave out, beginning with “BEGIN CERTIFICATE”."),
        )
    for crl in crls:
        if not any(signed_by(crl, root) for root in roots.values()):
            raise UserError(
                T("A list of revoked certificates in {file} was signed by nobody who is trusted.", file=path.name),
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
    except (TypeError, ValueError):
        return False


def is_authority(certificate: x509.Certificate) -> bool:
    """A root made for issuing: signed by itself, CA, may sign certificates."""
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        certificate.verify_directly_issued_by(certificate)
    except Exception:  # a certificate that cannot even be read is none
        return False
    return constraints.ca and usage.key_cert_sign


def _authority(block: bytes, name: str) -> x509.Certificate:
    certificate = parsed(x509.load_pem_x509_certificate, block, T("{file} holds a broken certificate.", file=name))
    if not is_authority(certificate):
        raise UserError(
            T("A certificate in {file} is not that of an authority.", file=name),
            T("Trust only the root certificate of head office, never that of a person."),
        )
    return certificate


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in {".pem", ".crl", ".crt"})


def _blocks(file: Path) -> list[tuple[bytes, bytes, str]]:
    try:
        if file.stat().st_size > _LARGEST:
            raise UserError(T("{file} is too large for a file of certificates.", file=file.name))
        data = file.read_bytes()
    except OSError as error:
        raise UserError(
            T("{file} could not be read: {reason}", file=file.name, reason=verbatim(error.strerror or "")),
            T("Check that the file exists and that you may read it."),
        ) from error
    found = [(match[1], match[0], file.name) for match in _BLOCK.finditer(data)]
    if any(b"PRIVATE KEY" in kind for kind, _, _ in found):
        raise UserError(
            T("{file} holds a private key.", file=file.name),
            T("A private key never leaves its owner. Keep only certificates in this file."),
        )
    return found
