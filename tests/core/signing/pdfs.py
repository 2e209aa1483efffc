"""Small PDF files for the tests: a report as rendered, and incremental updates of any kind."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

Bodies = dict[int, bytes]

CATALOG, PAGES, PAGE, CONTENT, FONT, INFO, SPEC, DATA, NAMES, SECOND_PAGE, LINK = range(1, 12)

PACKAGE = b'{"plant":"CN-01","totals":{"scope1":"12.5"}}'


@dataclass
class Draft:
    """A report before its objects are numbered into a file; tests change ``bodies`` to make it hostile."""

    bodies: Bodies = field(default_factory=dict)
    trailer: bytes = b""
    header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

    def replace(self, number: int, old: bytes, new: bytes) -> Draft:
        """The same with one object changed."""
        assert old in self.bodies[number]
        self.bodies[number] = self.bodies[number].replace(old, new, 1)
        return self

    def add(self, body: bytes) -> int:
        """One more object; returns its number."""
        number = max(self.bodies) + 1
        self.bodies[number] = body
        return number

    def build(self) -> bytes:
        """The file."""
        return self.header + section(self.bodies, len(self.header), self.trailer, size=max(self.bodies) + 1)


def report(package: bytes = PACKAGE, content: bytes = b"BT /F1 12 Tf 72 700 Td (12.5 t CO2e) Tj ET") -> Draft:
    """A report with two pages, a link and the package attached the way PDF/A-3 wants it."""
    return Draft(
        {
            CATALOG: b"<< /Type /Catalog /Pages 2 0 R /AF [ 7 0 R ] /Lang (en) /PageMode /UseNone"
            b" /Names << /EmbeddedFiles 9 0 R >> >>",
            PAGES: b"<< /Type /Pages /Count 2 /Kids [ 3 0 R 10 0 R ] >>",
            PAGE: b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595.276 841.89 ] /Contents 4 0 R /Annots [ 11 0 R ]"
            b" /Resources << /Font << /F1 5 0 R >> >> /Rotate 0 >>",
            CONTENT: stream(content, b""),
            FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            INFO: b"<< /Title (Carbon report) /Producer (Plant Carbon Audit) >>",
            SPEC: b"<< /Type /Filespec /F (audit.json) /UF (audit.json) /AFRelationship /Data"
            b" /EF << /F 8 0 R /UF 8 0 R >> >>",
            DATA: stream(
                package, b"/Type /EmbeddedFile /Subtype /application#2Fjson /Params << /Size %d >>" % len(package)
            ),
            NAMES: b"<< /Names [ (audit.json) 7 0 R ] >>",
            SECOND_PAGE: b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595.276 841.89 ] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            LINK: b"<< /Type /Annot /Subtype /Link /Rect [ 10 10 20 20 ] /Border [ 0 0 0 ]"
            b" /A << /S /URI /URI (https://example.com) >> >>",
        }
    )


def stream(data: bytes, entries: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(data, 9)
    return b"<< %s /Filter %s /Length %d >>\nstream\n%s\nendstream" % (entries, filters, len(packed), packed)


def append(pdf: bytes, bodies: Bodies, *, root: int = CATALOG, extra: bytes = b"") -> bytes:
    """An incremental update as anybody can write it, without any key."""
    previous = int(pdf[pdf.rindex(b"startxref") + 10 :].split()[0])
    start = pdf.rindex(b"/Size ")
    size = max(int(pdf[start + 6 :].split()[0]), max(bodies) + 1)
    trailer = b"/Prev %d %s" % (previous, extra)
    return pdf + section(bodies, len(pdf), trailer, size=size, root=root, single=True)


def section(
    bodies: Bodies, start: int, trailer: bytes, *, size: int, root: int = CATALOG, single: bool = False
) -> bytes:
    """Objects, their table, trailer and end."""
    out, places = b"", {}
    for number, body in sorted(bodies.items()):
        places[number] = start + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = start + len(out)
    if single:
        rows = b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in places.items())
        out += b"xref\n0 1\n0000000000 65535 f \n" + rows
    else:
        rows = b"".join(b"%010d 00000 n \n" % place for place in places.values())
        out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, rows)
    identity = b"00112233445566778899aabbccddeeff"
    return out + b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [ <%s> <%s> ] %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, INFO, identity, identity, trailer, table,
    )  # fmt: skip
