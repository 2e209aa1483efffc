"""Key files for tests that only need one to sign with."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from core.signing import Identity

ROUNDS = 1_000
"""The product makes 600,000 of each guess at a passphrase; a file says how many, and reading it takes as long."""


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
