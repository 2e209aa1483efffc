"""A private key on a token, usable wherever the program signs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from core.errors import UserError
from core.i18n import T
from core.signing.token_errors import refused_politely

if TYPE_CHECKING:
    import pkcs11


class TokenKey(ec.EllipticCurvePrivateKey):
    """A private key that stays on its token: it signs what is asked of it, and that is all."""

    def __init__(self, key: pkcs11.SignMixin, public: ec.EllipticCurvePublicKey) -> None:
        self._key, self._public = key, public

    @property
    def curve(self) -> ec.EllipticCurve:
        return self._public.curve

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._public

    def sign(self, data: object, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        """ECDSA over SHA-256, as DER; the token gets the digest and gives the two bare numbers.

        Raises
        ------
        UserError
            when the token is gone, or answers with something that is no signature of this key.
        """
        import pkcs11

        if not isinstance(signature_algorithm.algorithm, hashes.SHA256):
            raise ValueError("keys on tokens sign SHA-256 alone")
        content = bytes(data)  # type: ignore[call-overload]
        with refused_politely(signing=True):
            raw = bytes(self._key.sign(hashlib.sha256(content).digest(), mechanism=pkcs11.Mechanism.ECDSA))
        numbers = raw[: len(raw) // 2], raw[len(raw) // 2 :]
        signature = encode_dss_signature(*(int.from_bytes(number, "big") for number in numbers))
        try:
            self._public.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise UserError(
                T("The key on the token does not belong to the certificate."),
                T("Choose the other certificate, or take in the one that was issued for this key."),
            ) from error
        return signature

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> NoReturn:
        _stays()

    def private_numbers(self) -> NoReturn:
        _stays()

    def private_bytes(
        self,
        encoding: serialization.Encoding,
        format: serialization.PrivateFormat,
        encryption_algorithm: serialization.KeySerializationEncryption,
    ) -> NoReturn:
        _stays()

    def __copy__(self) -> TokenKey:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> TokenKey:
        return self


def _stays() -> NoReturn:
    raise UserError(T("The key never leaves its token."), T("Sign with the token plugged in."))
