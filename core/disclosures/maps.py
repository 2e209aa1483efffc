"""Disclosure maps: those shipped, those of head office, and the questions that a person linked to them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from core.disclosures.catalogue import all_points
from core.disclosures.point import KINDS, LEVELS, Point
from core.disclosures.question import REQUIREMENTS, DisclosureMap, Question
from core.disclosures.tables import Row, read_rows
from core.disclosures.units import BETWEEN, fits, known_unit, parts_of
from core.errors import UserError
from core.i18n import Name, T, Text
from core.ledger import MapFile, OwnQuestion
from core.ledger.filing import Records

COLUMNS = (
    "id", "name_en", "name_zh", "points", "unit", "kind", "level", "requirement", "status", "note_en", "note_zh",
)  # fmt: skip
HEADS = ("key", "framework", "edition", "title_en", "title_zh", "published", "note_en", "note_zh")
STATUSES = ("VERIFIED", "VERIFIED_2024", "RECALLED", "USER")
LONGEST_ID, LONGEST_LABEL, LONGEST_NOTE, MOST_POINTS = 40, 120, 200, 20
KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
"""What the key of a map looks like, which is the name of its file."""
REQUIREMENT_WORDS: Mapping[str, Text] = {"must": T("required"), "cond": T("conditional"), "opt": T("optional")}

Blob = Callable[[str], bytes]


@cache
def all_maps() -> Mapping[str, DisclosureMap]:
    """The maps that the program brings along, by key; read when first asked for.

    Examples
    --------
    >>> all_maps()["cdp_2025"].question("7.6/1").points
    ('ghg.s1',)
    """
    found = sorted(
        (one for one in (files("resources") / "disclosures" / "maps").iterdir() if one.name.endswith(".csv")),
        key=lambda one: one.name,
    )
    if not found:
        raise RuntimeError("no disclosure maps: the installation is incomplete")
    maps = (read_map(one.read_text("utf-8"), one.name) for one in found)
    return {one.key: one for one in maps}


def maps_of(records: Records, blob: Blob) -> Mapping[str, DisclosureMap]:
    """The maps of a plant or of head office: shipped ones, map files in their place or beside them, own questions.

    A map file that cannot be read here, for it was made for a newer program, is left out: :func:`unread_maps` names it.
    """
    maps = dict(all_maps())
    for held in records.held(MapFile):
        read = _read(held, blob)
        if isinstance(read, DisclosureMap):
            maps[held.id] = read
    own: dict[str, dict[str, OwnQuestion]] = {}
    for question in records.held(OwnQuestion):
        own.setdefault(question.map, {})[question.code] = question
    for key, questions in own.items():
        maps[key] = _with_own(maps.get(key) or DisclosureMap(key, key, "", Name(key, key), ()), questions)
    return maps


def unread_maps(records: Records, blob: Blob) -> tuple[Text, ...]:
    """What is wrong with map files that :func:`maps_of` left out."""
    read = ((held, _read(held, blob)) for held in records.held(MapFile))
    return tuple(
        T("The map “{name}” is not used: {reason}", name=held.name, reason=one.message)
        for held, one in read
        if isinstance(one, UserError)
    )


def _read(held: MapFile, blob: Blob) -> DisclosureMap | UserError:
    try:
        found = _parsed(blob(held.sha256).decode("utf-8", "replace"), held.name)
    except UserError as error:
        return error
    return replace(found, key=held.id, signer=held.signer)


@lru_cache(maxsize=64)
def _parsed(text: str, name: str) -> DisclosureMap:
    return read_map(text, name)


def _with_own(base: DisclosureMap, own: Mapping[str, OwnQuestion]) -> DisclosureMap:
    """A map with what a person linked: in the place of a question of the same number, or after all others."""
    asked = {one.id: one for one in base.questions}
    asked |= {code: _own(one, asked.get(code)) for code, one in own.items()}
    return replace(base, questions=tuple(asked.values()))


def _own(own: OwnQuestion, before: Question | None) -> Question:
    """Kind and level are those of the question it replaces, or follow from what it is linked to."""
    points = tuple(key for key in own.points if key in all_points())
    if before is not None:
        return replace(before, name=Name(own.label, own.label), points=points, unit="", requirement=own.requirement,
                       status="USER", note=_note(own))  # fmt: skip
    kind = all_points()[points[0]].kind if len(points) == 1 else "table" if points else "text"
    return Question(own.code, Name(own.label, own.label), points, "", kind, "both", own.requirement, "USER", _note(own))


def _note(own: OwnQuestion) -> Name | None:
    return Name(own.note, own.note) if own.note else None


def read_map(text: str, name: str) -> DisclosureMap:
    """The map of a csv file.

    Parameters
    ----------
    text
        the whole file: head lines ``# key: value``, headings, one row a question.
    name
        of the file; the key of the map where its head does not say it.

    Raises
    ------
    UserError
        naming row and column of what is wrong, and what to do.
    """
    head, rows = read_rows(text, name, COLUMNS, HEADS)
    top = Row(name, 1, {one: head.get(one, "") for one in HEADS})
    questions: dict[str, Question] = {}
    for row in rows:
        one = _question(row)
        if one.id in questions:
            raise row.wrong("id", T("The id {id} appears twice.", id=one.id), T("Delete one of the two rows."))
        questions[one.id] = one
    if not questions:
        raise UserError(T("{file} holds no question.", file=name), T("Choose the right file."))
    key = top["key"] or name.removesuffix(".csv")
    if not KEY.fullmatch(key):
        raise top.wrong("key", T("“{value}” is no key of a map.", value=key[:40]),
                        T("Use up to 40 small letters, digits and “_”, such as cdp_2026."))  # fmt: skip
    return DisclosureMap(
        key=key,
        framework=top.short("framework", LONGEST_LABEL),
        edition=top.short("edition", LONGEST_LABEL),
        title=top.needed_name("title", LONGEST_LABEL),
        questions=tuple(questions.values()),
        published=_day(top),
        note=top.name("note", LONGEST_NOTE),
    )


def write_map(one: DisclosureMap) -> str:
    """The csv file of a map: what :func:`read_map` makes the same map of. Who signed it does not stand in it."""
    return map_text(head_cells(one), map(question_cells, one.questions))


def map_text(head: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> str:
    """The csv file of a head and of rows by column, whatever they say."""
    written = io.StringIO(newline="")
    written.writelines(f"# {key}: {head[key]}\n" for key in HEADS if head.get(key))
    table = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


def head_cells(one: DisclosureMap) -> dict[str, str]:
    """What stands in the head of its file; what is empty is left out there."""
    return {
        "key": one.key,
        "framework": one.framework,
        "edition": one.edition,
        "title_en": one.title.en,
        "title_zh": one.title.zh,
        "published": one.published,
        **_named("note", one.note),
    }


def question_cells(asked: Question) -> dict[str, str]:
    """A question as a row of its file."""
    return {
        "id": asked.id,
        "name_en": asked.name.en,
        "name_zh": asked.name.zh,
        "points": ";".join(asked.points),
        "unit": asked.unit,
        "kind": asked.kind,
        "level": asked.level,
        "requirement": asked.requirement,
        "status": asked.status,
        **_named("note", asked.note),
    }


def _named(stem: str, name: Name | None) -> dict[str, str]:
    return {f"{stem}_en": name.en if name else "", f"{stem}_zh": name.zh if name else ""}


def _question(row: Row) -> Question:
    points = _points(row)
    kind = row.one_of("kind", KINDS)
    return Question(
        id=row.short("id", LONGEST_ID),
        name=row.needed_name("name", LONGEST_LABEL),
        points=points,
        unit=_unit(row, kind, [all_points()[key] for key in points]),
        kind=kind,
        level=row.one_of("level", LEVELS),
        requirement=row.one_of("requirement", REQUIREMENTS),
        status=row.one_of("status", STATUSES),
        note=row.name("note", LONGEST_NOTE),
    )


def _points(row: Row) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in row["points"].split(";")) if row["points"] else ()
    if len(keys) > MOST_POINTS or len(set(keys)) != len(keys):
        raise row.wrong("points", T("A data point is named twice, or there are more than {most}.", most=MOST_POINTS))
    unknown = next((key for key in keys if key not in all_points()), None)
    if unknown is not None:
        raise row.wrong(
            "points",
            T("There is no data point “{key}”.", key=unknown[:40]),
            T("Name data points of the catalogue, apart by “;”."),
        )
    return keys


def _unit(row: Row, kind: str, points: Collection[Point]) -> str:
    """As written in one way; each unit must be that of a data point, or convertible to it."""
    units = parts_of(row["unit"])
    for unit in units:
        if not known_unit(unit):
            raise _unfit(row, T("Unknown unit “{unit}”.", unit=unit[:40]), points)
        if not any(fits(unit, point) for point in points):
            raise _unfit(row, T("No data point of this question can be given in {unit}.", unit=unit), points)
    if kind == "percent" and units != ("%",):
        raise row.wrong("unit", T("A percentage is given in %."))
    return f"{BETWEEN} ".join(units)


def _unfit(row: Row, reason: Text, points: Iterable[Point]) -> UserError:
    remedy = T("Leave it empty, or use a unit of the data points: {units}.", units=_units(points))
    return row.wrong("unit", reason, remedy)


def _units(points: Iterable[Point]) -> list[str]:
    units = {unit for one in points for unit in (one.unit, *(column.unit for column in one.columns))}
    return sorted(units - {""}) or ["–"]


def _day(top: Row) -> str:
    text = top["published"]
    try:
        right = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        raise top.wrong("published", T("“{day}” is no day.", day=text[:40]), T("Write it like 2026-03-31."))
    return text
