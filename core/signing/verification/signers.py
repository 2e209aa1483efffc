"""Who signed: a certificate that head office issued for this, valid at that time and not revoked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.i18n import T, Text, verbatim
from core.signing.certificates import DOCUMENT_SIGNING, email_of, subject_value
from core.signing.trust import Trust, is_authority

CLOCKS_DIFFER = timedelta(minutes=10)
_KNOWN = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.SubjectAlternativeName,
    x509.SubjectKeyIdentifier,
    x509.AuthorityKeyIdentifier,
)


def issuer_of(certificate: x509.Certificate, trust: Trust) -> x509.Certificate | None:
    """The trusted root that really issued a certificate."""
    for authority in trust.authorities:
        try:
            certificate.verify_directly_issued_by(authority)
        except Exception:  # whatever is wrong with it: not issued by this one
            continue
        if is_authority(authority):
            return authority
    return None


def problems_of(
    certificate: x509.Certificate, field: str, signed_at: datetime, when: datetime, trust: Trust
) -> tuple[Text, ...]:
    """Everything that speaks against believing a signer; nothing if the signer is trusted."""
    authority = issuer_of(certificate, trust)
    if authority is None:
        return (T("The certificate was not issued by an authority that is trusted here."),)
    return (
        *_period(certificate, authority, signed_at, when),
        *_purpose(certificate),
        *_role(certificate, field),
        *_revocation(certificate, authority, when, trust),
    )


def same_person(one: x509.Certificate, other: x509.Certificate) -> bool:
    """Whether two certificates are one person's: the same key, e-mail address or name.

    Namesakes are told apart by head office, which writes the names into the certificates.
    """
    if one.public_key() == other.public_key():
        return True
    addresses = [email_of(each).casefold() for each in (one, other)]
    names = [_plain(subject_value(each.subject, NameOID.COMMON_NAME)) for each in (one, other)]
    return addresses[0] == addresses[1] or names[0] == names[1]


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _period(
    certificate: x509.Certificate, authority: x509.Certificate, signed_at: datetime, when: datetime
) -> Iterator[Text]:
    if signed_at > when + CLOCKS_DIFFER:
        yield T("The signature claims a time in the future.")
    if signed_at < certificate.not_valid_before_utc:
        yield T("The certificate was not yet valid when it signed.")
    if signed_at > certificate.not_valid_after_utc:
        yield T("The certificate had expired when it signed.")
    if not authority.not_valid_before_utc <= signed_at <= authority.not_valid_after_utc:
        yield T("The authority of the certificate was not valid at that time.")


def _purpose(certificate: x509.Certificate) -> Iterator[Text]:
    try:
        extensions = certificate.extensions
    except (ValueError, x509.DuplicateExtension):
        yield T("The certificate cannot be read completely.")
        return
    if any(extension.critical and not isinstance(extension.value, _KNOWN) for extension in extensions):
        yield T("The certificate contains a condition that is not known here.")
    try:
        constraints = extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        purposes = set(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        yield T("The certificate does not say what it is for.")
        return
    right_use = usage.digital_signature and usage.content_commitment and not usage.key_cert_sign
    if constraints.ca or not right_use or purposes != {DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION}:
        yield T("The certificate is not made for signing reports.")


def _role(certificate: x509.Certificate, field: str) -> Iterator[Text]:
    role = subject_value(certificate.subject, NameOID.TITLE)
    if role != field:
        yield T("The certificate is for the role “{role}”, but signed as “{field}”.", role=role, field=field)


def _revocation(
    certificate: x509.Certificate, authority: x509.Certificate, when: datetime, trust: Trust
) -> Iterator[Text]:
    """A time of signing is only claimed, so a revoked certificate is not believed for any time."""
    crl = trust.newest_crl(authority)
    if crl is None:
        return
    if crl.next_update_utc is None or crl.next_update_utc < when:
        yield T("The list of revoked certificates is out of date; ask head office for the current one.")
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is not None:
        day = verbatim(entry.revocation_date_utc.date().isoformat())
        yield T("The certificate was revoked on {day}.", day=day)
