"""What the papers of the demo look like: bills, letters with signatures, and the photo of a meter.

All of them say that they are invented, in the language of the plant and in English.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.exchange.demo_audits.pdf import Colour, Page, pdf, width, wrapped

INVENTED = "演示：内容均为虚构。 Demo: everything on this paper is invented."
GREY: Colour = (0.42, 0.45, 0.5)
PALE: Colour = (0.93, 0.94, 0.96)
WHITE: Colour = (1, 1, 1)
RED: Colour = (0.78, 0.16, 0.18)
BLUE: Colour = (0.1, 0.2, 0.55)
A5 = (595.0, 420.0)
A4 = (595.0, 842.0)
MARGIN = 42.0


@dataclass(frozen=True, slots=True)
class Form:
    """The printed part of a bill: who writes it and what it is called, each first in Chinese."""

    sender: tuple[str, str]
    title: tuple[str, str]
    colour: Colour
    price: Decimal
    """Of one unit, in the currency."""
    currency: str


@dataclass(frozen=True, slots=True)
class Bill:
    """What is filled in."""

    number: str
    customer: str
    source: str
    item: str
    start: date
    end: date
    quantity: Decimal
    unit: str


def bills(form: Form, filled: Iterable[Bill]) -> bytes:
    """One bill a page."""
    return pdf([_bill(form, one) for one in filled], f"{' '.join(form.title)} (demo)")


def _bill(form: Form, bill: Bill) -> Page:
    page = Page(*A5)
    _head(page, form)
    facts = (
        ("客户 Customer", bill.customer),
        ("单号 Number", bill.number),
        ("期间 Period", f"{bill.start.isoformat()} – {bill.end.isoformat()}"),
        ("用能点 Place of use", bill.source),
    )
    for place, (label, said) in enumerate(facts):
        y = 318 - 22 * place
        page.write(label, MARGIN, y, 8, colour=GREY)
        page.write(said, 150, y, 12 if place == 1 else 10)
    _amounts(page, form, bill)
    _stamp(page, 500, 112)
    page.write(INVENTED, MARGIN, 24, 7.5, colour=GREY)
    return page


def _head(page: Page, form: Form) -> None:
    page.area(0, page.height - 66, page.width, 66, form.colour)
    right = page.width - MARGIN
    for place, size in ((0, 15.0), (1, 8.5)):
        y = page.height - 32 - 17 * place
        page.write(form.sender[place], MARGIN, y, size, colour=WHITE)
        page.write(form.title[place], right, y, size, colour=WHITE, right=True)


def _amounts(page: Page, form: Form, bill: Bill) -> None:
    columns = (("项目 Item", 0.0), ("数量 Quantity", 330.0), ("单位 Unit", 345.0), ("单价 Price", 445.0),
               ("金额 Amount", 553.0))  # fmt: skip
    page.area(MARGIN, 206, page.width - 2 * MARGIN, 20, PALE)
    values = (bill.item, figure(bill.quantity), bill.unit, f"{form.price:f}", money(bill.quantity * form.price))
    for place, ((label, x), value) in enumerate(zip(columns, values, strict=True)):
        at, aligned = (MARGIN + 6 if not x else x - (6 if place == 4 else 0)), place in (1, 3, 4)
        page.write(label, at, 212, 8, colour=GREY, right=aligned)
        page.write(value, at, 185, 12 if place == 1 else 10, right=aligned)
    page.line(MARGIN, 176, page.width - MARGIN, 176, GREY)
    page.write("合计 Total", MARGIN + 6, 158, 9)
    page.write(f"{money(bill.quantity * form.price)} {form.currency}", 547, 157, 12, right=True)


def _stamp(page: Page, x: float, y: float) -> None:
    """As on every bill in China; this one says what it is."""
    page.ring(x, y, 38, RED, 1.6)
    page.ring(x, y, 34, RED, 0.5)
    for text, size, below in (("虚构", 17.0, 1.0), ("DEMO", 10.0, -14.0)):
        page.write(text, x - width(text, size) / 2, y + below, size, colour=RED)


def figure(quantity: Decimal) -> str:
    """As bills write it.

    >>> figure(Decimal("1234567.50"))
    '1,234,567.5'
    """
    whole, _, rest = f"{quantity:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def money(amount: Decimal) -> str:
    """To the cent."""
    return f"{amount.quantize(Decimal('0.01')):,}"


# ---------------------------------------------------------------------- letters


@dataclass(frozen=True, slots=True)
class Signed:
    """A name under a line, with what somebody wrote above it."""

    name: str
    day: date


def letter(title: str, paragraphs: Sequence[str], signed: Sequence[Signed]) -> bytes:
    """Minutes, declarations and reports on paper: as many pages as it takes."""
    page, pages = Page(*A4), list[Page]()
    page.write(title, MARGIN, 770, 16)
    page.line(MARGIN, 756, page.width - MARGIN, 756, GREY)
    y = 730.0
    for paragraph in paragraphs:
        for line in wrapped(paragraph, 10, page.width - 2 * MARGIN):
            if y < 150:
                pages.append(page)
                page, y = Page(*A4), 780.0
            page.write(line, MARGIN, y, 10)
            y -= 16
        y -= 0 if "   " in paragraph else 8  # lines of a list stand together
    _signatures(page, signed, y - 40)
    for one in (*pages, page):
        one.write(INVENTED, MARGIN, 36, 7.5, colour=GREY)
    return pdf([*pages, page], title)


def _signatures(page: Page, signed: Sequence[Signed], y: float) -> None:
    for place, one in enumerate(signed):
        x, down = MARGIN + 260 * (place % 2), y - 80 * (place // 2)
        page.curve(_scrawl(one.name, x + 12, down + 8), BLUE, 1.1)
        page.line(x, down, x + 210, down, GREY)
        page.write(f"{one.name}  {one.day.isoformat()}", x, down - 14, 9)


def _scrawl(name: str, x: float, y: float) -> list[tuple[float, float]]:
    """A line as a pen draws it: its bends follow from the letters of the name."""
    heights = [ord(letter) * 37 % 23 for letter in (name * 6)[:18]]
    return [(x + 9 * place, y + high - 4) for place, high in enumerate((*heights, 6))]


# ---------------------------------------------------------------------- photo

_SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "abcfgd",
}  # fmt: skip
_PLACES = {
    "a": (3, 0, 14, 3), "b": (17, 3, 3, 14), "c": (17, 20, 3, 14), "d": (3, 34, 14, 3), "e": (0, 20, 3, 14),
    "f": (0, 3, 3, 14), "g": (3, 17, 14, 3),
}  # fmt: skip
"""Of each segment of a figure: left, top, width and height. [px]"""
_WIDE, _HIGH, _STEP = 320, 200, 30
_EDGE, _FRAME, _GLASS, _INK = 90, 52, 176, 28
"""Shades of grey."""


def meter_photo(counter: str) -> bytes:
    """The display of a meter that shows these figures, as a PNG."""
    rows = [bytearray([_EDGE - y // 8]) * _WIDE for y in range(_HIGH)]
    for y in range(14, _HIGH - 14):  # the case under a lamp
        _fill(rows, 18, y, _WIDE - 36, 1, 216 - y // 5)
    left, top = (_WIDE - _STEP * len(counter)) // 2, 76
    _fill(rows, left - 18, top - 22, _STEP * len(counter) + 30, 80, _FRAME)
    _fill(rows, left - 12, top - 16, _STEP * len(counter) + 18, 68, _GLASS)
    for place, sign in enumerate(counter):
        for segment in _SEGMENTS[sign]:
            x, y, wide, high = _PLACES[segment]
            _fill(rows, left + _STEP * place + x, top + y, wide, high, _INK)
    return _png(rows)


def _fill(rows: list[bytearray], x: int, y: int, wide: int, high: int, shade: int) -> None:
    for row in rows[y : y + high]:
        row[x : x + wide] = bytes([shade]) * wide


def _png(rows: Sequence[bytearray]) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
