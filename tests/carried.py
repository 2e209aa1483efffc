"""Files under a passphrase for tests that only need one: soon made and soon opened."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import pkcs12

from core.signing import Identity

ROUNDS = 1_000
"""The product makes 600,000 of each guess at a passphrase; a file says how many, and reading it takes as long."""
DOUBLINGS = 10
COST = 2**DOUBLINGS
"""Of the steps of scrypt. The library for files for mail doubles until it takes a second; its files say how often."""
_CHUNK = 65_536


def quick_p12(path: Path, identity: Identity, passphrase: str) -> None:
    """As ``save_p12``, but soon opened; what the product itself writes is held in ``core/signing/test_keys.py``."""
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode("utf-8"))
    )
    name = identity.name.encode("utf-8")
    path.write_bytes(pkcs12.serialize_key_and_certificates(name, identity.key, identity.certificate, None, encryption))


def quick_age(data: bytes, passphrase: str) -> bytes:
    """As ``pyrage.passphrase.encrypt``, by the text of age-encryption.org/v1; the library opens it."""
    secret, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    asked = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=COST, r=8, p=1)
    wrapped = ChaCha20Poly1305(asked.derive(passphrase.encode("utf-8"))).encrypt(bytes(12), secret, None)
    head = b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (_text(salt), DOUBLINGS, _text(wrapped))
    seal = hmac.HMAC(_from(secret, b"", b"header"), hashes.SHA256())
    seal.update(head)
    sealing = ChaCha20Poly1305(_from(secret, nonce, b"payload"))
    starts = range(0, max(len(data), 1), _CHUNK)
    last = len(starts) - 1
    sealed = (
        sealing.encrypt(number.to_bytes(11, "big") + bytes([number == last]), data[start : start + _CHUNK], None)
        for number, start in enumerate(starts)
    )
    return b"".join((head, b" ", _text(seal.finalize()), b"\n", nonce, *sealed))


def _text(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _from(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=salt or None, info=purpose).derive(secret)
