"""How options alter the proposal for reading a file, and which questions they answer."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import replace

from core.errors import UserError
from core.exchange.columns import letter
from core.exchange.series import Look, Mapping, Question, Value
from core.exchange.series.classify import kinds_of
from core.exchange.series.headings import heading_of, unit_in
from core.i18n import T, verbatim

ANSWERS: Dict[str, Sequence[str]] = {
    "order": ("order=dmy", "order=mdy", "order=ymd"),
    "label": ("label=left", "label=right", "label=instant"),
    "clock": ("clock=local", "clock=utc", "clock=offset:+01:00"),
    "decimal": ("decimal=.", "decimal=,"),
    "values": (
        "quantity=energy", "quantity=power", "quantity=counter", "quantity=day_counter", "quantity=level", "unit=kWh",
    ),
    "tolerance": ("tolerance=30", "tolerance=0"),
    "multiplied": ("multiplied=yes", "multiplied=no"),
}  # fmt: skip
"""What can be said to each question."""
PLACES = ("time", "clock_time", "meter", "status", "last")
"""Keys whose value is a column, named by its letter."""
_LETTERS = re.compile("[A-Za-z]{1,3}")
NONE = "-"


def altered(mapping: Mapping, said: Dict[str, str], look: Look) -> Mapping:
    """A mapping with what a person says of it.

    Parameters
    ----------
    mapping
        as it is proposed.
    said
        by key: those of :class:`~core.exchange.series.mapping.Mapping`, with columns named by their letters;
        ``columns`` (letters of those that hold values); ``quantity`` and ``unit`` of all of them, or with the heading
        or letter of one behind a colon, as ``unit:B``.
    look
        at the file.

    Raises
    ------
    UserError
        for an unknown key, column or value.
    """
    plain: dict[str, str] = {}
    for key, text in said.items():
        if key.partition(":")[0] in ("columns", "quantity", "unit"):
            continue
        if key in PLACES:
            plain[key] = str(_column(text))
        else:
            plain[key] = "\t" if (key, text) == ("separator", "tab") else text
    found = Mapping.of({**dict(mapping.pairs), **plain}.items())
    if "columns" in said:
        found = replace(found, values=_chosen(said["columns"], look))
    return replace(found, values=tuple(_value(value, found, said) for value in found.values))


def open_questions(asked: Sequence[Question], said: Dict[str, str], mapping: Mapping) -> tuple[Question, ...]:
    """The questions that nobody has answered yet."""
    return tuple(one for one in asked if not _answered(one, said, mapping))


def _answered(question: Question, said: Dict[str, str], mapping: Mapping) -> bool:
    if question.field != "values":
        return question.field in said
    keys = {key.partition(":")[0] for key in said}
    quantity = "quantity" in keys or (
        "unit" in keys and all(one.quantity in ("power", "level") for one in mapping.values)
    )
    unit = "unit" in keys or all((unit_in(one.heading) or ("", ""))[1] for one in mapping.values)
    return quantity and unit and bool(mapping.values)


def _column(text: str) -> int:
    """Number of a column by its letter."""
    if text in ("", NONE):
        return -1
    if not _LETTERS.fullmatch(text):
        raise UserError(
            T("“{text}” is no column.", text=verbatim(text[:40])),
            T("Name columns by their letters, as a spreadsheet does: A, B … AA."),
        )
    place = 0
    for sign in text.upper():
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1


def _chosen(text: str, look: Look) -> tuple[Value, ...]:
    kinds = kinds_of(look)
    head = () if kinds is None else kinds.head
    found = []
    for word in filter(None, re.split(r"[\s,;]+", text)):
        place = _column(word)
        heading = heading_of(head, place)
        quantity, unit = unit_in(heading) or ("", "")
        found.append(Value(place, quantity or "energy", unit or "kWh", heading))
    return tuple(found)


def _value(value: Value, mapping: Mapping, said: Dict[str, str]) -> Value:
    """A column of values with the quantity and the unit that were said of it."""
    quantity, unit = (_of_column(key, value, mapping, said) for key in ("quantity", "unit"))
    if unit and not quantity:
        implied = unit_in(unit)
        if implied is None or not implied[0]:
            raise UserError(
                T("The unit “{unit}” is not known here.", unit=verbatim(unit)),
                T("Say with quantity=… what it is: energy, power, counter, day_counter or level."),
            )
        # A counter may be in kWh too; a power may not.
        kept = value.quantity if value.quantity in ("counter", "day_counter") and implied[0] == "energy" else implied[0]
        return replace(value, quantity=kept, unit=implied[1])
    known = unit_in(unit) if unit else None
    return replace(
        value, quantity=quantity or value.quantity, unit=known[1] if known and known[1] else unit or value.unit
    )


def _of_column(key: str, value: Value, mapping: Mapping, said: Dict[str, str]) -> str:
    """What was said of one column, else of all."""
    names = [value.heading, letter(value.column), letter(value.column).lower()]
    return next((said[f"{key}:{name}"] for name in names if f"{key}:{name}" in said), said.get(key, ""))
