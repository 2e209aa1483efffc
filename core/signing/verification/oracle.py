"""The second examination, by pyHanko: our own reading and an independent one must agree. Imported late."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, tsp
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_detached_cms, async_validate_pdf_signature
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from core.signing.trust import Trust, is_authority, signed_by

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=True)


def objections(
    pdf: bytes, trust: Trust, moments: dict[str, datetime], checked: bool, spared: frozenset[int] = frozenset()
) -> dict[str, str]:
    """By field, what pyHanko does not accept; ``checked`` asks it to demand revocation lists.

    Lists that name one of the ``spared`` serial numbers are left out, for pyHanko takes no word for when a signature
    was made: whoever spares one has judged that it was revoked later.
    """
    trust, checked = _sparing(trust, checked, spared)
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    found: dict[str, str] = {}
    signatures = list(reader.embedded_signatures)
    if [signature.field_name for signature in signatures] != list(moments):
        return dict.fromkeys(moments, "fields")
    for signature in signatures:
        context = _context(trust, moments[signature.field_name], checked)
        # Its comparison of revisions is left out: ours is stricter, and its recursion ends at a long list of bookmarks.
        status = asyncio.run(
            async_validate_pdf_signature(signature, context, key_usage_settings=_USAGE, skip_diff=True)
        )
        if complaint := _complaint(status):
            found[signature.field_name] = complaint
    return found


def objection(
    data: bytes,
    signature: bytes,
    trust: Trust,
    moment: datetime,
    checked: bool,
    spared: frozenset[int] = frozenset(),
) -> str:
    """What pyHanko does not accept in a signature (CMS in DER) over some data; empty for nothing. As above."""
    trust, checked = _sparing(trust, checked, spared)
    info = cms.ContentInfo.load(signature, strict=True)["content"]
    status = asyncio.run(
        async_validate_detached_cms(data, info, _context(trust, moment, checked), key_usage_settings=_USAGE)
    )
    checks = {"intact": status.intact, "valid": status.valid, "trusted": status.trusted}
    return ", ".join(name for name, good in checks.items() if not good)


def confirms_stamp(data: cms.SignedData, info: tsp.TSTInfo, digest: str, signature: bytes, trust: Trust) -> bool:
    """Whether pyHanko finds a time stamp (its signed data, and what they say) valid and given by somebody believed."""
    only = Trust(trust.stampers, tuple(crl for crl in trust.crls if any(signed_by(crl, one) for one in trust.stampers)))
    context = _context(only, info["gen_time"].native, checked=False)
    found = asyncio.run(validate_tst_signed_data(data, context, lambda name: hashlib.new(digest, signature).digest()))
    path = found["validation_path"] if found["trust_problem_indic"] is None else None
    return bool(found["intact"] and found["valid"] and path is not None)


def _sparing(trust: Trust, checked: bool, spared: frozenset[int]) -> tuple[Trust, bool]:
    kept = tuple(crl for crl in trust.crls if not any(_names(crl, serial) for serial in spared))
    return (trust, checked) if len(kept) == len(trust.crls) else (replace(trust, crls=kept), False)


def _names(crl: x509.CertificateRevocationList, serial: int) -> bool:
    return crl.get_revoked_certificate_by_serial_number(serial) is not None


def _complaint(status: PdfSignatureStatus) -> str:
    checks = {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
        # A time stamp is judged for itself: one of a stranger says nothing, for or against.
        "bottom_line": replace(status, timestamp_validity=None).bottom_line,
    }
    return ", ".join(name for name, good in checks.items() if not good)


def _context(trust: Trust, moment: datetime, checked: bool) -> ValidationContext:
    loaded = {root: asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in trust.authorities}
    return ValidationContext(
        trust_roots=[parsed for one, parsed in loaded.items() if is_authority(one)],
        other_certs=[parsed for one, parsed in loaded.items() if not is_authority(one)],
        crls=[asn1_crl.CertificateList.load(crl.public_bytes(Encoding.DER)) for crl in trust.crls],
        allow_fetching=False,
        moment=moment,
        revocation_mode="require" if checked else "soft-fail",
        retroactive_revinfo=True,
    )
