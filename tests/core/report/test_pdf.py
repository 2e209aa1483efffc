"""The file against the archive standard, with our own eyes and with poppler's."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.ledger import sha256_of
from core.report import render
from core.report.pdf import About, Attachment
from tests.core.report import poppler
from tests.core.report.sample import package


@cache
def report() -> bytes:
    return render(package("both"), [Attachment("evidence.csv", b"a,b\n1,2\n", "text/csv", "Meter readings")])


@poppler.needs_poppler
def test_every_font_is_embedded_a_subset_and_readable_as_unicode(tmp_path: Path) -> None:
    lines = poppler.run("pdffonts", report(), tmp_path).splitlines()[2:]
    assert lines
    for line in lines:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line
        assert re.match(r"[A-Z]{6}\+(SourceSans3|NotoSansSC)-", line), line


def test_no_standard_font_is_named_anywhere() -> None:
    for name in (b"Helvetica", b"Times", b"Courier", b"ZapfDingbats"):
        assert name not in report()
    assert b"ASCII85" not in report()


@poppler.needs_poppler
def test_the_data_inside_are_the_package_to_the_byte(tmp_path: Path) -> None:
    listed = poppler.run("pdfdetach", report(), tmp_path, "-list")
    assert "1: audit.json" in listed
    assert "2: evidence.csv" in listed
    poppler.run("pdfdetach", report(), tmp_path, "-save", "1", "-o", str(tmp_path / "out.json"))
    data = (tmp_path / "out.json").read_bytes()
    assert data == package("both").bytes
    assert sha256_of(json.loads(data)) == package("both").sha256


def test_associated_files_are_declared() -> None:
    data = report()
    assert data.count(b"/AFRelationship /Data") == 2
    assert re.search(rb"/AF \[ \d+ 0 R \d+ 0 R \]", data)
    assert b"/Subtype /application#2Fjson" in data
    assert b"/Subtype /text#2Fcsv" in data
    checksum = hashlib.md5(package("both").bytes, usedforsecurity=False).hexdigest().encode()
    assert b"/CheckSum <" + checksum + b">" in data


def test_xmp_declares_pdf_a_3u_and_agrees_with_the_document() -> None:
    data = report()
    begin, end = data.index(b"<x:xmpmeta"), data.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
    xmp = ElementTree.fromstring(data[begin:end])
    texts = {node.tag.rpartition("}")[2]: (node.text or "") for node in xmp.iter()}
    assert (texts["part"], texts["conformance"]) == ("3", "U")
    assert texts["CreateDate"] == texts["ModifyDate"] == "2026-03-05T08:30:00+00:00"
    assert data.count(b"/CreationDate (D:20260305083000+00'00')") == 1
    assert texts["Producer"] == "Plant Carbon Audit"
    assert b"/Producer (Plant Carbon Audit)" in data


def test_header_output_intent_language_and_identity() -> None:
    data = report()
    assert data.startswith(b"%PDF-1.7\n%\x93\x8c\x8b\x9e")
    assert b"/S /GTS_PDFA1" in data
    assert b"/OutputIntents [" in data
    assert b"/Lang (zh-CN)" in data
    assert b"/Lang (en)" in render(package("en"))
    one, two = re.findall(rb"\[<([0-9a-f]{32})><([0-9a-f]{32})>\]", data)[0]
    assert one == two
    assert one not in render(package("en"))


def test_streams_end_on_a_line_of_their_own_and_have_their_true_length() -> None:
    data = report()
    assert data.count(b"\nendstream\n") == data.count(b"endstream")
    for found in re.finditer(rb"/Length (\d+)[^\x00]{0,400}?\nstream\n", data):
        end = found.end() + int(found[1])
        assert data[end : end + 11] == b"\nendstream\n"


def test_every_page_stream_inflates_and_uses_only_rgb() -> None:
    data = report()
    seen = 0
    for found in re.finditer(rb"/FlateDecode \] /Length (\d+)\n>>\nstream\n", data):
        content = zlib.decompress(data[found.end() : found.end() + int(found[1])])
        if b" Tf " in content:
            seen += 1
            assert not re.search(rb"\s[kK]\s", content)
    assert seen > 10


def test_nothing_active_and_annotations_are_printable() -> None:
    data = report()
    for word in (b"/JavaScript", b"/Launch", b"/XFA", b"/OpenAction", b"/AcroForm", b"/Encrypt", b"/SMask", b"/ca "):
        assert word not in data
    assert data.count(b"/Subtype /Link") == len(re.findall(rb"/F 4 /", data)) > 5


def test_the_outline_names_every_section_in_its_language() -> None:
    data = report()
    for title in (b"(Emissions by scope)", b"(By source)", b"(Rules of this audit)"):
        assert b"/Title " + title in data, title
    assert data.count(b"/Title ") > 40


def test_names_of_attachments_must_differ() -> None:
    twice = Attachment("audit.json", b"{}")
    with pytest.raises(ValueError, match="different names"):
        render(package("en"), [twice])


def test_titles_with_markup_and_control_characters_stay_text() -> None:
    from tests.core.report.sample import renamed

    data = render(package("en", plant=renamed("A <b>&amp; (B)\\ C\x0b]>")))
    begin, end = data.index(b"<x:xmpmeta"), data.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
    titles = [n.text or "" for n in ElementTree.fromstring(data[begin:end]).iter() if n.tag.endswith("}li")]
    assert any("A <b>&amp; (B)\\ C ]>" in title for title in titles)
    assert About.__slots__
