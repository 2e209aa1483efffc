"""Files that are well formed and hold what nobody expects, for where changed bytes do not get far.

Each is a strategy of hypothesis that gives the bytes for a target: the tests draw some of them, ``make fuzz`` searches
among them guided by coverage.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from tests.core.exchange.books import saved
from tests.core.group.hostile import VALUES, places, put
from tests.core.signing import pdfs
from tests.fuzz.table import all_targets
from tests.fuzz.target import accepted

Check = Callable[[bytes], object]
WORDS = (
    "", " ", "0", "-0", "-1", "1E+999", "1E-999", "9" * 400, "0." + "9" * 400, "NaN", "Infinity", "１２", "١٢", "1_000",
    "1,234.5", "1.234,5", "1'234", "½", "=1+1", "+cmd|' /C calc'!A0", "2024-02-30", "2024年2月30日", "9999-12-31",
    "0001-01-01", "2024", "2024Q5", "24:00", "x" * 40_000, "\u202e", "\u200b", "\ufeff", "a\nb", "a\rb", '"', "'", ";",
    "../../etc/passwd", "{0.__class__}", "%s", "yes", "否", "#REF!", "kWh/0", "t^999", "1/0", "12%", "\U0001f600", "Ⅻ",
)  # fmt: skip
CELLS: tuple[object, ...] = (
    *WORDS, None, True, 0, -1, 10**15, 1e308, 5e-324, 0.1 + 0.2, date(1900, 1, 1), date(9999, 12, 31), time(23, 59),
    datetime(2024, 3, 31, 2, 30), timedelta(days=-1), timedelta(days=99_999),
)  # fmt: skip
TABLES = ("activities", "key_figures", "benchmarks", "plan", "credits", "instruments", "smelters", "disclosure_maps",
          "entering", "measures", "request_rows", "questionnaires", "publishers_csv", "weather", "series")  # fmt: skip
NUMBERED = ("entering", "measures")
"""Targets whose first byte says what kind of table it is."""
JSONS = ("package_values", "notices_inside", "trust_files_inside", "group_values", "kept_way", "kept_points")
BODIES = (
    b"null", b"<< >>", b"[ ]", b"12 0 R", b"(text)", b"<< /Type /Catalog >>", b"1 0 R", b"<41", b"(" * 40,
    b"<< /Length 9 >>\nstream\nx\nendstream", b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", b"[ " * 60 + b"] " * 60,
)  # fmt: skip
TOKENS = (
    b"1 0 R", b"9 0 R", b"99 0 R", b"null", b"true", b"-1", b"1E9", b"99999999999", b"/Page", b"/Launch", b"<<", b">>",
    b"[", b"]", b"(", b")", b"%", b"stream", b"/FlateDecode", b"/ASCIIHexDecode", b"/OpenAction",
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table that is good but for some cells, as csv or as workbook."""
    name = draw(st.sampled_from(TABLES))
    first, rows, separator = draw(st.sampled_from(_rows_of(name)))
    changed: list[list[Any]] = [list(row) for row in rows]
    as_book = draw(st.booleans())
    for _ in range(draw(st.integers(1, 5))):
        row = changed[draw(st.integers(0, len(changed) - 1))]
        if row:
            row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(CELLS if as_book else WORDS))
    _moved(draw, changed)
    return name, first + (_book(changed) if as_book else _text(changed, separator))


def _moved(draw: st.DrawFn, rows: list[list[Any]]) -> None:
    """Now and then a row or a column stands there twice, is missing, or is far away."""
    match draw(st.integers(0, 9)):
        case 0:
            rows.append(list(rows[-1]))
        case 1:
            del rows[draw(st.integers(0, len(rows) - 1))]
            rows.append([])
        case 2:
            for row in rows:
                row.append(row[-1] if row else "")
        case 3:
            rows[0:0] = [[]] * draw(st.integers(1, 30))
        case 4:
            rows[-1] = [""] * 150 + rows[-1]


@cache
def _rows_of(name: str) -> tuple[tuple[bytes, Sequence[Sequence[str]], str], ...]:
    found = []
    for seed in all_targets()[name].seeds():
        first, data = (seed[:1], seed[1:]) if name in NUMBERED else (b"", seed)
        text = _decoded(data)
        separator = max(",;\t", key=text.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        if rows:
            found.append((first, rows, separator))
    return tuple(found)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _text(rows: Sequence[Sequence[object]], separator: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _book(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            written: Any = value[:32_000] if isinstance(value, str) else value  # no program writes longer ones
            with suppress(IllegalCharacterError):
                sheet.cell(number, column).value = written
    return saved(book)


@st.composite
def jsons(draw: st.DrawFn) -> tuple[str, bytes]:
    """The data of a report or a signed file with values that do not belong there."""
    name = draw(st.sampled_from(JSONS))
    plain = json.loads(draw(st.sampled_from(_json_of(name))))
    for _ in range(draw(st.integers(1, 3))):
        paths = list(places(plain))
        if not paths:
            break
        value = draw(st.sampled_from(VALUES) | st.sampled_from(paths).map(lambda path: _at(plain, path)))
        put(plain, draw(st.sampled_from(paths)), json.loads(json.dumps(value)))
    return name, json.dumps(plain).encode()


def _at(plain: Any, path: tuple[Any, ...]) -> Any:
    """What stands at another place of the same file."""
    for key in path:
        plain = plain[key]
    return plain


@cache
def _json_of(name: str) -> tuple[bytes, ...]:
    return tuple(all_targets()[name].seeds())


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, bytes]:
    """A report with objects that were exchanged or altered, which somebody with a good key signs."""
    made = pdfs.report()
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.sampled_from(sorted(made.bodies)))
        body = made.bodies[number]
        if draw(st.booleans()):
            made.bodies[number] = draw(st.sampled_from((*BODIES, *made.bodies.values())))
        else:
            words = body.split(b" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(TOKENS))
            made.bodies[number] = b" ".join(words)
    return "report_pages", made.build()


ROWS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(1, 6),
        st.integers(0, 8),
        st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.sampled_from(WORDS[:40])
        | st.sampled_from(["{}", "[]", '{"steps":[]}', '{"steps":1}', "x:{", '{"merges":{}}', "[[[[", '{"id":null}']),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, bytes]:
    """Cells that somebody with a database program wrote into a plant file, a copy or a group file."""
    name = draw(st.sampled_from(["plant_rows", "copy_rows", "group_rows"]))
    return name, json.dumps(draw(ROWS)).encode()


@dataclass(frozen=True)
class Structured:
    """A strategy, and how many examples the tests draw of it."""

    files: st.SearchStrategy[tuple[str, bytes]]
    """Name of a target and the bytes for it."""
    examples: int


STRUCTURED = {
    "odd_tables": Structured(tables(), 150),
    "odd_values": Structured(jsons(), 100),
    "odd_objects": Structured(reports(), 80),
    "odd_rows": Structured(rows(), 80),
}


def fed(one: Structured) -> Any:
    """A test of hypothesis that feeds what is drawn."""

    @settings(max_examples=one.examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(one.files)
    def feed(drawn: tuple[str, bytes]) -> None:
        name, data = drawn
        accepted(all_targets()[name], data)

    return feed
