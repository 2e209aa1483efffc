"""A signature validated as the documentation of pyHanko shows it; nothing else is loaded, for a new process runs it."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

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


if __name__ == "__main__":
    pdf, authority, moment = sys.argv[1:]
    validate(Path(pdf).read_bytes(), Path(authority).read_bytes(), datetime.fromisoformat(moment))
