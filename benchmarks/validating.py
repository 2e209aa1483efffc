"""A signature validated as pyHanko's documentation shows it. Imports nothing else, for it also runs in a new process."""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def validate(signed: bytes, root: bytes, when: datetime) -> None:
    """Raise unless the only signature is valid under this root."""
    if not asyncio.run(_valid(signed, root, when)):
        raise RuntimeError("the signature should be valid")


async def _valid(signed: bytes, root: bytes, when: datetime) -> bool:
    context = ValidationContext(trust_roots=[Certificate.load(root)], allow_fetching=False, moment=when)
    (signature,) = PdfFileReader(BytesIO(signed)).embedded_signatures
    return bool((await async_validate_pdf_signature(signature, context)).bottom_line)
