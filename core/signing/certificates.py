"""Certificates of the group: an authority at head office, requests of the plants, what is issued and what is revoked.

The clock is an argument everywhere; randomness (keys, serial numbers) comes from the operating system.
"""

from __future__ import annotations

import calendar
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.signing.layout import role_of

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
AUTHORITY_YEARS = 15
CRL_DAYS = 400
LONGEST_NAME = 64
"""Upper bound of X.520 for a common name; longer ones are refused by other programs."""
UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What may be raised when a certificate, a request or a list is not as standards have it; not all are ValueErrors."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate together with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def name(self) -> str:
        """The common name a reader sees."""
        return subject_value(self.certificate.subject, NameOID.COMMON_NAME)

    @property
    def role(self) -> str:
        """``Auditor`` or ``PlantManager``; empty for an authority."""
        return subject_value(self.certificate.subject, NameOID.TITLE)


@dataclass(frozen=True, slots=True)
class Revocation:
    """A certificate that is no longer to be believed, and since when."""

    serial: int
    since: datetime


def create_authority(common_name: str, organisation: str, when: datetime) -> Identity:
    """Make the root of a group: P-256, signed by itself, 15 years, may issue signers only.

    >>> from datetime import datetime, timezone
    >>> authority = create_authority("Example Group Root", "Example Group", datetime(2026, 1, 1, tzinfo=timezone.utc))
    >>> authority.name
    'Example Group Root'
    """
    key = ec.generate_private_key(ec.SECP256R1())
    return Identity(authority_certificate(key, common_name, organisation, when), key)


def authority_certificate(
    key: ec.EllipticCurvePrivateKey, common_name: str, organisation: str, when: datetime
) -> x509.Certificate:
    """The certificate of a root whose key exists already, wherever it is kept."""
    start = _aware(when)
    subject = _subject(common_name, organisation)
    public = key.public_key()
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject, public_key=public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(add_months(start, 12 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def create_request(name: str, email: str, organisation: str, role: str) -> tuple[ec.EllipticCurvePrivateKey, bytes]:
    """Make a key and the request (PEM) that head office turns into a certificate.

    >>> key, request = create_request("Li Wei", "li.wei@example.com", "Plant North", "auditor")
    >>> request.startswith(b"-----BEGIN CERTIFICATE REQUEST-----")
    True
    """
    key = ec.generate_private_key(ec.SECP256R1())
    return key, request_for(key, name, email, organisation, role)


def request_for(key: ec.EllipticCurvePrivateKey, name: str, email: str, organisation: str, role: str) -> bytes:
    """The request (PEM) for a key that exists already, wherever it is kept."""
    builder = x509.CertificateSigningRequestBuilder(
        subject_name=_subject(name, organisation, role_of(role))
    ).add_extension(_email(email), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def issue(
    authority: Identity,
    csr_pem: bytes,
    *,
    role: str,
    sites: Sequence[str],
    when: datetime,
    months: int = 24,
    name: str | None = None,
    email: str | None = None,
    organisation: str | None = None,
) -> x509.Certificate:
    """Turn a request into a certificate. Role and sites are head office's word, never the request's;
    name, e-mail and organisation are too when they are given.

    >>> from datetime import datetime, timezone
    >>> now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    >>> key, request = create_request("Li Wei", "li.wei@example.com", "Plant North", "auditor")
    >>> certificate = issue(create_authority("Root", "Group", now), request, role="auditor", sites=["CN-01"], when=now)
    >>> certificate.not_valid_after_utc.year
    2028
    """
    request = load_request(csr_pem)
    start = _aware(when)
    _check_authority(authority, start)
    end = _end(authority, start, months)
    subject = _subject(
        name or subject_value(request.subject, NameOID.COMMON_NAME),
        organisation or subject_value(request.subject, NameOID.ORGANIZATION_NAME),
        role_of(role),
        sites,
    )
    public = request.public_key()
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=authority.certificate.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(digital_signature=True, content_commitment=True), critical=True)
        # pdfsig refuses documentSigning alone, hence both.
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(_email(email or request_email(request)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_issued_by(authority), critical=False)
    )
    return builder.sign(authority.key, hashes.SHA256())


def _end(authority: Identity, start: datetime, months: int) -> datetime:
    """Of a certificate, which its authority has to outlive."""
    end, last = add_months(start, months), authority.certificate.not_valid_after_utc
    if end > last:
        raise UserError(
            T("The authority ends on {day}, before the certificate would.", day=_day(last)),
            T("Create a new authority or issue the certificate for fewer months."),
        )
    return end


def make_crl(authority: Identity, revoked: Iterable[Revocation], when: datetime) -> x509.CertificateRevocationList:
    """The signed list of revoked certificates, empty or not; it must be renewed within 400 days.

    >>> from datetime import datetime, timezone
    >>> now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    >>> len(make_crl(create_authority("Root", "Group", now), [Revocation(4711, now)], now))
    1
    """
    start = _aware(when)
    _check_authority(authority, start)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(start)
        .next_update(start + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(int(start.timestamp())), critical=False)
        .add_extension(_issued_by(authority), critical=False)
    )
    for each in sorted(revoked, key=lambda revocation: revocation.serial):
        entry = x509.RevokedCertificateBuilder(serial_number=each.serial, revocation_date=_aware(each.since))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256())


