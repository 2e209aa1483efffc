"""The second examination, by pyHanko: our own reading and an independent one must agree. Imported late."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from io import BytesIO

from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_detached_cms, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from core.signing.trust import Trust

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=True)


def objections(pdf: bytes, trust: Trust, moments: dict[str, datetime], checked: bool) -> dict[str, str]:
    """By field, what pyHanko does not accept; ``checked`` asks it to demand revocation lists."""
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


def objection(data: bytes, signature: bytes, trust: Trust, moment: datetime, checked: bool) -> str:
    """What pyHanko does not accept in a signature (CMS in DER) over some data; empty for nothing."""
    info = cms.ContentInfo.load(signature, strict=True)["content"]
    status = asyncio.run(
        async_validate_detached_cms(data, info, _context(trust, moment, checked), key_usage_settings=_USAGE)
    )
    checks = {"intact": status.intact, "valid": status.valid, "trusted": status.trusted}
    return ", ".join(name for name, good in checks.items() if not good)


def _complaint(status: PdfSignatureStatus) -> str:
    checks = {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
        "bottom_line": status.bottom_line,
    }
    return ", ".join(name for name, good in checks.items() if not good)


def _context(trust: Trust, moment: datetime, checked: bool) -> ValidationContext:
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in trust.authorities],
        crls=[asn1_crl.CertificateList.load(crl.public_bytes(Encoding.DER)) for crl in trust.crls],
        allow_fetching=False,
        moment=moment,
        revocation_mode="require" if checked else "soft-fail",
        retroactive_revinfo=True,
    )
