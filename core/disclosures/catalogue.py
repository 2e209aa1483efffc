"""Every data point that a map may ask for, and our own checklist, whose questions are data points too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from core.disclosures.point import FOLDS, KINDS, LEVELS, Column, Point
from core.disclosures.tables import Row, read_rows
from core.disclosures.units import known_unit
from core.i18n import Name, T, Text

AREAS: Mapping[str, Text] = {
    "governance": T("Governance"),
    "ethics": T("Ethics"),
    "human_rights": T("Human rights"),
    "safety": T("Safety"),
    "minerals": T("Minerals"),
    "suppliers": T("Suppliers"),
    "environment": T("Environment"),
}
"""Of the checklist, in the order of its questions."""
CHECK = "check."
"""How the key of a question of the checklist begins."""
LONGEST_NAME, LONGEST_KEY, MOST_MONTHS = 120, 40, 120
_POINT = (
    "key", "name_en", "name_zh", "unit", "kind", "fold", "columns", "choices", "months", "evidence_en", "evidence_zh",
    "who_en", "who_zh",
)  # fmt: skip
_CHECK = (
    "code", "area", "question_en", "question_zh", "kind", "unit", "level", "columns", "choices", "months",
    "evidence_en", "evidence_zh", "who_en", "who_zh", "links", "other_en", "other_zh",
)  # fmt: skip
_TITLES = ("title_en", "title_zh")
_FOLD_OF_CHECK = {"number": "sum", "percent": "ratio", "choice": "coverage", "date": "coverage", "evidence": "coverage"}
"""How a group comes to an answer of the checklist: texts and tables are not asked there."""


@dataclass(frozen=True, slots=True)
class ChecklistQuestion:
    """One question of our own checklist."""

    code: str
    """``G1``."""
    area: str
    """One of :data:`AREAS`."""
    level: str
    point: Point
    """Under whose key, ``check.G1``, it is answered; its name is the question."""
    links: tuple[tuple[str, str], ...]
    """Questions that it helps to answer: key of a map and id of a question there."""
    other: Name | None = None
    """What else it serves, that no map names."""


@cache
def all_points() -> Mapping[str, Point]:
    """Every data point by its key, questions of the checklist among them as ``check.G1``.

    Examples
    --------
    >>> all_points()["ghg.s1"].fold, all_points()["check.G1"].kind
    ('sum', 'choice')
    """
    points = read_points(_resource("points.csv"), "points.csv")
    return {**points, **{one.point.key: one.point for one in checklist()}}


@cache
def checklist() -> tuple[ChecklistQuestion, ...]:
    """Our own questions, in their order."""
    return read_checklist(_resource("checklist.csv"), "checklist.csv")


def _resource(name: str) -> str:
    return (files("resources") / "disclosures" / name).read_text("utf-8")


def read_points(text: str, name: str) -> Mapping[str, Point]:
    """Data points of a table.

    Raises
    ------
    UserError
        naming row and column of what is wrong.
    """
    points: dict[str, Point] = {}
    for row in read_rows(text, name, _POINT, _TITLES)[1]:
        key = row.short("key", LONGEST_KEY)
        if key in points or key.startswith(CHECK):
            raise row.wrong("key", T("The id {id} appears twice.", id=key))
        points[key] = _point(row, key, row.needed_name("name", LONGEST_NAME), row.one_of("fold", FOLDS))
    return points


def read_checklist(text: str, name: str) -> tuple[ChecklistQuestion, ...]:
    """Questions of a checklist.

    Raises
    ------
    UserError
        naming row and column of what is wrong.
    """
    questions: dict[str, ChecklistQuestion] = {}
    for row in read_rows(text, name, _CHECK, _TITLES)[1]:
        code = row.short("code", LONGEST_KEY)
        if code in questions:
            raise row.wrong("code", T("The id {id} appears twice.", id=code))
        fold = _FOLD_OF_CHECK[row.one_of("kind", _FOLD_OF_CHECK)]
        point = _point(row, f"{CHECK}{code}", row.needed_name("question", LONGEST_NAME), fold)
        questions[code] = ChecklistQuestion(
            code, row.one_of("area", AREAS), row.one_of("level", LEVELS), point, _links(row), row.name("other", 80)
        )
    return tuple(questions.values())


def _point(row: Row, key: str, name: Name, fold: str) -> Point:
    kind, unit = row.one_of("kind", KINDS), row["unit"]
    if unit and not known_unit(unit):
        raise row.wrong("unit", T("Unknown unit “{unit}”.", unit=unit[:40]))
    columns = _columns(row)
    if kind == "table" and not columns:
        raise row.wrong("columns", T("A table needs columns."))
    if fold == "ratio" and len(columns) != 2:
        raise row.wrong("columns", T("A ratio needs its two parts."))
    choices = _choices(row)
    if (kind == "choice") != bool(choices):
        raise row.wrong("choices", T("A choice needs what can be chosen, and nothing else does."))
    return Point(
        key, name, unit, kind, fold, columns, _months(row), choices,
        row.name("evidence", LONGEST_NAME), row.name("who", LONGEST_NAME),
    )  # fmt: skip


def _columns(row: Row) -> tuple[Column, ...]:
    """``gas|Gas|气体;tonnes#tCO2e|Emissions|排放量``: a number carries ``#`` and its unit."""
    found = []
    for key, english, chinese in _triples(row, "columns"):
        plain, number, unit = key.partition("#")
        if unit and not known_unit(unit):
            raise row.wrong("columns", T("Unknown unit “{unit}”.", unit=unit[:40]))
        found.append(Column(plain, Name(english, chinese), bool(number), unit))
    if len({one.key for one in found}) != len(found):
        raise row.wrong("columns", T("It repeats an earlier one."))
    return tuple(found)


def _choices(row: Row) -> tuple[tuple[str, Name], ...]:
    found = {key: Name(english, chinese) for key, english, chinese in _triples(row, "choices")}
    return tuple(found.items())


def _triples(row: Row, column: str) -> list[list[str]]:
    """Key, English and Chinese name, each three apart by ``;``."""
    triples = [one.split("|") for one in row[column].split(";")] if row[column] else []
    if not all(len(one) == 3 and all(part.strip() for part in one) for one in triples):
        raise row.wrong(column, T("It needs key, English and Chinese name, apart by “|”."))
    return triples


def _months(row: Row) -> int:
    text = row["months"] or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) <= MOST_MONTHS):
        raise row.wrong("months", T("It needs a number of months up to {most}.", most=MOST_MONTHS))
    return int(text)


def _links(row: Row) -> tuple[tuple[str, str], ...]:
    links = tuple(tuple(one.split(":", 1)) for one in row["links"].split(";")) if row["links"] else ()
    if not all(len(one) == 2 and all(one) for one in links):
        raise row.wrong("links", T("It needs the key of a map and a question, apart by “:”."))
    return tuple((one[0], one[1]) for one in links)
