"""Reports that are meant to exhaust whoever opens them: how soon they are refused, or read where they may be read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from benchmarks.signing import LATER, people_of
from core.signing import Trust, verify
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused

MB = 1_000_000
ENDLESS = (b"(", b"/" + b"n", b"1 0 ", b"<<", b" ", b"%")
"""What each of some objects consists of."""


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Against what opens the same without asking how much it is."""
    people = people_of(data.WHEN)
    trust = Trust((people.authority.certificate,))
    part = 1 if scale.many >= 10_000 else 20
    count = MB // part
    values = pdf(b"[" + b"1 " * count + b"]")
    alternative = "pyHanko `PdfFileReader`, the same object (limits nothing)"
    yield Pair(f"Read a PDF with a list of {count:,} numbers, which nobody signed", alternative,
               timed(_ours(trust, values)), timed(_theirs(values)), runs=5)  # fmt: skip
    endless = [pdf(one * (300_000 // part)) for one in ENDLESS]
    yield Pair(f"Refuse {len(endless)} PDFs with things that do not end", alternative,
               timed(_ours(trust, *endless)), timed(_theirs(*endless)), runs=5)  # fmt: skip
    bomb = zlib.compress(bytes(256 * MB // part))
    yield Pair(f"Refuse a stream that would become {256 // part} MB", "`zlib.decompress`, all of it",
               timed(lambda: _refuse(bomb)), timed(lambda: zlib.decompress(bomb)), runs=11)  # fmt: skip


def pdf(body: bytes) -> bytes:
    """A file of one empty page with one more object, whose table of objects is true."""
    bodies = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
              b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] >>", body)  # fmt: skip
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, one in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(made)


def _ours(trust: Trust, *files: bytes) -> Callable[[], None]:
    def run() -> None:
        for one in files:
            if verify(one, trust, when=LATER).valid:
                raise RuntimeError("nobody signed it")

    return run


def _theirs(*files: bytes) -> Callable[[], None]:
    def run() -> None:
        for one in files:
            reader = PdfFileReader(BytesIO(one))
            try:
                reader.get_object(Reference(4, 0, reader))  # type: ignore[no-untyped-call]
            except (PdfError, RecursionError):
                continue

    return run


def _refuse(bomb: bytes) -> None:
    try:
        Budget().inflate(bomb)
    except Refused:
        return
    raise RuntimeError("it should be too much")