def check_period(certificate: x509.Certificate, when: datetime) -> None:
    """Refuse a certificate that has ended or not begun."""
    if when > certificate.not_valid_after_utc:
        raise UserError(
            T("The certificate ended on {day}.", day=_day(certificate.not_valid_after_utc)),
            T("Ask head office for a new one."),
        )
    if when < certificate.not_valid_before_utc.replace(microsecond=0):
        raise UserError(
            T("The certificate begins on {day}.", day=_day(certificate.not_valid_before_utc)),
            T("Check the clock of this computer."),
        )


def load_request(csr_pem: bytes) -> x509.CertificateSigningRequest:
    """Read a request and make sure that whoever wrote it holds its key."""
    request = parsed(x509.load_pem_x509_csr, csr_pem, T("This is not a certificate request."))
    try:
        proven = request.is_signature_valid
    except (InvalidSignature, *UNREADABLE):
        proven = False
    if not proven:
        raise UserError(T("The signature of the certificate request is wrong."), T("Ask the plant to send it again."))
    key = request.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UserError(
            T("The certificate request does not use a P-256 key."), T("Create the request with this program.")
        )
    return request


def request_email(request: x509.CertificateSigningRequest) -> str:
    """The e-mail address a request names."""
    try:
        names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found = names.get_values_for_type(x509.RFC822Name)
    except (x509.ExtensionNotFound, *UNREADABLE):
        found = []
    if not found:
        raise UserError(T("The certificate request names no e-mail address."), T("Give the address when issuing."))
    return found[0]


def fingerprint(thing: x509.Certificate | bytes) -> str:
    """SHA-256 of a certificate, or of the key in a request, in groups that two people can read out on the telephone."""
    if isinstance(thing, x509.Certificate):
        digest = thing.fingerprint(hashes.SHA256())
    else:
        key = load_request(thing).public_key()
        hasher = hashes.Hash(hashes.SHA256())
        hasher.update(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))
        digest = hasher.finalize()
    return digest.hex(" ", 2).upper()


def subject_value(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    """The first value of one kind in a name, or nothing."""
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def sites_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """The plants a signer may sign for, as head office wrote them into the certificate."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return tuple(str(unit.value) for unit in units)


def email_of(certificate: x509.Certificate) -> str:
    """The e-mail address in a certificate, or nothing."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return ""
    return next(iter(names.get_values_for_type(x509.RFC822Name)), "")


def add_months(when: datetime, months: int) -> datetime:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return when.replace(year=year, month=month + 1, day=min(when.day, calendar.monthrange(year, month + 1)[1]))


# Some authorities write a country with three letters; the name is shown as it stands, and nobody can act on a warning.
warnings.filterwarnings("ignore", "Attribute's length must be", UserWarning)

Loaded = TypeVar("Loaded", x509.Certificate, x509.CertificateRevocationList, x509.CertificateSigningRequest)


def read_through(thing: Loaded) -> Loaded:
    """Something that was loaded, every part of it read once, so that nobody after this meets one that cannot be.

    Raises
    ------
    ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension
        and what else is in :data:`UNREADABLE`, for a part that is not as the standards have it.
    """
    _ = thing.extensions, thing.signature_hash_algorithm
    if isinstance(thing, x509.CertificateRevocationList):
        _ = thing.issuer, thing.last_update_utc, thing.next_update_utc
        return thing
    _ = thing.subject, thing.public_key()
    if isinstance(thing, x509.Certificate):
        _ = thing.issuer, thing.not_valid_before_utc, thing.not_valid_after_utc, thing.serial_number
    return thing


def parsed(load: Callable[[bytes], Loaded], data: bytes, complaint: Text) -> Loaded:
    """Read something cryptographic a person chose; whatever is wrong with it is the person's to know."""
    try:
        return read_through(load(data))
    except UNREADABLE as error:
        raise UserError(complaint, T("Choose another file.")) from error


def _check_authority(authority: Identity, when: datetime) -> None:
    constraints = authority.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    if not constraints.ca:
        raise UserError(
            T("{name} is not an authority and can issue nothing.", name=authority.name),
            T("Choose the key of head office's authority."),
        )
    check_period(authority.certificate, when)


def _aware(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a time of a certificate needs a time zone")
    return when.replace(microsecond=0)


def _day(moment: datetime) -> Text:
    return verbatim(moment.date().isoformat())


def _subject(name: str, organisation: str, role: str = "", sites: Sequence[str] = ()) -> x509.Name:
    parts = [
        (NameOID.ORGANIZATION_NAME, organisation),
        *((NameOID.ORGANIZATIONAL_UNIT_NAME, site) for site in sites),
        (NameOID.TITLE, role),
        (NameOID.COMMON_NAME, name),
    ]
    # One form for letters with accents, for stamps show what stands in the certificate.
    values = [(oid, unicodedata.normalize("NFC", value.strip())) for oid, value in parts]
    if not name.strip():
        raise UserError(T("A certificate needs a name."), T("Enter the name of the person or of the authority."))
    for _, value in values:
        if len(value) > LONGEST_NAME:
            raise UserError(
                T("“{value}” is too long for a certificate.", value=value),
                T("Use at most {longest} characters.", longest=LONGEST_NAME),
            )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values if value])


def _email(address: str) -> x509.SubjectAlternativeName:
    local, at, domain = address.partition("@")
    if not (local and at and domain and address.isascii() and " " not in address):
        raise UserError(
            T("“{address}” is not an e-mail address that a certificate can carry.", address=address),
            T("Write it like name@example.com."),
        )
    return x509.SubjectAlternativeName([x509.RFC822Name(address)])


def _issued_by(authority: Identity) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())


def _key_usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
