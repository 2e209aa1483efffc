"""From a person's certificate up to a root that is believed: one step in our own group, two or three in a company PKI.

An authority between person and root must be made for issuing, valid when the person signed, not revoked by the one
above it, and no further up than the ones above allow; each authority on such a path must have published its list of
revoked certificates. A root is believed because head office says so, and for nothing that stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from core.i18n import T, Text, verbatim
from core.signing.certificates import subject_value
from core.signing.trust import Trust, is_authority, may_issue

MOST_AUTHORITIES = 3
"""Between a person and the end of the path, the root included."""
_SMALLEST_RSA = 2048
_DIGESTS = {"sha256", "sha384", "sha512"}
_KNOWN = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.SubjectAlternativeName,
    x509.SubjectKeyIdentifier,
    x509.AuthorityKeyIdentifier,
)

Path = tuple[x509.Certificate, ...]


def path_of(certificate: x509.Certificate, trust: Trust, at: datetime | None = None) -> Path:
    """The authorities from the issuer of a certificate up to a root; empty if none of them is believed.

    Parameters
    ----------
    certificate
        of a person.
    trust
        whom head office believes.
    at
        when the person signed: of several paths, one that held then is preferred.
    """
    found = list(_paths(certificate, trust, MOST_AUTHORITIES))
    good = (path for path in found if at is None or not any(problems_of_path(path, at, trust)))
    return next(good, found[0] if found else ())


def is_checked(path: Path, trust: Trust) -> bool:
    """Whether the list of revoked certificates of every authority on a path is at hand."""
    return bool(path) and all(trust.newest_crl(one) is not None for one in path)


def problems_of_path(path: Path, at: datetime, trust: Trust) -> Iterator[Text]:
    """Everything that speaks against a path to which a signature of some moment leads."""
    if not all(one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in path):
        yield T("The authority of the certificate was not valid at that time.")
    if any(_length_of(one) is not None and below > (_length_of(one) or 0) for below, one in enumerate(path)):
        yield T("There are more authorities between the certificate and its root than allowed.")
    if len(path) == 1:
        return
    for one, above in pairwise(path):
        yield from _problems_between(one, above, trust)
    for one in path:
        if trust.newest_crl(one) is None:
            yield T("The list of revoked certificates of {authority} is missing.", authority=name_of(one))


def name_of(authority: x509.Certificate) -> Text:
    """What an authority is called: its common name, or all of its name."""
    subject = authority.subject
    return verbatim(subject_value(subject, NameOID.COMMON_NAME) or subject.rfc4514_string())


def is_strong(certificate: x509.Certificate) -> bool:
    """Signed with a digest that nobody can forge, over a key that nobody can guess."""
    key, digest = certificate.public_key(), certificate.signature_hash_algorithm
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _SMALLEST_RSA:
        return False
    if digest is None or digest.name in _DIGESTS:  # None: of a kind that has its digest built in
        return True
    return is_authority(certificate)  # what a root says of itself protects nothing


def unknown_condition(certificate: x509.Certificate) -> bool:
    """Whether a certificate asks for something that is not examined here."""
    return any(one.critical and not isinstance(one.value, _KNOWN) for one in certificate.extensions)


def _paths(certificate: x509.Certificate, trust: Trust, left: int) -> Iterator[Path]:
    for authority in trust.authorities:
        if not _issued(certificate, authority):
            continue
        if is_authority(authority):
            yield (authority,)
        elif left > 1 and authority != certificate:
            for rest in _paths(authority, trust, left - 1):
                yield (authority, *rest)


def _issued(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except MemoryError:
        raise
    except Exception:  # whatever is wrong with it: not issued by this one
        return False
    return True


def _problems_between(one: x509.Certificate, above: x509.Certificate, trust: Trust) -> Iterator[Text]:
    if not may_issue(one) or unknown_condition(one) or not is_strong(one):
        yield T("The authority {authority} is not made for issuing certificates of people.", authority=name_of(one))
    crl = trust.newest_crl(above)
    entry = None if crl is None else crl.get_revoked_certificate_by_serial_number(one.serial_number)
    if entry is not None:
        day = verbatim(entry.revocation_date_utc.date().isoformat())
        yield T("The authority {authority} was revoked on {day}.", authority=name_of(one), day=day)


def _length_of(authority: x509.Certificate) -> int | None:
    try:
        return authority.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
    except x509.ExtensionNotFound:
        return None
