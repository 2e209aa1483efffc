"""The register in words: what people say in a cell, a form or the command line, and how it is said back to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from decimal import Decimal
from typing import Any, cast

from core.audit.key_figures import figure_title, named
from core.errors import UserError
from core.exchange.cells import parse_boolean
from core.exchange.dates import parse_date
from core.exchange.numbers import parse_number
from core.group.register.checks import GROUP_ID, called, spelled
from core.group.register.entering import next_id
from core.group.register.fields import FIELDS, Entered
from core.i18n import T, show
from core.ledger import Company, Register, Site
from core.ledger.records import GROUP_KINDS, Record
from core.library.places import countries
from core.library.record_words import field_name
from core.library.units import normal

SEPARATORS = ";；\n"
"""Between several names in one cell."""


def understood(register: Register, one: Entered, said: object) -> object:
    """The value of a field as people write it: a name or id for what it names, words of a choice, days, numbers.

    Parameters
    ----------
    register
        whose names may be used.
    one
        the field.
    said
        words, or the cell of a table.

    Raises
    ------
    UserError
        for what cannot be read.
    """
    text = said.strip() if isinstance(said, str) else said
    if one.form in ("number", "whole"):
        return _number(one, text)
    if one.form == "flag":
        return parse_boolean(cast("str | bool", text))
    words = str(text)
    if one.form == "names":
        return names_in(words)
    if one.form in ("first", "last", "day"):
        return _day(one, words)
    if one.form == "country":
        return country_named(words)
    if one.form == "choice":
        return _chosen(one, words)
    if one.form == "figure":
        return named(words)
    return _keyed(register, one, words) if one.form in ("site", "holder", "held") else words


def names_in(text: str) -> tuple[str, ...]:
    """Names between semicolons, in either width.

    Examples
    --------
    >>> names_in("Old works； Plant 7")
    ('Old works', 'Plant 7')
    """
    for sign in SEPARATORS[1:]:
        text = text.replace(sign, SEPARATORS[0])
    return tuple(dict.fromkeys(part.strip() for part in text.split(SEPARATORS[0]) if part.strip()))


def country_named(text: str) -> str:
    """The code of a country from its code or its name in either language.

    Raises
    ------
    UserError
        when there is no such country.
    """
    if text.strip().upper() in countries():
        return text.strip().upper()
    wanted = normal(text)
    for code, name in countries().items():
        if wanted in (normal(name.en), normal(name.zh)):
            return code
    raise UserError(T("“{code}” is not a country.", code=text), T("Use the two letters of ISO 3166, e.g. CN or PL."))


def _number(one: Entered, said: object) -> Decimal | int | str:
    if said == "" and not one.required:
        return 0
    number = said if isinstance(said, Decimal) else parse_number(cast("str", said))
    if one.form == "number":
        return number
    if number != number.to_integral_value():
        raise UserError(T("“{number}” is not a whole number.", number=number), T("Enter it without decimals."))
    return str(int(number)) if one.key == "id" else int(number)


def _day(one: Entered, words: str) -> date | str:
    if not words:
        return ""
    day = parse_date(words, end=one.form == "last")
    return day if one.form == "day" else day.isoformat()


def _chosen(one: Entered, words: str) -> str:
    spellings = {normal(key): key for key in one.choices}
    spellings |= {normal(title.in_language(lang)): key for key, title in one.choices.items() for lang in ("en", "zh")}
    if normal(words) not in spellings:
        raise UserError(
            T("“{text}” is not in the list.", text=words),
            T("Choose one of: {choices}.", choices=list(one.choices.values())),
        )
    return spellings[normal(words)]


def _keyed(register: Register, one: Entered, words: str) -> str:
    """The id of what is named by its name, another name or its id."""
    group = one.form == "holder" and spelled(words) in (GROUP_ID, "集团", spelled(register.group.name))
    if group:
        return GROUP_ID
    candidates: list[Company | Site] = []
    if one.form in ("holder", "held"):
        candidates += register.held(Company)
    if one.form in ("site", "held"):
        candidates += register.held(Site)
    by_id = [other for other in candidates if other.id == words]
    found = by_id or [c for c in candidates if spelled(words) in {spelled(name) for name in names_of(c)}]
    if len(found) == 1:
        return found[0].id
    if found:
        ids = [f"{other.id} ({other.country})" for other in found]
        raise UserError(T("“{name}” is the name of several: {ids}.", name=words, ids=ids), T("Use the id."))
    raise UserError(
        T("Nobody in the register is called “{name}”.", name=words), T("Enter it first, or correct the name.")
    )


def names_of(one: Company | Site) -> tuple[str, ...]:
    """Every name of a company or a plant."""
    return (one.name, *one.reported_as) if isinstance(one, Site) else (one.name,)


def made(register: Register, kind: str, said: Mapping[str, object], key: str = "", *, ready: bool = False) -> Record:
    """A record of what was said, with the usual values for the rest; ``key`` alters the one that has this id.

    ``ready`` takes values as they are, for what was read by a form.

    Raises
    ------
    UserError
        when a word cannot be understood, or something required is missing.
    """
    entered = [one for one in FIELDS[kind] if one.key in said]
    values = {one.key: said[one.key] if ready else _understood(register, kind, one, said[one.key]) for one in entered}
    before = register.get(kind, key) if key else None
    if before is not None:
        return cast("Record", replace(cast("Any", before), **values))
    for one in FIELDS[kind]:
        if one.key in values or has_usual(kind, one.key):
            continue
        if not one.required:
            values[one.key] = ""
        else:
            raise UserError(T("“{field}” is missing.", field=field_name(kind, one.key)), T("Enter it."))
    own = {} if "id" in values or kind == GROUP_ID else {"id": key or next_id(register, kind)}
    cls = cast("Any", GROUP_KINDS[kind])
    return cast("Record", cls(**own, **values))


def _understood(register: Register, kind: str, one: Entered, said: object) -> object:
    try:
        return understood(register, one, said)
    except UserError as error:
        what = T("{field}: {why}", field=field_name(kind, one.key), why=error.message)
        raise UserError(what, error.remedy) from None


def has_usual(kind: str, key: str) -> bool:
    """Whether a field need not be said."""
    return next(f for f in dataclass_fields(GROUP_KINDS[kind]) if f.name == key).default is not MISSING


def shown(register: Register, one: Entered, value: object, lang: str) -> str:
    """A field as people read it."""
    if one.form in ("site", "holder", "held"):
        return called(register, str(value)).in_language(lang)
    if one.form == "choice":
        return one.choices[str(value)].in_language(lang) if value in one.choices else str(value)
    if one.form == "figure":
        return figure_title(str(value)).in_language(lang)
    if one.form == "country":
        return countries()[str(value)].in_language(lang) if value in countries() else str(value)
    if one.form in ("first", "last"):
        return show(date.fromisoformat(str(value)), lang) if value else ""
    if one.form == "flag":
        return (T("yes") if value else T("no")).in_language(lang)
    if isinstance(value, tuple):
        return "; ".join(value)
    return show(value, lang) if isinstance(value, Decimal | date) else str(value or "")
