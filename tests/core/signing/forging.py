"""Tools of people who mean harm: they sign what they should not, or rewrite what was signed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from core.signing import AUDITOR, Identity, _writer
from core.signing.certificates import DOCUMENT_SIGNING, add_months, subject_value
from core.signing.layout import CONTENTS_DIGITS, P256_ORDER
from core.signing.stamp import make_stamp, stamp_texts
from tests.core.signing.conftest import ISSUED, SIGNED

_CONTENTS = re.compile(rb"/Contents <([0-9A-Fa-f]+)>\n/ByteRange \[0 (\d+) (\d+) (\d+)\]")
EMAIL = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.4")
SERVER = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.1")


def force(
    pdf: bytes,
    identity: Identity,
    *,
    field: str = AUDITOR,
    when: datetime = SIGNED,
    shown: str | None = None,
) -> bytes:
    """Sign without asking whether that is right; ``shown`` is another name for the stamp."""
    organisation = subject_value(identity.certificate.subject, NameOID.ORGANIZATION_NAME)
    stamp = make_stamp(stamp_texts(field, shown or identity.name, organisation, when, "en"))
    return _writer.append_signature(
        pdf, identity, field=field, stamp=stamp, reason="", location="", when=when, progress=lambda done: None
    )


def certified(
    authority: Identity,
    *,
    role: str = AUDITOR,
    purposes: Iterable[x509.ObjectIdentifier] = (DOCUMENT_SIGNING, EMAIL),
    ca: bool = False,
    commitment: bool = True,
    when: datetime = ISSUED,
    months: int = 24,
    unknown: bool = False,
) -> Identity:
    """A person with a certificate that head office would not issue like this."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Plant"),
            x509.NameAttribute(NameOID.TITLE, role),
            x509.NameAttribute(NameOID.COMMON_NAME, "Mallory"),
        ]
    )
    usage = x509.KeyUsage(True, commitment, False, False, False, ca, False, False, False)
    builder = (
        x509.CertificateBuilder(authority.certificate.subject, subject, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(when)
        .not_valid_after(add_months(when, months))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage(list(purposes)), critical=False)
    )
    if unknown:
        builder = builder.add_extension(
            x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00"), critical=True
        )
    return Identity(builder.sign(authority.key, hashes.SHA256()), key)


def containers(pdf: bytes) -> list[re.Match[bytes]]:
    """Where the signatures of a file are."""
    return list(_CONTENTS.finditer(pdf))


def der_of(pdf: bytes, index: int) -> bytes:
    """One signature."""
    padded = bytes.fromhex(containers(pdf)[index][1].decode())
    return padded[: 4 + int.from_bytes(padded[2:4], "big")]


def with_container(pdf: bytes, index: int, der: bytes, *, fill: bytes = b"0") -> bytes:
    """The same file with another signature in the same place."""
    match = containers(pdf)[index]
    digits = der.hex().upper().encode().ljust(CONTENTS_DIGITS, fill)
    assert len(digits) == CONTENTS_DIGITS
    return pdf[: match.start(1)] + digits + pdf[match.end(1) :]


def changed_container(pdf: bytes, index: int, change: Callable[[cms.SignedData], None]) -> bytes:
    """The same file with a signature that was taken apart and put together differently."""
    info = cms.ContentInfo.load(der_of(pdf, index))
    change(info["content"])
    return with_container(pdf, index, info.dump(force=True))


def resigned(pdf: bytes, index: int, identity: Identity, digest: str) -> bytes:
    """The signature made again with another digest, everything else as it should be."""
    match = containers(pdf)[index]
    first, last, length = (int(match[group]) for group in (2, 3, 4))
    hasher = hashlib.new(digest)
    hasher.update(pdf[:first] + pdf[last : last + length])
    raw = identity.certificate.public_bytes(Encoding.DER)
    parsed = asn1_x509.Certificate.load(raw)
    named = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(raw).digest()})]})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hasher.digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
        ]
    )
    algorithm = {"sha1": hashes.SHA1(), "sha512": hashes.SHA512(), "sha256": hashes.SHA256()}[digest]
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": parsed.issuer, "serial_number": parsed.serial_number}}
        ),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
        "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": f"{digest}_ecdsa"}),
        "signature": low(identity.key.sign(attributes.dump(), ec.ECDSA(algorithm))),
    }
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices("certificate", parsed)],
            "signer_infos": [cms.SignerInfo(signer)],
        }
    )
    return with_container(pdf, index, cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def low(signature: bytes) -> bytes:
    """The smaller of the two forms of an ECDSA signature."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, P256_ORDER - s))


def high(signature: bytes) -> bytes:
    """The larger of the two forms, as valid to the key as the other."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, max(s, P256_ORDER - s))


__all__ = ["EMAIL", "SERVER", "certified", "changed_container", "containers", "core", "der_of", "force", "high", "low",
           "resigned", "with_container"]  # fmt: skip
