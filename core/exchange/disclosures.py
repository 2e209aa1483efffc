"""The answers to one framework as a workbook: overview, one row for each question and data point, a sheet a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.disclosures.catalogue import all_points
from core.disclosures.cells import Words, cell_words
from core.disclosures.comparing import CHANGES, Compared, compare
from core.disclosures.folding import columns_of
from core.disclosures.point import Column, Point
from core.disclosures.readiness import OPEN, STATES, Count, Lacking, QuestionState, Readiness, is_proven
from core.disclosures.submitting import rounded
from core.disclosures.value import PointValue
from core.errors import UserError
from core.exchange.book import Sheet, Value, write_book
from core.exchange.sheets import LONGEST_SHEET
from core.i18n import Localised, Name, T, Text, verbatim
from core.ledger.codec import read_decimal
from core.ledger.disclosures import Submission

OVERVIEW = Name("Overview", "概览")
QUESTIONS = Name("Questions", "问题")
FIELD, CONTENT = Name("Field", "项目"), Name("Content", "内容")
PLANT, GROUP = Name("Plant", "工厂"), Name("Group", "集团")
YES, NO = Name("yes", "是"), Name("no", "否")
REQUIREMENTS = {
    "must": Name("required", "必答"),
    "cond": Name("conditional", "视情况"),
    "opt": Name("optional", "选答"),
}
KINDS = {
    "number": Name("number", "数值"),
    "percent": Name("percentage", "百分比"),
    "text": Name("text", "文字"),
    "choice": Name("choice", "选项"),
    "date": Name("day", "日期"),
    "table": Name("table", "表格"),
    "evidence": Name("statement with proof", "附证明的说明"),
}
STATUSES = {
    "VERIFIED": Name("checked", "已核对"),
    "VERIFIED_2024": Name("checked in the edition of 2024", "按2024年版核对"),
    "RECALLED": Name("check it in the framework's document", "请对照框架原文核对"),
    "USER": Name("own", "自有"),
}
"""How well the number of a question is known."""
HEAD = (
    Name("Question", "问题编号"), Name("Label", "简称"), Name("Data point", "数据点"),
    Name("Data point, name", "数据点名称"), Name("Value", "数值"), Name("Unit", "单位"), Name("Kind", "类型"),
    Name("Requirement", "要求程度"), Name("State", "状态"), Name("Proven", "有证明"), Name("Origin", "来源"),
    Name("Evidence", "证明文件"), Name("Missing", "缺少内容"), Name("Decision", "判定理由"), Name("Comment", "备注"),
    Name("Before", "上次数值"), Name("Unit before", "上次单位"), Name("Difference", "差值"),
    Name("Difference [%]", "差值 [%]"), Name("Change", "变化"), Name("Question number", "编号核对"),
)  # fmt: skip
WIDTHS = (12, 36, 20, 34, 18, 12, 14, 14, 16, 8, 50, 34, 44, 30, 40, 18, 12, 14, 12, 14, 22)


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says besides the answers."""

    subject: str
    """Name of the plant or group."""
    day: date | None = None
    """Of the export."""
    proofs: Mapping[str, str] = field(default_factory=dict)
    """Names of kept files by id; of a group's plants by id of the plant and of the file, with a space between."""
    lacking: Sequence[Lacking] = ()
    """What is missing, first what answers most."""
    before: Localised | None = None
    """What the answers are compared with, e.g. last year."""
    words: Words | None = None
    """Of the plant, for what its own keys mean; None: those of the program."""


