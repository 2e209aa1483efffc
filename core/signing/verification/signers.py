"""Who signed: a certificate that head office issued for this, valid at that time and not revoked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.i18n import T, Text, verbatim
from core.signing.certificates import DOCUMENT_SIGNING, email_of, sites_of, subject_value
from core.signing.trust import Named, Trust
from core.signing.verification.paths import (
    Path,
    is_checked,
    is_strong,
    name_of,
    path_of,
    problems_of_path,
    unknown_condition,
)

CLOCKS_DIFFER = timedelta(minutes=10)
_OURS = frozenset({DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION})
_MICROSOFT_DOCUMENTS = x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12")
_SIGNING = _OURS | {_MICROSOFT_DOCUMENTS}
_PERSONAL = _SIGNING | {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SMARTCARD_LOGON}
"""What a card of a company is for besides signing; never a server, a program, a time stamp or everything."""


def role_in(certificate: x509.Certificate, trust: Trust) -> str:
    """The role of a signer: head office's word about this certificate, or else what stands in it."""
    named = trust.named_as(certificate)
    return subject_value(certificate.subject, NameOID.TITLE) if named is None else named.role


def sites_in(certificate: x509.Certificate, trust: Trust) -> tuple[str, ...]:
    """The plants a signer may sign for; none named means all."""
    named = trust.named_as(certificate)
    return sites_of(certificate) if named is None else named.sites


def revocation_checked(certificate: x509.Certificate, trust: Trust, at: datetime) -> bool:
    """Whether the lists of revoked certificates of every authority above a signer are at hand."""
    return is_checked(path_of(certificate, trust, at), trust)


def problems_of(
    certificate: x509.Certificate,
    field: str,
    signed_at: datetime,
    when: datetime,
    trust: Trust,
    proven: datetime | None = None,
) -> tuple[Text, ...]:
    """Everything that speaks against believing a signer; nothing if the signer is trusted.

    Parameters
    ----------
    certificate
        of the signer. One that our own root issued says role and plants itself. One of a company PKI that head office
        named needs a P-256 key, the key usages digital signature and non-repudiation, and as purpose e-mail protection
        or the signing of documents, beside which only the log-on of a person may stand.
    field
        the role in which it signed.
    signed_at
        when it signed, as the signer claims.
    when
        the moment of judging.
    trust
        whom head office believes.
    proven
        a moment at which the signature is known to have existed, if there is a proof that does not come from the
        signer. Only then a later revocation does not count.
    """
    path = path_of(certificate, trust, signed_at)
    if not path:
        return (T("The certificate was not issued by an authority that is trusted here."),)
    named = trust.named_as(certificate)
    return (
        *_period(certificate, signed_at, when),
        *problems_of_path(path, signed_at, trust),
        *_purpose(certificate, named),
        *_role(certificate, field, trust),
        *_withdrawn(named, proven),
        *_revocation(certificate, path, when, trust, proven),
    )


def same_person(one: x509.Certificate, other: x509.Certificate) -> bool:
    """Whether two certificates are one person's: the same key, e-mail address or name.

    Namesakes are told apart by head office, which writes the names into the certificates.
    """
    if one.public_key() == other.public_key():
        return True
    addresses = [email_of(each).casefold() for each in (one, other)]
    names = [_plain(subject_value(each.subject, NameOID.COMMON_NAME)) for each in (one, other)]
    return "" != addresses[0] == addresses[1] or names[0] == names[1]


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _period(certificate: x509.Certificate, signed_at: datetime, when: datetime) -> Iterator[Text]:
    if signed_at > when + CLOCKS_DIFFER:
        yield T("The signature claims a time in the future.")
    if signed_at < certificate.not_valid_before_utc:
        yield T("The certificate was not yet valid when it signed.")
    if signed_at > certificate.not_valid_after_utc:
        yield T("The certificate had expired when it signed.")


def _purpose(certificate: x509.Certificate, named: Named | None) -> Iterator[Text]:
    try:
        extensions = certificate.extensions
    except (ValueError, x509.DuplicateExtension):
        yield T("The certificate cannot be read completely.")
        return
    if unknown_condition(certificate):
        yield T("The certificate contains a condition that is not known here.")
    try:
        constraints = extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        purposes = frozenset(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        yield T("The certificate does not say what it is for.")
        return
    right_use = usage.digital_signature and usage.content_commitment and not usage.key_cert_sign
    fits = purposes == _OURS if named is None else bool(purposes & _SIGNING) and purposes <= _PERSONAL
    if constraints.ca or not right_use or not fits or not is_strong(certificate):
        yield T("The certificate is not made for signing reports.")


def personal(certificate: x509.Certificate) -> bool:
    """Whether a certificate of a company PKI is one that head office could name."""
    return not any(_purpose(certificate, Named("", "")))


def _role(certificate: x509.Certificate, field: str, trust: Trust) -> Iterator[Text]:
    role = role_in(certificate, trust)
    if role != field:
        yield T("The certificate is for the role “{role}”, but signed as “{field}”.", role=role, field=field)


def _withdrawn(named: Named | None, proven: datetime | None) -> Iterator[Text]:
    if named is None or not named.withdrawn:
        return
    since = datetime.fromisoformat(named.withdrawn)
    if proven is None or proven >= since:
        yield T("The certificate was revoked on {day}.", day=verbatim(since.date().isoformat()))


def _revocation(
    certificate: x509.Certificate, path: Path, when: datetime, trust: Trust, proven: datetime | None
) -> Iterator[Text]:
    """A time of signing is only claimed, so a revoked certificate is not believed for any time, unless it is proven."""
    for authority in path:
        crl = trust.newest_crl(authority)
        if crl is not None and (crl.next_update_utc is None or crl.next_update_utc < when):
            yield _out_of_date(authority, len(path) > 1)
    crl = trust.newest_crl(path[0])
    entry = None if crl is None else crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is not None and (proven is None or proven >= entry.revocation_date_utc):
        day = verbatim(entry.revocation_date_utc.date().isoformat())
        yield T("The certificate was revoked on {day}.", day=day)


def _out_of_date(authority: x509.Certificate, several: bool) -> Text:
    if several:
        return T(
            "The list of revoked certificates of {authority} is out of date; head office needs the current one.",
            authority=name_of(authority),
        )
    return T("The list of revoked certificates is out of date; ask head office for the current one.")
