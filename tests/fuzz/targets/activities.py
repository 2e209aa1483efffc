"""Tables of activity data, as csv and as workbook: what every plant imports first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from core.exchange.importing import change_of, preview
from core.exchange.read import read_table
from core.inventory import Choices, compile_inventory, year_of
from core.ledger import Ledger, canonical
from core.library import load_library
from tests.core.exchange.books import EMPTY, GRID, HEAD, csv_of, row, xlsx_of
from tests.fuzz.parts import parts_of, whole_of
from tests.fuzz.target import Target, shown

WHEN = datetime(2025, 1, 1, tzinfo=UTC)
_CHINESE = ("排放源", "计算方法", "项目", "开始日期", "结束日期", "数量", "单位", "备注")


def table(data: bytes) -> None:
    """Any table at all: rows as long as each other, numbered upwards."""
    found = read_table(data)
    assert len({len(cells) for _, cells in found.rows}) <= 1
    numbers = [number for number, _ in found.rows]
    assert numbers == sorted(set(numbers))


def activities(data: bytes) -> None:
    """What is accepted compiles, is kept as it is, and is not taken twice."""
    seen = preview(data, EMPTY, load_library(), "bills.csv")
    for one in (*seen.refused, *seen.remarks):
        shown(one.message)
    change = change_of(seen, EMPTY, "Li Na", WHEN)
    after = EMPTY.apply(change.steps)
    assert Ledger.from_plain(after.to_plain()) == after
    canonical(after.to_plain())
    for year in sorted({one.start.year for one in after.activities})[:2]:
        if 1990 <= year <= 2100:
            compile_inventory(after, Choices(year_of(year)), load_library())
    assert preview(data, after, load_library(), "bills.csv").already is not None


def _tables() -> Iterable[bytes]:
    chinese = ("柴油锅炉", "固定燃烧", "柴油", "2024年3月1日", "2024年3月31日", "1,234.5", "吨", "")
    month = (date(2024, 4, 1), date(2024, 4, 30))
    more = row(
        source="Truck",
        item="diesel",
        start=month[0],
        end=month[1],
        quantity="12.5",
        unit="l",
        method="Mobile combustion",
    )
    yield csv_of(GRID)
    yield csv_of(GRID, more, separator=";")
    yield csv_of(chinese, head=_CHINESE, encoding="gb18030")
    yield csv_of(chinese, head=_CHINESE, encoding="utf-16")
    yield csv_of(row(quantity="1.234,56"), separator="\t")
    yield b"sep=;\n" + csv_of(row(estimated="yes"), separator=";", encoding="utf-8")


def _books() -> Iterable[bytes]:
    yield parts_of(xlsx_of(GRID))
    yield parts_of(
        xlsx_of(GRID, row(quantity="12.5", unit="l", item="diesel", method="Mobile combustion"), title="活动数据")
    )


def _whole_books() -> Iterable[bytes]:
    return (whole_of(one) for one in _books())


WORDS = (*HEAD, *_CHINESE, "electricity", "diesel", "kWh", "2024-03-01", "1E5", "1.234,5", '"', "\r\n", "，", "％")
TARGETS = (
    Target("csv", table, _tables, words=WORDS),
    Target("activities", activities, _tables, words=WORDS),
    Target("activities_xlsx", lambda data: activities(whole_of(data)), _books, words=(*WORDS, "<c r=", 't="s"')),
    Target("xlsx", table, _whole_books),
)
