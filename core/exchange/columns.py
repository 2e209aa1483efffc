"""The columns of activity data, and how their headings are recognised in either language and any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UserError
from core.exchange.cells import Cell, excerpt, is_blank, plain_text
from core.exchange.extras import PREFIX, columns_of_parameters
from core.i18n import Localised, Name, T, Text, verbatim
from core.library.units import normal


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file, the name of its key being the field of an activity."""

    key: str
    name: Name
    help: Text
    """What to write in it."""
    aliases: tuple[str, ...] = ()
    required: bool = False
    width: int = 16
    """In the template. [characters]"""


TITLE = Name("Activity data", "活动数据")
"""Of the sheet that they stand in."""
COLUMNS = (
    Column("source", Name("Source", "排放源"),
           T("Required. The emission source as the plant calls it, like Boiler house."),
           ("emission source", "source name", "facility", "equipment", "来源", "排放源名称", "排放设施", "设施", "设备",
            "设备名称", "设施名称"), True, 24),
    Column("method", Name("Method", "核算方法"),
           T("The method of calculation. May stay empty where the item belongs to one method only; fuels need it."),
           ("emission method", "calculation method", "方法", "计算方法", "类别", "排放类别"), False, 26),
    Column("item", Name("Item", "项目"),
           T("Required. What was bought, burned, leaked or generated: a key or name of the list."),
           ("fuel", "substance", "energy", "energy type", "material", "品种", "能源品种", "能源种类", "能源类型",
            "燃料", "燃料品种", "物料", "物质", "活动项目"), True, 24),
    Column("start", Name("Start", "开始日期"),
           T("Required. The first day of the bill, like 2024-03-01, or a month, like 2024-03."),
           ("start date", "from", "period start", "first day", "month", "period", "开始", "起始日期", "起始", "起",
            "自", "起始日", "开始日", "月份", "期间", "日期", "date"), True, 13),
    Column("end", Name("End", "结束日期"),
           T("The last day of the bill, included. May stay empty where the start is a whole month, quarter or year."),
           ("end date", "to", "until", "period end", "last day", "结束", "截止日期", "终止日期", "截止", "止", "至",
            "终止", "结束日", "截止日"), False, 13),
    Column("quantity", Name("Quantity", "数量"),
           T("Required. The number on the bill, without its unit."),
           ("amount", "consumption", "value", "activity data", "用量", "消耗量", "消费量", "活动数据", "活动水平",
            "使用量", "数值"), True, 16),
    Column("unit", Name("Unit", "单位"),
           T("Required. The unit on the bill, of the list."),
           ("units", "uom", "unit of measure", "计量单位"), True, 14),
    Column("estimated", Name("Estimated", "是否估算"),
           T("yes where the number is an estimate; then say why and how in the note."),
           ("estimate", "is estimated", "估算", "估计", "估算值", "是否估计"), False, 11),
    Column("evidence", Name("Evidence", "证据"),
           T("The number of the bill, contract or certificate."),
           ("bill", "bill number", "invoice", "invoice number", "reference", "document", "凭证", "凭据", "凭证号",
            "票据号", "发票号", "单据号", "发票", "账单号", "合同号", "证书号"), False, 22),
    Column("note", Name("Note", "备注"),
           T("Anything an auditor should know."),
           ("notes", "remark", "remarks", "comment", "comments", "说明", "注"), False, 40),
    Column("category", Name("Scope 3 category", "范围三类别"),
           T("1 to 15, where the method serves several categories of scope 3; else empty."),
           ("category", "scope 3", "ghg category", "范围三", "范围3类别", "范围3"), False, 14),
    Column("parameters", Name("Parameters", "参数"),
           T("What else the method asks for, like distance=120; treatment=landfill. A parameter may also have a column "
             "of its own, with its key or name as heading."),
           ("parameter", "further data", "其他参数", "附加参数"), False, 30),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
_SPELLINGS = {
    normal(spelling): column.key
    for column in COLUMNS
    for spelling in (column.key, column.name.en, column.name.zh, *column.aliases)
}
_OWN_NAMES = {normal(name) for column in COLUMNS for name in (column.key, column.name.en, column.name.zh)}
_PARTS = re.compile(r"[\n/|()（）\[\]【】]")
SEARCHED = 20
"""Rows in which the headings are looked for; a title may stand above them."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where the columns of a file are."""

    row: int
    """Row of the headings, as the person sees it."""
    positions: dict[str, int]
    """Key of the column -> place in the row, counted from 0."""
    headings: dict[str, str]
    """Key of the column -> heading as it stands in the file."""
    unknown: tuple[str, ...]
    """Headings that mean nothing here; their columns are not read."""


def heading(key: str, language: str = "both", separator: str = " / ") -> str:
    """The heading of a column: ``en``, ``zh`` or both."""
    name = BY_KEY[key].name
    return f"{name.zh}{separator}{name.en}" if language == "both" else name.in_language(language)


def recognise(cell: Cell) -> str:
    """Key of the column that a heading names, or empty; any part of ``开始日期 / Start date *`` will do."""
    if is_blank(cell):
        return ""
    text = plain_text(cell)
    if len(text) > 200:
        return ""
    whole = _SPELLINGS.get(_tidy(text))
    if whole is not None:
        return whole
    keys = {key for part in _PARTS.split(text) if (key := _SPELLINGS.get(_tidy(part)))}
    if not keys:
        known = columns_of_parameters()
        keys = {key for part in (text, *_PARTS.split(text)) if (key := known.get(_tidy(part)))}
    return keys.pop() if len(keys) == 1 else ""


def column_name(key: str) -> Localised:
    """How people call a column of a file."""
    return verbatim(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else BY_KEY[key].name


def _tidy(text: str) -> str:
    return normal(text.replace("\n", " ")).strip("*:：")


def map_columns(rows: Sequence[tuple[int, Sequence[Cell]]], first_column: int = 0) -> Mapping:
    """Find the row of the headings among the first rows, and in it the columns.

    Raises
    ------
    UserError
        when a required column is missing or two columns have the same meaning.
    """
    best: tuple[int, int, list[str]] = (0, -1, [])
    for index, (_, cells) in enumerate(rows[:SEARCHED]):
        keys = _apart([recognise(cell) for cell in cells], cells)
        count = len(set(keys) - {""})
        if count > best[0]:
            best = (count, index, keys)
    count, index, keys = best
    if count < 2:
        raise UserError(
            T("No row of headings was found among the first {count} rows.", count=SEARCHED),
            T("The file needs the columns {columns}; the template shows them.", columns=_names(_required())),
        )
    number, cells = rows[index]
    _check(keys, number, first_column)
    positions = {key: place for place, key in enumerate(keys) if key}
    headings = {key: excerpt(cells[place]) for key, place in positions.items()}
    unknown = tuple(excerpt(cell) for key, cell in zip(keys, cells, strict=True) if not key and not is_blank(cell))
    return Mapping(number, positions, headings, unknown)


def _apart(keys: list[str], cells: Sequence[Cell]) -> list[str]:
    """Where a column stands already, a parameter called like another word for it, as ``equipment`` for the source."""
    parted = list(keys)
    for place, key in enumerate(keys):
        if key in BY_KEY and keys.count(key) > 1:
            said = _tidy(plain_text(cells[place]))
            if said not in _OWN_NAMES and (parameter := columns_of_parameters().get(said)):
                parted[place] = parameter
    return parted


def _check(keys: list[str], row: int, first_column: int) -> None:
    for place, key in enumerate(keys):
        if key and key in keys[:place]:
            raise UserError(
                T(
                    "Row {row}: the columns {one} and {other} both mean {column}.",
                    row=row,
                    one=letter(first_column + keys.index(key)),
                    other=letter(first_column + place),
                    column=column_name(key),
                ),
                T("Rename or delete one of them."),
            )
    missing = [key for key in _required() if key not in keys]
    if missing:
        raise UserError(
            T("Row {row}: the heading of {columns} is missing.", row=row, columns=_names(missing)),
            T("Add the column; the template shows all headings in English and Chinese."),
        )


def _required() -> list[str]:
    return [column.key for column in COLUMNS if column.required]


def _names(keys: Sequence[str]) -> Name:
    names = [BY_KEY[key].name for key in keys]
    return Name(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def letter(place: int) -> str:
    """``A`` for 0, ``AA`` for 26: how a spreadsheet names a column."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