def write_disclosure(
    path: Path,
    readiness: Readiness,
    about: About,
    last: Mapping[str, PointValue] | Submission | None = None,
    language: str = "both",
    points: Mapping[str, Point] | None = None,
) -> None:
    """Write the workbook of one framework.

    Parameters
    ----------
    path
        ``.xlsx`` to write.
    readiness
        the questions with what is known of them.
    about
        whose answers they are, names of proofs, what is missing.
    last
        what was known of an earlier year, by data point, or what was handed in; None: nothing to compare with.
    language
        of headings and own words: ``en``, ``zh`` or ``both``.
    points
        the catalogue; None: the one that is shipped.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.

    Notes
    -----
    A number has nine decimals at most, as it is kept when it is handed in. No cell is run as a formula.
    """
    if path.suffix.casefold() != ".xlsx":
        raise UserError(T("“{file}” is not an .xlsx file.", file=path.name), T("End the name with .xlsx."))
    known = all_points() if points is None else points
    compared = () if last is None else compare(readiness, last)
    moved = {(one.question.id, one.point): one for one in compared}
    tables, words = _tables(readiness, known), about.words or Words()
    rows = _questions(readiness, about, known, moved, {key: name for key, (name, _value) in tables.items()})
    lists = [
        Sheet(OVERVIEW, (FIELD, CONTENT), (40, 100), _overview(readiness, about, known)),
        Sheet(QUESTIONS, HEAD, WIDTHS, rows),
        *(_table(known[key], name, value, readiness.level, words) for key, (name, value) in tables.items()),
    ]
    write_book(path, lists, language)


# ---------------------------------------------------------------------- overview


def _overview(readiness: Readiness, about: About, points: Mapping[str, Point]) -> Iterator[Sequence[Value]]:
    asked = readiness.map
    yield Name("Framework", "框架"), asked.title
    yield Name("Edition", "版次"), asked.edition
    yield (PLANT if readiness.level == "plant" else GROUP), about.subject
    yield Name("Reporting year", "报告年度"), str(readiness.year)
    if about.day is not None:
        yield Name("Exported on", "导出日期"), about.day
    yield Name("Questions with data", "有数据的问题"), _count(readiness.data)
    yield Name("Questions with proof", "有证明的问题"), _count(readiness.evidence)
    yield (
        Name("How it is counted", "计数方式"),
        T(
            "Questions asked of everybody, and conditional ones unless a person decided that they do not apply. "
            "This is no score."
        ),
    )
    for state, words in STATES.items():
        if found := readiness.of_state(state):
            yield words, ", ".join(one.question.id for one in found)
    if about.before is not None:
        yield Name("Compared with", "对比对象"), about.before
    for one in about.lacking:
        name = points[one.value.point].name if one.value.point in points else verbatim(one.value.point)
        yield T("Missing: {point}", point=name), _why(one)


def _count(count: Count) -> Localised:
    if count.percent is None:
        return T("Nothing is asked")
    return T("{n} of {of} ({percent} %)", n=count.n, of=count.of, percent=count.percent)


def _why(one: Lacking) -> Localised:
    why = one.value.missing or expired_on(one.value)
    if one.who is None:
        return T("{why} Questions: {count}", why=why, count=one.asked)
    return T("{why} Usually from: {who}. Questions: {count}", why=why, who=one.who, count=one.asked)


# ---------------------------------------------------------------------- questions


def _questions(
    readiness: Readiness,
    about: About,
    points: Mapping[str, Point],
    moved: Mapping[tuple[str, str], Compared],
    tables: Mapping[str, Name],
) -> Iterator[Sequence[Value]]:
    for state in readiness.questions:
        question = state.question
        head = (question.id, question.name)
        asked = (KINDS[question.kind], REQUIREMENTS[question.requirement], STATES[state.state])
        said = (state.reason, state.comment)
        if not state.values:
            yield (*head, "", "", "", question.unit, *asked, NO, "", "",
                   T("No data point is linked to this question."), *said, *_BEFORE, STATUSES[question.status],
                   )  # fmt: skip
        for value in state.values:
            name = points[value.point].name if value.point in points else None
            shown, unit = _shown(state, value, points.get(value.point), tables.get(value.point))
            yield (
                *head, value.point, name, shown, unit, *asked, YES if is_proven(value) else NO, _origins(value),
                "; ".join(about.proofs.get(key, key) for key in value.evidence), _missing(state, value), *said,
                *_moved(moved.get((question.id, value.point)), points.get(value.point)), STATUSES[question.status],
            )  # fmt: skip


_BEFORE: tuple[Value, ...] = ("", "", None, None, "")


