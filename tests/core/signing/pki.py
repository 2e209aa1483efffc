"""A company's own PKI, as other programs make it: a root, an authority below it, people with cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.signing import Identity
from core.signing.certificates import add_months

BORN = datetime(2026, 1, 1, tzinfo=UTC)
EMAIL, LOGON, SERVER = (
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.CLIENT_AUTH,
    ExtendedKeyUsageOID.SERVER_AUTH,
)


def authority(
    name: str, above: Identity | None = None, *, length: int | None = None, when: datetime = BORN, months: int = 120,
    extra: Sequence[tuple[x509.ExtensionType, bool]] = (), ca: bool = True, bits: int = 0,
) -> Identity:  # fmt: skip
    """A root, or an authority below another one; with a key of RSA where ``bits`` are named."""
    extensions = [(x509.BasicConstraints(ca, length if ca else None), True), (_usage(issues=True), True), *extra]
    return _made(
        [(NameOID.ORGANIZATION_NAME, "Company"), (NameOID.COMMON_NAME, name)], above, when, months, extensions, bits
    )


def card(
    above: Identity, name: str = "Anna Nowak", *, purposes: Sequence[x509.ObjectIdentifier] = (EMAIL, LOGON),
    title: str = "Senior engineer", when: datetime = BORN, months: int = 36, commits: bool = True, email: str = "",
) -> Identity:  # fmt: skip
    """A person's certificate, with the title the company gave."""
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(False, None), True),
        (_usage(commits=commits), True),
        (x509.ExtendedKeyUsage(purposes), False),
    ]
    if email:
        extensions.append((x509.SubjectAlternativeName([x509.RFC822Name(email)]), False))
    subject = [(NameOID.ORGANIZATION_NAME, "Company"), (NameOID.TITLE, title), (NameOID.COMMON_NAME, name)]
    return _made(subject, above, when, months, extensions)


def crl(
    issuer: Identity,
    *serials: int,
    when: datetime = BORN,
    since: datetime = BORN,
    days: int = 400,
    partial: bool = False,
) -> x509.CertificateRevocationList:
    """What an authority revoked."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(when).next_update(when + timedelta(days=days))
    for serial in serials:
        entry = x509.RevokedCertificateBuilder(serial_number=serial, revocation_date=since).build()
        builder = builder.add_revoked_certificate(entry)
    if partial:
        builder = builder.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    return builder.sign(issuer.key, hashes.SHA256())


def _made(
    subject: Sequence[tuple[x509.ObjectIdentifier, str]],
    above: Identity | None,
    when: datetime,
    months: int,
    extensions: Sequence[tuple[x509.ExtensionType, bool]],
    bits: int = 0,
) -> Identity:
    key: Any = rsa.generate_private_key(65537, bits) if bits else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in subject])
    issuer = name if above is None else above.certificate.subject
    builder = (
        x509.CertificateBuilder(issuer, name, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(when)
        .not_valid_after(add_months(when, months))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    signing = key if above is None else above.key
    if above is not None:
        issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
        builder = builder.add_extension(issued_by, critical=False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return Identity(builder.sign(signing, hashes.SHA256()), key)


def _usage(*, issues: bool = False, commits: bool = True) -> x509.KeyUsage:
    return x509.KeyUsage(not issues, not issues and commits, False, False, False, issues, issues, False, False)


def reissued(issued: Identity, above: Identity, months: int) -> x509.Certificate:
    """Another certificate for the same authority and key."""
    old = issued.certificate
    builder = (
        x509.CertificateBuilder(above.certificate.subject, old.subject, old.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BORN)
        .not_valid_after(add_months(BORN, months))
    )
    for extension in old.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    return builder.sign(above.key, hashes.SHA256())
