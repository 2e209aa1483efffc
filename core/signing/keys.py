"""Private keys on disk: always behind a passphrase, readable only by their owner."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate, load_pem_x509_certificate

from core.disk import read_within, write_safely
from core.errors import UserError
from core.i18n import T
from core.signing.certificates import UNREADABLE, Identity, check_period, read_through

SHORTEST_PASSPHRASE = 8
_MAGIC = b"plant-audit-key-1\n"
_SALT, _NONCE = 16, 12
_P12_ROUNDS = 600_000
_COST = 2**17
"""Of scrypt: so many steps for a guess at the passphrase of a key that waits. No file says it, so it never changes."""
_MOST_ROUNDS = 10_000_000
"""Of a key file of any program; they take some seconds, and a number that somebody altered may take days."""
_LARGEST = 1_000_000


def joined(certificate: Certificate, key: ec.EllipticCurvePrivateKey) -> Identity:
    """An issued certificate with the key that it was asked for with.

    Raises
    ------
    UserError
        when it was issued for another key.
    """
    if key.public_key() != certificate.public_key():
        raise UserError(
            T("This certificate was issued for another key."), T("Choose the key that was made with the request.")
        )
    return Identity(certificate, key)


def save_p12(path: Path, identity: Identity, passphrase: str) -> None:
    """Write key and certificate as PKCS#12, the form that other programs import.

    Its passphrase can be guessed faster than that of :func:`save_key`: for carrying, not for keeping.
    """
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_P12_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(_secret(passphrase))
    )
    name = identity.name.encode("utf-8")
    data = pkcs12.serialize_key_and_certificates(name, identity.key, identity.certificate, None, encryption)
    write_safely(path, data, private=True)


def load_p12(path: Path, passphrase: str, when: datetime | None = None) -> Identity:
    """Read key and certificate; with ``when``, a certificate that is not valid then is refused."""
    data = _read(path)
    if not data.startswith(b"\x30"):
        raise UserError(T("{file} is not a PKCS#12 file.", file=path.name), T("Choose a file that ends in .p12."))
    if max(_rounds(data), default=0) > _MOST_ROUNDS:
        raise UserError(
            T("{file} asks for more work than any key file needs.", file=path.name),
            T("Export the key again, with the program it came from."),
        )
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, passphrase.encode("utf-8"))
    except UNREADABLE as error:
        if "password" in str(error).lower():
            raise UserError(T("The passphrase of {file} is wrong.", file=path.name), T("Type it again.")) from error
        raise UserError(
            T("{file} is not a PKCS#12 file.", file=path.name), T("Choose a file that ends in .p12.")
        ) from error
    if key is None or certificate is None:
        raise UserError(
            T("{file} holds no private key with its certificate.", file=path.name),
            T("Export key and certificate together."),
        )
    identity = Identity(certificate, _p256(key, path))
    if identity.key.public_key() != certificate.public_key():
        raise UserError(
            T("Key and certificate in {file} do not belong together.", file=path.name),
            T("Choose the certificate that was issued for this key."),
        )
    if when is not None:
        check_period(certificate, when)
    return identity


def _rounds(data: bytes) -> Iterator[int]:
    """How often each passphrase of a file is put through, as the file says; nothing for what is no such file."""
    from asn1crypto import pkcs12 as asn1

    try:
        file = asn1.Pfx.load(data)
        if file["mac_data"].native is not None:
            yield int(file["mac_data"]["iterations"].native)
        for part in file.authenticated_safe:
            if part["content_type"].native == "encrypted_data":
                yield int(part["content"]["encrypted_content_info"]["content_encryption_algorithm"].kdf_iterations)
            elif part["content_type"].native == "data":
                for bag in asn1.SafeContents.load(part["content"].native):
                    if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                        yield int(bag["bag_value"]["encryption_algorithm"].kdf_iterations)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return  # it is refused for that when it is loaded


def save_key(path: Path, key: ec.EllipticCurvePrivateKey, passphrase: str) -> None:
    """Keep a key whose certificate is still to come: PKCS#8 under scrypt and AES-256-GCM."""
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_derive(_secret(passphrase), salt)).encrypt(nonce, plain, _MAGIC)
    write_safely(path, _MAGIC + salt + nonce + sealed, private=True)


def load_key(path: Path, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Read back what :func:`save_key` wrote."""
    data = _read(path)
    if not data.startswith(_MAGIC):
        raise UserError(T("{file} is not a key file of this program.", file=path.name), T("Choose another file."))
    body = data[len(_MAGIC) :]
    salt, nonce, sealed = body[:_SALT], body[_SALT : _SALT + _NONCE], body[_SALT + _NONCE :]
    try:
        plain = AESGCM(_derive(passphrase.encode("utf-8"), salt)).decrypt(nonce, sealed, _MAGIC)
    except (InvalidTag, ValueError) as error:
        raise UserError(
            T("The passphrase of {file} is wrong, or the file is damaged.", file=path.name), T("Type it again.")
        ) from error
    return _p256(serialization.load_der_private_key(plain, None), path)


def save_certificate(path: Path, certificate: Certificate) -> None:
    """Write a certificate as PEM; it is public."""
    write_safely(path, certificate.public_bytes(serialization.Encoding.PEM))


def load_certificate(path: Path) -> Certificate:
    """Read a certificate in PEM."""
    try:
        return read_through(load_pem_x509_certificate(_read(path)))
    except UNREADABLE as error:
        raise UserError(
            T("“{file}” is no certificate.", file=path.name), T("Choose the file that head office returned.")
        ) from error


def _p256(key: object, path: Path) -> ec.EllipticCurvePrivateKey:
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise UserError(T("The key in {file} is not a P-256 key.", file=path.name), T("Use a key made by this program."))


def _derive(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase)


def _secret(passphrase: str) -> bytes:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            T(
                "A private key is only written with a passphrase of at least {count} characters.",
                count=SHORTEST_PASSPHRASE,
            ),
            T("Choose a longer one, for example four words."),
        )
    return passphrase.encode("utf-8")


def _read(path: Path) -> bytes:
    large = UserError(T("{file} is too large for a key file.", file=path.name), T("Choose another file."))
    return read_within(path, _LARGEST, large)
