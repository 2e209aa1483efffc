"""Tokens (PKCS#11): load the maker's library, open a session, find what lies on a token."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.errors import UserError
from core.i18n import T, verbatim
from core.signing.certificates import subject_value
from core.signing.token_errors import refused_politely

if TYPE_CHECKING:
    import pkcs11
    from pkcs11 import _pkcs11

_ONE_AT_A_TIME = threading.Lock()
_POINT = 65
"""Of a P-256 key, as it is written without its DER. [bytes]"""


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate on a token."""

    token: str
    """Serial number of the token."""
    id: str
    """Which joins certificate and key, in hexadecimal."""
    label: str
    certificate: x509.Certificate

    @property
    def name(self) -> str:
        """The person's, as the certificate says."""
        return subject_value(self.certificate.subject, NameOID.COMMON_NAME)

    @property
    def role(self) -> str:
        """``Auditor`` or ``PlantManager``; empty for what signs no reports."""
        return subject_value(self.certificate.subject, NameOID.TITLE)

    @property
    def until(self) -> date:
        """The last day of the certificate."""
        return self.certificate.not_valid_after_utc.date()


@contextmanager
def opened_library(module: Path) -> Iterator[_pkcs11.lib]:
    """The maker's library, loaded afresh."""
    import pkcs11

    if not module.is_file():
        raise UserError(
            T("The library of the token, {file}, was not found.", file=str(module)),
            T("Install the program that came with the token and choose its PKCS#11 library."),
        )
    with _ONE_AT_A_TIME:
        try:
            library = pkcs11.lib(str(module))
        except pkcs11.PKCS11Error as error:
            raise UserError(
                T("{file} is no library of a token: {reason}", file=module.name, reason=verbatim(str(error))),
                T("Choose the PKCS#11 library that came with the token, for this kind of processor."),
            ) from error
        try:
            with refused_politely():
                yield library
        finally:
            with suppress(pkcs11.PKCS11Error):
                library.finalize()


@contextmanager
def opened(token: pkcs11.Token, pin: str | None, *, writing: bool = False) -> Iterator[pkcs11.Session]:
    """Open a token; with a PIN, or the pad of the token, as its owner."""
    import pkcs11

    secret: object = pin
    if pin == "":
        if not token.flags & pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH:
            raise UserError(T("The PIN of the token is empty."), T("Type the PIN."))
        secret = pkcs11.PROTECTED_AUTH
    with refused_politely(token):
        session = token.open(rw=writing, user_pin=secret)
    try:
        yield session
    finally:
        with suppress(pkcs11.PKCS11Error):  # of a token that is gone
            session.close()


def plugged_in(library: _pkcs11.lib) -> list[pkcs11.Token]:
    """Every token that is there and was set up."""
    import pkcs11

    found = [slot.get_token() for slot in library.get_slots(token_present=True)]
    return [token for token in found if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]


def wanted_tokens(library: _pkcs11.lib, name: str) -> list[pkcs11.Token]:
    """Those of a label or serial number; all without one, and never none."""
    found = plugged_in(library)
    if not found:
        raise UserError(T("No token is plugged in."), T("Plug the token in and try again."))
    wanted = [one for one in found if name in ("", one.label, one.serial.decode("ascii", "replace"))]
    if not wanted:
        labels = ", ".join(one.label for one in found)
        raise UserError(
            T("The token “{name}” is not plugged in.", name=name),
            T("Plugged in: {tokens}", tokens=verbatim(labels)),
        )
    return wanted


def single_token(library: _pkcs11.lib, name: str) -> pkcs11.Token:
    """The one of a label or serial number, or the only one."""
    wanted = wanted_tokens(library, name)
    if len(wanted) > 1:
        said = "; ".join(f"{one.label} ({one.serial.decode('ascii', 'replace')})" for one in wanted)
        raise UserError(
            T("Several tokens are plugged in: {tokens}", tokens=verbatim(said)),
            T("Choose one by its serial number, or unplug the others."),
        )
    return wanted[0]


def certificates_on(session: pkcs11.Session, token: str) -> Iterator[TokenCertificate]:
    """Every certificate of a token that can be read; ``token`` is its serial number."""
    import pkcs11

    wanted = {
        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
    }
    for one in list(session.get_objects(wanted)):
        with suppress(ValueError, pkcs11.AttributeTypeInvalid):  # some tokens carry leftovers of their maker
            certificate = x509.load_der_x509_certificate(bytes(one[pkcs11.Attribute.VALUE]))
            ident, label = bytes(one[pkcs11.Attribute.ID]).hex(), str(one[pkcs11.Attribute.LABEL])
            yield TokenCertificate(token, ident, label, certificate)


def chosen_certificate(session: pkcs11.Session, key: str) -> TokenCertificate:
    """The certificate of an ID, or the only one."""
    found = list(certificates_on(session, ""))
    wanted = [one for one in found if one.id == key.lower()] if key else found
    if not wanted:
        raise UserError(
            T("There is no certificate {id} on the token.", id=key)
            if key
            else T("There is no certificate on the token."),
            T("Take in the certificate that head office returned for the key on the token."),
        )
    if len(wanted) > 1:
        said = "; ".join(f"{one.id} ({one.name})" for one in wanted)
        raise UserError(
            T("There are several certificates on the token: {certificates}", certificates=verbatim(said)),
            T("Choose one by its ID."),
        )
    return wanted[0]


def private_key(session: pkcs11.Session, ident: str) -> pkcs11.SignMixin:
    """The key of an ID that may sign."""
    import pkcs11

    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.ID: bytes.fromhex(ident)}
    found = [one for one in list(session.get_objects(wanted)) if isinstance(one, pkcs11.SignMixin)]
    if not found:
        raise UserError(
            T("The token holds the certificate {id} without a key that may sign.", id=ident),
            T("Use the token on which the key was made."),
        )
    return found[0]


def id_of(session: pkcs11.Session, certificate: x509.Certificate) -> bytes:
    """The ID of the key for which a certificate was issued."""
    import pkcs11

    for one in list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PUBLIC_KEY})):
        with suppress(ValueError, pkcs11.AttributeTypeInvalid):
            if isinstance(one, pkcs11.PublicKey) and public_key_of(one) == certificate.public_key():
                return bytes(one[pkcs11.Attribute.ID])
    raise UserError(T("This certificate was issued for another key."), T("Choose the token on which the key was made."))


def public_key_of(key: pkcs11.PublicKey) -> ec.EllipticCurvePublicKey:
    """Raises ValueError for a key of another kind."""
    import pkcs11

    point = bytes(key[pkcs11.Attribute.EC_POINT])  # DER, as the standard says; some tokens give it bare
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point[-_POINT:])