def _shown(state: QuestionState, value: PointValue, point: Point | None, table: Name | None) -> tuple[Value, str]:
    """What stands in the cell of the value, and its unit."""
    if value.missing is not None or state.state == "not_applicable":
        return "", value.unit
    if table is not None:
        return T("Sheet “{sheet}”, rows: {count}", sheet=table, count=len(value.rows)), value.unit
    return said(value, point), value.unit


def said(value: PointValue, point: Point | None) -> Value:
    """A value as a cell holds it: a number, a day, the words of a choice, a text."""
    if isinstance(value.value, Decimal):
        return rounded(value.value)
    if value.value is None:
        return (
            "" if value.covered is None else T("{n} of {of} plants with proof", n=value.covered[0], of=value.covered[1])
        )
    kind = point.kind if point is not None else "text"
    if kind == "choice" and point is not None:
        return dict(point.choices).get(value.value, verbatim(value.value))
    if kind == "date":
        try:
            return date.fromisoformat(value.value)
        except ValueError:
            return value.value
    return value.value


def _origins(value: PointValue) -> Localised:
    return Text("{words}", {"words": [one.words for one in value.origins]}) if value.origins else verbatim("")


def _missing(state: QuestionState, value: PointValue) -> Value:
    if state.state not in OPEN | {"optional_open"}:
        return ""
    if value.missing is not None:
        return value.missing
    return expired_on(value) if value.expired else ""


def expired_on(value: PointValue) -> Text:
    """That a proof has run out, and when."""
    if not value.valid_to:
        return T("The proof has expired.")
    return T("The proof expired on {day}.", day=date.fromisoformat(value.valid_to))


def _moved(one: Compared | None, point: Point | None) -> tuple[Value, ...]:
    if one is None:
        return _BEFORE
    before: Value = ""
    if one.old is not None:
        before = T("Rows: {count}", count=len(one.old.rows)) if one.old.rows else said(one.old, point)
    difference = None if one.difference is None else rounded(one.difference)
    percent = None if one.percent is None else rounded(one.percent)
    return before, "" if one.old is None else one.old.unit, difference, percent, CHANGES[one.change]


# ---------------------------------------------------------------------- tables


def _tables(readiness: Readiness, points: Mapping[str, Point]) -> dict[str, tuple[Name, PointValue]]:
    """Each table that is handed in, once, with the name of its sheet."""
    found: dict[str, tuple[Name, PointValue]] = {}
    names = {one.in_language(lang).casefold() for one in (OVERVIEW, QUESTIONS) for lang in ("en", "zh")}
    for state in readiness.questions:
        if state.state == "not_applicable":
            continue
        for value in state.values:
            point = points.get(value.point)
            if point is None or value.missing is not None or value.point in found or not _is_table(value, point):
                continue
            name = _free(value.point, names)
            names.add(name.casefold())
            found[value.point] = (Name(name, name), value)
    return found


def _is_table(value: PointValue, point: Point) -> bool:
    return value.value is None and (bool(value.rows) or point.kind == "table")


def _free(key: str, taken: Iterable[str]) -> str:
    """A name that Excel can tell from the others."""
    name, number = key[:LONGEST_SHEET], 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = key[: LONGEST_SHEET - len(ending)] + ending
    return name


def _table(point: Point, name: Name, value: PointValue, level: str, words: Words) -> Sheet:
    columns = columns_of(point) if level == "group" else point.columns
    head = [T("{name} [{unit}]", name=one.name, unit=one.unit) if one.unit else one.name for one in columns]
    widest = max((len(row) for row in value.rows), default=0)
    head = head or [point.name]
    head += [verbatim("")] * (widest - len(head))
    rows = [[_cell(point, columns, place, cell, words) for place, cell in enumerate(row)] for row in value.rows]
    return Sheet(name, head, [22] * len(head), rows)


def _cell(point: Point, columns: Sequence[Column], place: int, text: str, words: Words) -> Value:
    """A number, or what the key in a cell means."""
    column = columns[place] if place < len(columns) else None
    if column is None or not text:
        return text
    if not column.number:
        return cell_words(point.key, column.key, text, words)
    try:
        return rounded(read_decimal(text))
    except ValueError:
        return text
