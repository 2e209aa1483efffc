"""Time stamps (RFC 3161) beside a signature: when a third party saw it, if that party is believed for time stamps.

A time stamp stands outside of what was signed, so anybody could add one: it proves a time when somebody who is believed
gave it, says nothing when a stranger gave it, and speaks against the file when it belongs to another signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from core.i18n import T, Text
from core.signing.trust import Trust, signed_by
from core.signing.verification.paths import is_strong, name_of
from core.signing.verification.refusal import Refused

_DIGESTS = ("sha256", "sha384", "sha512")
_MOST_CERTIFICATES = 8


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a time stamp says."""

    at: datetime | None
    """When the signature existed; None when there is no stamp, or nobody who is believed gave it."""
    by: str = ""
    """Who gave it, as the certificate says."""
    wrong: Text | None = None
    """Why it speaks against the file."""


NO_STAMP = Stamped(None)


def read_stamp_token(token: bytes, signature: bytes, trust: Trust) -> Stamped:
    """What the token beside a signature says.

    Parameters
    ----------
    token
        DER, of a stranger.
    signature
        the bare signature for which it should have been given.
    trust
        whose :attr:`Trust.stampers` are believed.
    """
    try:
        data, info, certificate = _taken_apart(token)
        imprint = info["message_imprint"]
        digest = imprint["hash_algorithm"]["algorithm"].native
        if digest not in _DIGESTS or imprint["hashed_message"].native != hashlib.new(digest, signature).digest():
            raise Refused(T("The time stamp was given for something else than this signature."))
        by = name_of(certificate).in_language("en")
        if not _believed(certificate, trust):
            return Stamped(None, by)
        from core.signing.verification import oracle

        return Stamped(
            info["gen_time"].native if oracle.confirms_stamp(data, info, digest, signature, trust) else None, by
        )
    except Refused as refused:
        return Stamped(None, "", refused.reason)
    except MemoryError:
        raise
    except Exception:  # two libraries read this part, each with errors of its own
        return Stamped(None, "", T("The time stamp of a signature cannot be read."))


def problems_of_stamp(
    stamp: Stamped, certificate: x509.Certificate, signed_at: datetime, clocks_differ: timedelta
) -> Iterator[Text]:
    """What a time stamp says against a signature of this certificate that claims some time."""
    if stamp.wrong is not None:
        yield stamp.wrong
    if stamp.at is None:
        return
    if signed_at > stamp.at + clocks_differ:
        yield T("The signature claims a time after its time stamp.")
    if not certificate.not_valid_before_utc - clocks_differ <= stamp.at <= certificate.not_valid_after_utc:
        yield T("The certificate was not valid when the signature was time-stamped.")


def _taken_apart(token: bytes) -> tuple[cms.SignedData, tsp.TSTInfo, x509.Certificate]:
    content = cms.ContentInfo.load(token, strict=True)
    if content["content_type"].native != "signed_data":
        raise Refused(T("The time stamp of a signature cannot be read."))
    data = content["content"]
    info = data["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo) or len(data["signer_infos"]) != 1:
        raise Refused(T("The time stamp of a signature cannot be read."))
    if not 1 <= len(data["certificates"]) <= _MOST_CERTIFICATES:
        raise Refused(T("The time stamp of a signature cannot be read."))
    return data, info, _signer(data)


def _signer(data: cms.SignedData) -> x509.Certificate:
    named = data["signer_infos"][0]["sid"]
    if named.name != "issuer_and_serial_number":
        raise Refused(T("The time stamp of a signature cannot be read."))
    for one in data["certificates"]:
        found = one.chosen
        if found.serial_number == named.chosen["serial_number"].native and found.issuer == named.chosen["issuer"]:
            return x509.load_der_x509_certificate(found.dump())
    raise Refused(T("The time stamp of a signature cannot be read."))


def _believed(certificate: x509.Certificate, trust: Trust) -> bool:
    """Made for time stamps alone, and not revoked by an authority for time stamps; its path is pyHanko's to examine."""
    purpose = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if not trust.stampers or not purpose.critical or set(purpose.value) != {ExtendedKeyUsageOID.TIME_STAMPING}:
        return False
    lists = [crl for crl in trust.crls if any(signed_by(crl, one) for one in trust.stampers)]
    revoked = any(
        crl.issuer == certificate.issuer
        and crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
        for crl in lists
    )
    return is_strong(certificate) and not revoked
