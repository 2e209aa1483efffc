"""Files as ReportLab writes them, with the settings a report uses, are signed and believed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from core.errors import UserError
from core.signing import PLANT_MANAGER, Verification, sign
from tests.core.signing import pdfs
from tests.core.signing.conftest import SIGNED, People


def drawn(pages: int = 3) -> bytes:
    """Pages with text, links and bookmarks, and the package as an associated file."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595.276, 841.89), invariant=1, pageCompression=1, initialFontName="Helvetica")
    for page in range(pages):
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"Page {page}", f"p{page}")
        canvas.linkURL("https://example.com", (50, 700, 100, 710))
        canvas.drawString(72, 700, f"12.5 t CO2e on page {page}")
        canvas.showPage()
    attach(canvas, "audit.json", pdfs.PACKAGE)
    canvas.save()
    return out.getvalue()


def attach(canvas: Canvas, name: str, data: bytes) -> None:
    document = canvas._doc
    entries = {"Type": "/EmbeddedFile", "Subtype": "/application#2Fjson"}
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data, filters=[pdfdoc.PDFZCompress])
    embedded = document.Reference(stream)
    specification = {
        "Type": "/Filespec",
        "F": pdfdoc.PDFString(name),
        "UF": pdfdoc.PDFString(name),
        "AFRelationship": "/Data",
        "EF": pdfdoc.PDFDictionary({"F": embedded}),
    }
    file = document.Reference(pdfdoc.PDFDictionary(specification))
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(name), file])})
    catalog = document.Catalog
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": document.Reference(tree)})
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = pdfdoc.PDFArray([file])


def test_a_report_of_reportlab(
    people: People, judged: Callable[..., Verification], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rl_config, "useA85", 0)
    pdf = drawn()
    signed = sign(pdf, people.auditor, reason="审核", location="张家口", when=SIGNED, lang="both")
    signed = sign(signed, people.manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER, lang="both")
    answer = judged(signed)
    assert answer.valid, answer.reason
    assert answer.original == pdf
    assert answer.package_bytes == pdfs.PACKAGE


def test_chained_filters_are_told_before_signing(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rl_config, "useA85", 1)
    with pytest.raises(UserError, match="compresses a part more than once"):
        sign(drawn(), people.auditor, reason="", location="", when=SIGNED)
