"""Keys on cards and sticks (PKCS#11): they are made there, sign there, and never leave.

The library of the token's maker is loaded into this process, used by one at a time, and put away afterwards, so that a
token that was plugged in meanwhile is seen. Everything a token refuses becomes a sentence with a way out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import UserError
from core.i18n import T
from core.signing.certificates import Identity, check_period, request_for
from core.signing.token_access import (
    TokenCertificate,
    certificates_on,
    chosen_certificate,
    id_of,
    opened,
    opened_library,
    plugged_in,
    private_key,
    public_key_of,
    single_token,
    wanted_tokens,
)
from core.signing.token_key import TokenKey

if TYPE_CHECKING:
    import pkcs11

_MARK = "plant-audit"
"""Label of keys made here; people tell them apart by their ID."""


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token that is plugged in."""

    label: str
    serial: str
    maker: str
    model: str
    pad: bool
    """The PIN is typed on the token itself."""


def plugged_tokens(module: Path) -> tuple[TokenInfo, ...]:
    """The tokens that are plugged in.

    Parameters
    ----------
    module
        library of the token's maker (``.so``, ``.dll``, ``.dylib``).

    Raises
    ------
    UserError
        when the library cannot be loaded.
    """
    with opened_library(module) as library:
        return tuple(_described(token) for token in plugged_in(library))


def token_certificates(module: Path, token: str = "") -> tuple[TokenCertificate, ...]:
    """The certificates on the tokens that are plugged in; they are public, so no PIN is asked.

    Parameters
    ----------
    module
        library of the token's maker.
    token
        label or serial number of one token; empty: all.

    Raises
    ------
    UserError
        when the library cannot be loaded or no such token is plugged in.
    """
    found: list[TokenCertificate] = []
    with opened_library(module) as library:
        for one in wanted_tokens(library, token):
            with opened(one, None) as session:
                found += certificates_on(session, one.serial.decode("ascii", "replace"))
    return tuple(found)


@contextmanager
def token_identity(
    module: Path, pin: str, *, token: str = "", key: str = "", when: datetime | None = None
) -> Iterator[Identity]:
    """A person's certificate and key on a token, for as long as the block runs.

    Parameters
    ----------
    module
        library of the token's maker.
    pin
        of the token; empty for one on which it is typed.
    token
        label or serial number; needed when several are plugged in.
    key
        ID of the certificate in hexadecimal; needed when there are several.
    when
        now: a certificate that is not valid then is refused.

    Raises
    ------
    UserError
        for everything that stands against signing: no library, no token, a wrong PIN, no certificate, no key for it,
        a key that reports cannot be signed with.
    """
    with opened_library(module) as library, opened(single_token(library, token), pin) as session:
        chosen = chosen_certificate(session, key)
        certificate, public = chosen.certificate, chosen.certificate.public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
            raise UserError(
                T("The key on the token is not a P-256 key."), T("Make a new key on the token with this program.")
            )
        if when is not None:
            check_period(certificate, when)
        yield Identity(certificate, TokenKey(private_key(session, chosen.id), public))


def create_token_request(
    module: Path, pin: str, *, name: str, email: str, organisation: str, role: str, token: str = ""
) -> tuple[str, bytes]:
    """Make a key on a token, and the request (PEM) that head office turns into a certificate.

    Parameters
    ----------
    module, pin, token
        as for :func:`token_identity`.
    name, email, organisation, role
        as for :func:`core.signing.create_request`.

    Returns
    -------
    str and bytes
        ID of the new key in hexadecimal, and the request.

    Raises
    ------
    UserError
        when the token makes no such key, and as for :func:`token_identity`.
    """
    made: list[bytes] = []
    with opened_library(module) as library, opened(single_token(library, token), pin, writing=True) as session:
        ident = new_key(session, lambda key: made.append(request_for(key, name, email, organisation, role)))
    return ident, made[0]


def new_key(session: pkcs11.Session, use: Callable[[TokenKey], None]) -> str:
    """Make a key on an open token and use it at once; whatever ``use`` raises, no key is left behind.

    Parameters
    ----------
    session
        open for writing.
    use
        writes down what makes the key known to somebody: a request, or a certificate.

    Returns
    -------
    str
        ID of the new key in hexadecimal.
    """
    import pkcs11
    from pkcs11.util.ec import encode_named_curve_parameters

    ident = os.urandom(8)
    curve = {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    parameters = session.create_domain_parameters(pkcs11.KeyType.EC, curve, local=True)
    public, private = parameters.generate_keypair(
        store=True,
        id=ident,
        label=_MARK,
        capabilities=pkcs11.MechanismFlag.SIGN | pkcs11.MechanismFlag.VERIFY,
        private_template={pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False},
    )
    assert isinstance(private, pkcs11.SignMixin)
    try:
        use(TokenKey(private, public_key_of(public)))
    except BaseException:  # a key nobody has a request for would lie there for ever
        for half in (private, public):
            half.destroy()
        raise
    return ident.hex()


def store_token_certificate(module: Path, pin: str, certificate: x509.Certificate, *, token: str = "") -> str:
    """Put the certificate that head office issued beside its key; an older one of the same key goes.

    Parameters
    ----------
    module, pin, token
        as for :func:`token_identity`.
    certificate
        of a key that is on the token.

    Returns
    -------
    str
        ID of key and certificate in hexadecimal.

    Raises
    ------
    UserError
        when the token has no key for it, and as for :func:`token_identity`.
    """
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    with opened_library(module) as library, opened(single_token(library, token), pin, writing=True) as session:
        ident = id_of(session, certificate)
        kinds = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, pkcs11.Attribute.ID: ident}
        older = list(session.get_objects(kinds))
        values = decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER))
        session.create_object(
            {
                **values,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.PRIVATE: False,
                pkcs11.Attribute.ID: ident,
                pkcs11.Attribute.LABEL: _MARK,
            }
        )
        for one in older:
            one.destroy()
    return ident.hex()


def _described(token: pkcs11.Token) -> TokenInfo:
    import pkcs11

    return TokenInfo(
        token.label,
        token.serial.decode("ascii", "replace"),
        token.manufacturer_id,
        token.model,
        bool(token.flags & pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH),
    )
