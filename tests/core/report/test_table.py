from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.report.flow import Block
from core.report.fonts import register
from core.report.style import CELL, NOTE, SMALL_CELL
from core.report.table import Column, Kind, Row, Table
from tests.core.report import poppler

COLUMNS = [Column("Name", 1.0), Column("Number", 60, "right", fixed=True), Column("Long", 2.0, most=3)]


def rows(count: int) -> list[Row]:
    return [Row((f"row{n}", f"{n:,}.000", "some words that wrap " * (n % 7))) for n in range(count)]


def paginate(table: Table, wide: float, tall: float) -> list[Table]:
    """The parts of a table on pages of one size."""
    parts, waiting = [], [table]
    while waiting:
        one = waiting.pop(0)
        if one.wrap(wide, tall)[1] <= tall:
            parts.append(one)
            continue
        split = one.split(wide, tall)
        assert split, "no progress"
        waiting = [*split[1:], *waiting]
        assert split[0].wrap(wide, tall)[1] <= tall
        parts.append(split[0])
    return parts


def printed(parts: list[Table], tall: float = 700) -> bytes:
    register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(500, tall), invariant=1)
    for part in parts:
        part.wrap(480, tall)
        part.drawOn(canvas, 10, 0)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("count", [0, 1, 2, 37, 400])
def test_every_row_is_on_exactly_one_page(count: int) -> None:
    parts = paginate(Table(COLUMNS, rows(count)), 480, 300)
    spans = [(part.start, part.end) for part in parts]
    assert spans[0][0] == 0
    assert spans[-1][1] == count
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))
    assert all(len(part._laid) == part.end - part.start for part in parts)


@poppler.needs_poppler
def test_the_header_is_repeated_and_rows_keep_their_order(tmp_path: Path) -> None:
    parts = paginate(Table(COLUMNS, rows(100)), 480, 700)
    shown = poppler.text(printed(parts), tmp_path)
    assert shown.count("Number") == len(parts) > 1
    names = [word for word in shown.split() if word.startswith("row")]
    assert names == [f"row{n}" for n in range(100)]


@poppler.needs_poppler
def test_numbers_end_at_the_same_place_and_stay_in_their_column(tmp_path: Path) -> None:
    numbers = ["0.001", "1,234.000", "−99,999,999.123", "123,456,789,012.000", "123,456,789,012,345,678,901,234.567"]
    table = Table(COLUMNS, [Row((f"n{i}", number, "x")) for i, number in enumerate(numbers)])
    _, words = poppler.pages(printed([table]), tmp_path)
    held = [word for word in words if word.text[0] in "0123456789−"]
    edge = 10 + table.widths[0] + 8 + 60
    assert all(abs(word.right - edge) < 0.5 for word in held)
    assert all(word.left >= edge - 60.5 for word in held)
    assert "".join(w.text for w in held) == "".join(numbers)


def test_a_table_that_has_room_for_one_row_only_moves_to_the_next_page() -> None:
    assert Table(COLUMNS, rows(20)).split(480, 30) == []


def test_a_group_is_not_left_alone_at_the_foot_of_a_page() -> None:
    table = Table(COLUMNS, [*rows(3), Row(("group", "", ""), "group"), *rows(30)])
    tall = 0.0
    for part in range(5):
        table.wrap(480, 10_000)
        tall = table.head.height + sum(row.height for row in table._laid[:part])
    parts = Table(table.columns, table.rows).split(480, tall + 0.5)
    assert (parts[0].start, parts[0].end) == (0, 3)


@pytest.mark.parametrize("kind", ["line", "total", "group"])
def test_small_print_never_stands_on_a_page_without_a_row_above_it(kind: Kind) -> None:
    small = Block("Said of all of them.", NOTE)
    listed = [*rows(11), Row(("last", "1.000", ""), kind)]
    for tall in range(140, 400):
        alone = paginate(Table(COLUMNS, listed), 480, tall)
        parts = paginate(Table(COLUMNS, listed, company=(small,)), 480, tall)
        assert [part.end for part in parts][-1] == 12 and len(parts) - len(alone) in (0, 1)
        last = parts[-1]
        left = tall - last.height - max(last.after, NOTE.before)
        assert left >= NOTE.leading - 0.02 or last.end - last.start == 1, tall
        if kind == "total" and len(parts) > len(alone):
            assert last.end - last.start == 2, tall


def test_names_of_groups_run_over_empty_cells() -> None:
    name = "Scope 2: purchased energy, location-based and market-based"
    table = Table(COLUMNS, [Row((name, "", ""), "group"), Row((name, "1", ""))])
    table.wrap(480, 1000)
    assert [len(row.cells[0][0]) for row in table._laid] == [1, 2]


def test_another_width_lays_the_rows_out_again() -> None:
    table = Table(COLUMNS, rows(6))
    narrow = Table(COLUMNS, rows(6)).wrap(200, 5000)[1]
    table.wrap(480, 5000)
    assert table.wrap(200, 5000)[1] == narrow


def test_style_of_cells_is_smaller_in_the_appendix() -> None:
    assert SMALL_CELL.size < CELL.size
