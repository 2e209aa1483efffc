"""The signature inside the file: where it lies, what it covers, and that it is written in its one right form."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from core.i18n import T
from core.signing.certificates import read_through
from core.signing.layout import CONTENTS_DIGITS, P256_ORDER, STAMPED_DIGITS
from core.signing.verification.grammar import Signed
from core.signing.verification.refusal import Refused
from core.signing.verification.syntax import Value

_CONTENTS = re.compile(
    rb"\n/Contents <([0-9A-F]{%d}|[0-9A-F]{%d})>\n/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\] *\n"
    % (CONTENTS_DIGITS, STAMPED_DIGITS)
)
_DATE = re.compile(rb"D:(\d{14})(?:(Z)|([+-]\d\d)'(\d\d)'?)")
_ATTRIBUTES = ["content_type", "message_digest", "signing_certificate_v2"]


@dataclass(frozen=True, slots=True)
class Container:
    """What the signature says, checked against the file but not against anybody's trust."""

    certificate: x509.Certificate
    signed_at: datetime
    intact: bool
    """The file is what was signed, and this certificate's key signed it."""
    signature: bytes
    """What a time stamp is for."""
    stamp: bytes | None
    """The time stamp (RFC 3161 token, DER) beside the signature, not examined; None: there is none."""


def read_container(data: bytes, signed: Signed) -> Container:
    """Open the signature of one revision."""
    der, covered, roomy = _covered(data, signed)
    signed_at = _signing_time(signed.values["M"])
    certificate, intact, signature, stamp = _tried(der, covered)
    if roomy != (stamp is not None):
        raise _not_canonical()  # one right form with a time stamp, and one without
    return Container(certificate, signed_at, intact, signature, stamp)


def open_signature(der: bytes, covered: bytes) -> tuple[x509.Certificate, bool]:
    """The certificate inside a signature without time stamp, and whether its key signed what has this SHA-256."""
    certificate, intact, _, stamp = _tried(der, covered)
    if stamp is not None:
        raise _not_canonical()
    return certificate, intact


def _tried(der: bytes, covered: bytes) -> tuple[x509.Certificate, bool, bytes, bytes | None]:
    try:
        return _opened(der, covered)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # three libraries read this part, each with errors of its own
        raise _not_canonical() from error


def _opened(der: bytes, covered: bytes) -> tuple[x509.Certificate, bool, bytes, bytes | None]:
    info = _parsed(der)
    signer = info["signer_infos"][0]
    raw = info["certificates"][0].chosen.dump()
    certificate = _certificate(raw)
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]}
    single = len(signer["signed_attrs"]) == len(_ATTRIBUTES) and all(len(each) == 1 for each in attributes.values())
    if sorted(attributes) != _ATTRIBUTES or not single:
        raise Refused(T("A signature is not written the way PAdES asks."))
    digest_fits = attributes["message_digest"][0].native == covered
    named = _names_certificate(attributes["signing_certificate_v2"][0], raw)
    signature = signer["signature"].native
    signs = _signs(certificate, signature, signer["signed_attrs"].untag().dump())
    return certificate, digest_fits and named and signs, signature, _stamp_of(signer)


def _stamp_of(signer: cms.SignerInfo) -> bytes | None:
    """The only thing that may stand beside what was signed."""
    beside = signer["unsigned_attrs"]
    if isinstance(beside, core.Void):
        return None
    if len(beside) != 1 or beside[0]["type"].native != "signature_time_stamp_token" or len(beside[0]["values"]) != 1:
        raise _not_canonical()
    return bytes(beside[0]["values"][0].dump())


def _covered(data: bytes, signed: Signed) -> tuple[bytes, bytes, bool]:
    """The container, the digest of all else up to the end of its revision, and whether it has room for a stamp."""
    start, end = signed.place
    found = list(_CONTENTS.finditer(data, start, end))
    if len(found) != 1:
        raise Refused(T("A signature is not written the way this program writes it."))
    match = found[0]
    first, last = match.start(1) - 1, match.end(1) + 1
    limit = signed.revision.end
    if [int(match[2]), int(match[3]), int(match[4])] != [first, last, limit - last]:
        raise Refused(T("A signature leaves out a part of the file."))
    if signed.values["ByteRange"] != [0, first, last, limit - last]:
        raise Refused(T("A signature leaves out a part of the file."))
    view = memoryview(data)
    digest = hashlib.sha256(view[:first])
    digest.update(view[last:limit])
    return _trimmed(bytes.fromhex(match[1].decode("ascii"))), digest.digest(), len(match[1]) == STAMPED_DIGITS


def _trimmed(padded: bytes) -> bytes:
    """The DER value without the zeros that fill the space kept for it."""
    if padded[:2] != b"\x30\x82":
        raise _not_canonical()
    length = 4 + int.from_bytes(padded[2:4], "big")
    if padded[length:].strip(b"\0") or length > len(padded):
        raise _not_canonical()
    return padded[:length]


def _parsed(der: bytes) -> cms.SignedData:
    """The signed data; built again from its parts it must give the same bytes, so nothing can hide in it."""
    content = cms.ContentInfo.load(der, strict=True)
    if content["content_type"].native != "signed_data":
        raise _not_canonical()
    info = content["content"]
    if len(info["signer_infos"]) != 1 or len(info["certificates"]) != 1:
        raise _not_canonical()
    signer = info["signer_infos"][0]
    if signer["digest_algorithm"]["algorithm"].native != "sha256":
        raise Refused(T("A signature uses a weak or unknown digest."))
    again = _rebuilt(signer, info["certificates"][0])
    if again.dump() != der:
        raise _not_canonical()
    return info


def _rebuilt(signer: cms.SignerInfo, certificate: cms.CertificateChoices) -> cms.ContentInfo:
    parsed = certificate.chosen
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    again = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": parsed.issuer, "serial_number": parsed.serial_number}
                    )
                }
            ),
            "digest_algorithm": digest,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signer["signature"].native,
        }
    )
    if not isinstance(signer["unsigned_attrs"], core.Void):
        again["unsigned_attrs"] = signer["unsigned_attrs"]
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [again],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": data})


def _certificate(raw: bytes) -> x509.Certificate:
    try:
        return read_through(x509.load_der_x509_certificate(raw))
    except MemoryError:
        raise
    except Exception as error:
        raise Refused(T("The certificate of a signature cannot be read.")) from error


def _names_certificate(attribute: tsp.SigningCertificateV2, raw: bytes) -> bool:
    named = [entry.native for entry in attribute["certs"]]
    return len(named) == 1 and named[0]["cert_hash"] == hashlib.sha256(raw).digest()


def signs_reports(certificate: x509.Certificate) -> bool:
    """Whether the key of a certificate is of the one kind that reports are signed with."""
    key = certificate.public_key()
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def _signs(certificate: x509.Certificate, signature: bytes, attributes: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not signs_reports(certificate):
        raise Refused(T("A signature uses another kind of key than P-256."))
    try:
        if decode_dss_signature(signature)[1] > P256_ORDER // 2:
            raise _not_canonical()
        key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signing_time(value: Value) -> datetime:
    match = _DATE.fullmatch(value) if isinstance(value, bytes) else None
    if match is None:
        raise Refused(T("The time of a signature cannot be read."))
    zone = "+0000" if match[2] else (match[3] + match[4]).decode("ascii")
    try:
        return datetime.strptime(match[1].decode("ascii") + zone, "%Y%m%d%H%M%S%z")
    except ValueError as error:
        raise Refused(T("The time of a signature cannot be read.")) from error


def _not_canonical() -> Refused:
    return Refused(T("A signature is not written in its one right form."))
