"""The own roll-up as a workbook of our own form: overview, answers, smelters, contradictions; no formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.errors import UserError
from core.i18n import Localised, Name, T, verbatim
from core.ledger import Supplier
from core.ledger.filing import Records
from core.minerals.rollup import OwnDeclaration, OwnTemplate
from core.minerals.standing import STANDING_NAMES
from core.minerals.templates import ANSWER_NAMES, TITLES, Question, answer_key
from core.minerals.words import mineral_name

Row = Sequence[Localised | str]
OVERVIEW = Name("Overview", "概览")
ANSWERS = Name("Answers", "答复")
SMELTERS = Name("Smelters", "冶炼厂")
CONTRADICTIONS = Name("Contradictions", "矛盾之处")
DECLARATIONS = Name("Declarations", "申报")
OPEN = T("stays open")
_WIDE, _MIDDLE, _NARROW = 48, 28, 14


def write_rollup(path: Path, own: OwnDeclaration, records: Records, language: str = "both") -> None:
    """A workbook from which the company fills in its own declarations.

    Parameters
    ----------
    path
        ending in ``.xlsx``.
    own
        the roll-up.
    records
        of the same plant or head office, for the names of suppliers.
    language
        ``en``, ``zh`` or ``both``.

    Raises
    ------
    UserError
        for another ending of the file, when it cannot be written, or when there is nothing to write.
    """
    from openpyxl import Workbook

    from core.exchange import sheets

    if path.suffix.casefold() != ".xlsx":
        raise UserError(T("“{file}” is not an .xlsx.", file=path.name), T("End the name with .xlsx."))
    if not own.templates:
        raise UserError(
            T("No declaration of a supplier counts yet."), T("Take declarations up and accept those that are good.")
        )
    book = Workbook()
    for blank in book.worksheets:
        book.remove(blank)
    names = {one.id: one.name for one in records.held(Supplier)}
    for title, head, rows, widths in _sheets(own, names):
        sheet = book.create_sheet(sheets.sheet_name(title, language))
        said = [
            [one if isinstance(one, str) else sheets.in_words(one, language) for one in row] for row in (head, *rows)
        ]
        sheets.fill(sheet, said[0], said[1:], widths)
    sheets.save(book, path)


def _sheets(
    own: OwnDeclaration, names: dict[str, str]
) -> Iterator[tuple[Name, Row, Iterable[Row], Sequence[int]]]:  # fmt: skip
    template = Name("Template", "模板")
    yield (
        OVERVIEW, (template, Name("What", "内容"), Name("Value", "值")),
        [row for one in own.templates for row in _overview(one, own)], (_NARROW, _MIDDLE, _WIDE),
    )  # fmt: skip
    yield (
        ANSWERS,
        (template, Name("Question", "问题"), Name("Short name", "简称"), Name("Mineral", "矿产"),
         Name("Answer", "答复")),
        [row for one in own.templates for row in _answers(one)], (_NARROW, _NARROW, _WIDE, _MIDDLE, _MIDDLE),
    )  # fmt: skip
    yield (
        SMELTERS,
        (template, Name("Mineral", "矿产"), Name("Smelter ID", "冶炼厂识别号"), Name("Name", "名称"),
         Name("Country", "国家"), Name("Standing", "状态"), Name("List of", "名单日期"),
         Name("Named by", "申报供应商")),
        [row for one in own.templates for row in _smelters(one, names)],
        (_NARROW, _MIDDLE, _NARROW, _WIDE, _MIDDLE, _MIDDLE, _NARROW, _WIDE),
    )  # fmt: skip
    yield (
        DECLARATIONS,
        (template, Name("Supplier", "供应商"), Name("Edition", "版次"), Name("Effective date", "生效日期"),
         Name("State", "状态")),
        [row for one in own.templates for row in _declarations(one, names)],
        (_NARROW, _WIDE, _NARROW, _NARROW, _MIDDLE),
    )  # fmt: skip
    yield (
        CONTRADICTIONS,
        (template, Name("Mineral", "矿产"), Name("What", "内容"), Name("What to do", "处理建议")),
        [(one.template.key, mineral_name(each.mineral), each.message, each.remedy)
         for one in own.templates for each in one.contradictions],
        (_NARROW, _MIDDLE, _WIDE, _WIDE),
    )  # fmt: skip


def _overview(one: OwnTemplate, own: OwnDeclaration) -> Iterator[Row]:
    key = one.template.key
    yield key, Name("Template", "模板"), TITLES[key]
    yield key, Name("Newest edition received", "收到的最新版次"), one.edition
    yield key, Name("Day", "日期"), own.today.isoformat()
    yield key, Name("Suppliers that answered", "已答复供应商"), T("{answered} of {asked}", answered=one.answered,
                                                        asked=one.asked)  # fmt: skip
    yield key, Name("Accepted declarations", "已接受的申报"), str(len(one.used))
    yield key, Name("Declarations without a decision", "尚未决定的申报"), str(len(one.waiting))
    yield key, Name("Answers that stay open", "尚未确定的答复"), str(len(one.open))


def _answers(one: OwnTemplate) -> Iterator[Row]:
    for question in one.template.questions:
        for mineral in one.minerals:
            yield _answer(one, question, mineral)
    for question in one.template.company:
        for mineral in one.minerals if question.each else ("",):
            yield _answer(one, question, mineral)


def _answer(one: OwnTemplate, question: Question, mineral: str) -> Row:
    key = answer_key(question.key, mineral)
    said = one.answers.get(key, "")
    answer: Localised | str = ANSWER_NAMES.get(said, verbatim(said)) if said else (OPEN if key in one.open else "")
    return one.template.key, question.key, question.name, mineral_name(mineral) if mineral else "", answer


def _smelters(one: OwnTemplate, names: dict[str, str]) -> Iterator[Row]:
    for each in one.smelters:
        smelter, standing = each.smelter, each.smelter.standing
        yield (
            one.template.key, mineral_name(smelter.mineral), smelter.id, smelter.name or smelter.chosen,
            smelter.country, STANDING_NAMES[standing.key], standing.day.isoformat() if standing.day else "",
            "; ".join(names.get(key, key) for key in each.suppliers),
        )  # fmt: skip


def _declarations(one: OwnTemplate, names: dict[str, str]) -> Iterator[Row]:
    key = one.template.key
    for each in one.used:
        yield key, names.get(each.supplier, each.company), each.edition, each.effective, T("accepted")
    for each in one.waiting:
        yield key, names.get(each.supplier, each.company), each.edition, each.effective, T("not decided")
    for supplier in one.silent:
        if supplier.id not in {each.supplier for each in one.waiting}:
            yield key, supplier.name, "", "", T("no answer that counts")
