"""The papers of the demo: what they say can be read, drawn and searched, and says that it is invented."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.demo_audits.font import face
from core.exchange.demo_audits.papers import INVENTED, Bill, Form, Signed, bills, figure, letter, meter_photo, money
from core.exchange.demo_audits.pdf import Page, pdf, width, wrapped

FORM = Form(
    ("张家口演示燃气公司", "Zhangjiakou Demo Gas"), ("天然气账单", "Gas bill"), (0.1, 0.3, 0.5), Decimal("3.42"), "CNY"
)
BILL = Bill("DEMO-1", "张家口工厂 Zhangjiakou Plant", "锅炉房 / Boiler house", "天然气 Natural gas", date(2025, 4, 1),
            date(2025, 4, 30), Decimal("37880"), "m3")  # fmt: skip


def texts(data: bytes) -> list[str]:
    """What can be copied from each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def dark(data: bytes, page: int = 0) -> int:
    """Pixels of a page that are not white."""
    document = pypdfium2.PdfDocument(data)
    try:
        return sum(byte < 128 for byte in document[page].render(scale=1, grayscale=True).to_numpy().tobytes())
    finally:
        document.close()


def test_a_bill_says_what_was_filled_in() -> None:
    (said,) = texts(bills(FORM, [BILL]))
    for words in ("DEMO-1", "37,880", "2025-04-01 – 2025-04-30", "锅炉房 / Boiler house", "129,549.60 CNY", "燃气公司"):
        assert words in said
    assert "虚构" in said and "invented" in said


def test_one_bill_a_page() -> None:
    made = bills(FORM, [replace(BILL, number=f"DEMO-{n}") for n in range(12)])
    pages = texts(made)
    assert len(pages) == 12 and all(f"DEMO-{n}" in page for n, page in enumerate(pages))
    assert len(made) < 2 * len(bills(FORM, [BILL])), "the letters stand in the file once"


def test_what_is_drawn_can_be_seen() -> None:
    """The glyphs themselves are there, not only the text behind them."""
    empty, written = Page(300, 100), Page(300, 100)
    written.write("电量 kWh", 20, 40, 30)
    assert dark(pdf([empty], "x")) == 0
    assert 300 < dark(pdf([written], "x")) < 4000


def test_the_same_paper_is_the_same_bytes() -> None:
    assert bills(FORM, [BILL]) == bills(FORM, [BILL])
    assert bills(FORM, [BILL]) != bills(FORM, [replace(BILL, quantity=Decimal(37881))])


def test_a_letter_goes_on_over_pages_and_is_signed_at_its_end() -> None:
    pages = texts(
        letter("纪要 Minutes", [f"第{n}条 Item {n}" for n in range(60)], [Signed("陈静 Chen Jing", date(2026, 1, 27))])
    )
    assert len(pages) > 1
    assert "Item 0" in pages[0] and "Item 59" in pages[-1]
    assert [("2026-01-27" in page) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all(INVENTED.split("。")[0] in page for page in pages)


@given(st.text(alphabet="电量合计账单，。 abcdefgh", max_size=80), st.floats(60, 300))
@settings(max_examples=60, deadline=None)
def test_broken_lines_lose_nothing_and_fit(text: str, room: float) -> None:
    lines = wrapped(text, 10, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 10) <= room or len(line.split()) == 1 for line in lines)


def test_widths_are_those_of_the_font() -> None:
    assert width("电", 10) == 10, "a Chinese letter fills its square"
    assert width("11", 8) == pytest.approx(2 * width("1", 8)) and width("i", 8) < width("m", 8)


def test_a_font_is_cut_down_to_its_letters() -> None:
    cut = face().cut("电量12")
    assert cut.glyphs == {"1": 1, "2": 2, "电": 3, "量": 4}
    assert len(cut.data) < 4000
    count = struct.unpack_from(">H", cut.data, 4)[0]
    tables = {struct.unpack_from(">4sIII", cut.data, 12 + 16 * n)[0] for n in range(count)}
    assert tables == {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"}
    with pytest.raises(ValueError, match="no letter"):
        face().cut("\U0001f600")


def test_the_photo_of_a_meter_is_a_picture_of_its_figures() -> None:
    one, other = meter_photo("048213"), meter_photo("048214")
    assert one[:8] == b"\x89PNG\r\n\x1a\n" and one != other
    assert struct.unpack(">II", one[16:24]) == (320, 200)
    place, rows = 33, b""
    while (size := struct.unpack_from(">I", one, place)[0]) or not rows:
        name, data = one[place + 4 : place + 8], one[place + 8 : place + 8 + size]
        assert struct.unpack_from(">I", one, place + 8 + size)[0] == zlib.crc32(name + data)
        rows, place = rows + zlib.decompress(data) if name == b"IDAT" else rows, place + 12 + size
    assert len(rows) == 200 * 321


def test_numbers_are_written_as_on_bills() -> None:
    assert [figure(Decimal(n)) for n in ("1127200", "5.86", "711.0", "0")] == ["1,127,200", "5.86", "711", "0"]
    assert money(Decimal("1234567.895")) == "1,234,567.90"
