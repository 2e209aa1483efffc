"""What goes back to a supplier with its declaration: a workbook that lists what to correct; no formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from core.errors import UserError
from core.i18n import Localised, Name, T, Text, verbatim
from core.ledger import Ledger, MineralDeclaration
from core.ledger.filing import Records
from core.minerals import Problem
from core.minerals.problem import REVIEW
from core.minerals.words import mineral_name

OURS = frozenset({"supplier", "company", "smelter_twice"})
"""Rules that ask the buyer and not the supplier."""
MUST, LOOK = T("must be corrected"), T("please check")
ABOUT = Name("About", "说明")
LIST = Name("To be corrected", "待更正事项")
_WIDE, _MIDDLE, _NARROW = 72, 30, 12
Row = Sequence[Localised | str]


def buyer_of(records: Records) -> str:
    """Who asks: the plant or the group, by name."""
    key, kind = ("plant", "plant") if isinstance(records, Ledger) else ("group", "group")
    return str(getattr(records.get(kind, key), "name", ""))


def told_back(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What the supplier can do something about, gravest first."""
    return tuple(one for one in problems if one.rule not in OURS)


def write_returned(
    path: Path,
    declaration: MineralDeclaration,
    problems: Sequence[Problem],
    reason: str,
    day: date,
    buyer: str,
    language: str = "both",
) -> None:
    """The workbook for the supplier.

    Parameters
    ----------
    path
        ending in ``.xlsx``.
    declaration
        that goes back.
    problems
        that were found in it.
    reason
        why a person sends it back.
    day
        on which it is sent back.
    buyer
        who asks, as the plant or the group is called.
    language
        ``en``, ``zh`` or ``both``.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.
    """
    from openpyxl import Workbook

    from core.exchange import sheets

    if path.suffix.casefold() != ".xlsx":
        raise UserError(T("“{file}” is not an .xlsx.", file=path.name), T("End the name with .xlsx."))
    book = Workbook()
    for blank in book.worksheets:
        book.remove(blank)
    parts = (
        (ABOUT, (Name("What", "内容"), Name("Value", "值")), _about(declaration, reason, day, buyer),
         (_MIDDLE, _WIDE)),
        (LIST, (Name("No.", "序号"), Name("How grave", "性质"), Name("Place in the workbook", "工作簿中的位置"),
                Name("Mineral", "矿产"), Name("Rows of the list", "清单行号"), Name("What", "内容")),
         _list(told_back(problems)), (_NARROW, _MIDDLE, _MIDDLE, _MIDDLE, _NARROW, _WIDE)),
    )  # fmt: skip
    for title, head, rows, widths in parts:
        sheet = book.create_sheet(sheets.sheet_name(title, language))
        said = [[one if isinstance(one, str) else sheets.in_words(one, language) for one in row]
                for row in (head, *rows)]  # fmt: skip
        sheets.fill(sheet, said[0], said[1:], widths)
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                cell.alignment = sheets.WRAPPED
    sheets.save(book, path)


def _about(one: MineralDeclaration, reason: str, day: date, buyer: str) -> Iterator[Row]:
    yield Name("From", "发件方"), buyer
    yield Name("To", "收件方"), one.company
    yield Name("Declaration", "申报"), f"{one.template} {one.edition}".strip()
    yield Name("Effective date", "生效日期"), one.effective
    yield Name("Sent back on", "退回日期"), day.isoformat()
    yield Name("Reason", "理由"), reason
    yield Name("What to do", "处理建议"), _asked()


def _asked() -> Text:
    return T(
        "Please correct the points of the second sheet in your workbook, give it today's date, and send the whole "
        "workbook again."
    )


def _list(problems: Sequence[Problem]) -> Iterator[Row]:
    for number, one in enumerate(problems, 1):
        yield (
            str(number), LOOK if one.level == REVIEW else MUST, one.place,
            mineral_name(one.mineral) if one.mineral else verbatim(""), ", ".join(str(row) for row in one.rows),
            one.message,
        )  # fmt: skip
