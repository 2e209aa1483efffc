"""Category and parameters of a record as text: in a cell, in a column of their own, in the window."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from core.errors import UserError
from core.exchange.cells import Cell, plain_text
from core.exchange.numbers import parse_number
from core.i18n import LANGUAGES, T
from core.library.units import normal
from core.methods import COMMON, Method, Parameter, all_methods, check_parameter, former, plain

Pairs = tuple[tuple[str, str], ...]
PREFIX = "parameter:"
"""Before the key of a parameter that has a column of its own."""
_CATEGORY = re.compile(r"\D*([0-9]{1,2})(?![0-9])")
_PARTS = re.compile(r"[;；\n]")
_SIGN = re.compile(r"[=＝:：]")
_FORMER = frozenset(map(normal, former.PARAMETERS))


def parse_category(cell: Cell) -> int:
    """``4``, ``Category 4``, ``类别4``, ``4 Upstream transport``.

    Raises
    ------
    UserError
        for anything that is no category of scope 3.
    """
    text = plain_text(cell)
    found = _CATEGORY.match(text)
    if found is None or not 1 <= int(found[1]) <= 15:
        raise UserError(
            T("“{text}” is no category of scope 3.", text=text[:40]), T("Enter a number from 1 to 15, or nothing.")
        )
    return int(found[1])


def parse_parameters(text: str, method: Method) -> Pairs:
    """``ncv=38.93; treatment=landfill``; keys or titles, in the order of the keys.

    Raises
    ------
    UserError
        for a part without a sign, a parameter the method does not have, and what it cannot mean.
    """
    pairs: list[tuple[str, str]] = []
    for part in (one.strip() for one in _PARTS.split(text) if one.strip()):
        name, *value = _SIGN.split(part, maxsplit=1)
        if not value or not value[0].strip():
            raise UserError(
                T("“{text}” is not a parameter with its value.", text=part[:60]),
                T("Write it like {form}.", form="distance=120; uncertainty=2.5"),
            )
        pairs.append(parse_parameter(name, value[0], method))
    return ordered(pairs)


def parse_parameter(name: str, cell: Cell, method: Method) -> tuple[str, str]:
    """One parameter of a method with its value in the form that records keep.

    Raises
    ------
    UserError
        when the method does not have it or cannot understand the value.
    """
    parameter = _named(name, method)
    if parameter is None and method.key == former.METHOD and normal(name) in _FORMER:
        raise UserError(former.WHAT, former.REMEDY)
    if parameter is None:
        known = [one.key for one in method.parameters]
        raise UserError(
            T("{method} has no parameter “{parameter}”.", method=method.title, parameter=name.strip()[:60]),
            T("Choose one of: {known}.", known=known) if known else T("Leave the parameters empty."),
        )
    said = _value(parameter, cell)
    check_parameter(parameter, said)
    return parameter.key, said


def ordered(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """In the order of their keys.

    Raises
    ------
    UserError
        when one appears twice with different values.
    """
    kept: dict[str, str] = {}
    for key, value in pairs:
        if kept.setdefault(key, value) != value:
            raise UserError(T("The parameter “{parameter}” has two values.", parameter=key), T("Delete one of them."))
    return tuple(sorted(kept.items()))


def parameters_text(pairs: Pairs) -> str:
    """As it can be typed again in any language: ``ncv=38.93; treatment=landfill``."""
    return "; ".join(f"{key}={value}" for key, value in pairs)


def parameters_shown(pairs: Pairs, method: Method | None, lang: str) -> str:
    """As people read it: titles, units, and the names of choices."""
    return "; ".join(_shown(key, value, method, lang) for key, value in pairs)


def _shown(key: str, value: str, method: Method | None, lang: str) -> str:
    parameter = None if method is None else method.parameter(key)
    if parameter is None:
        return f"{key}={value}"
    names = {choice: title.in_language(lang) for choice, title in parameter.choices}
    unit = f" {parameter.unit}" if parameter.unit else ""
    return f"{parameter.title.in_language(lang)}={names.get(value, value)}{unit}"


def _value(parameter: Parameter, cell: Cell) -> str:
    if parameter.choices:
        text = normal(plain_text(cell))
        spoken = {
            normal(name): key
            for key, title in parameter.choices
            for name in (key, *(title.in_language(lang) for lang in LANGUAGES))
        }
        return spoken.get(text, plain_text(cell).strip())
    if parameter.key == "factor":
        return plain_text(cell).strip()
    if isinstance(cell, str):
        cell = cell.strip().removesuffix(parameter.unit).strip() if parameter.unit else cell.strip()
    return plain(parse_number(cell))


def _named(name: str, method: Method) -> Parameter | None:
    wanted = normal(name)
    return next((p for p in (*method.parameters, *COMMON) if wanted in _spellings(p)), None)


def _spellings(parameter: Parameter) -> set[str]:
    return {normal(parameter.key), *(normal(parameter.title.in_language(lang)) for lang in LANGUAGES)}


@cache
def columns_of_parameters() -> dict[str, str]:
    """Headings that name a parameter of any method, and the key of the column."""
    every = (*(p for method in all_methods().values() for p in method.parameters), *COMMON)
    return {spelling: PREFIX + p.key for p in every for spelling in _spellings(p)}
