"""What people say in a cell, a form or the command line, and how it is said back to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from core.audit.figure_units import unit_kept, unit_title
from core.audit.key_figures import figure_title, named
from core.entering.forms import NUMBERS, SEVERAL, Entered, Form
from core.entering.identity import next_id
from core.entering.naming import called, keyed
from core.entering.pairs import SEPARATORS, SIGN, apart, parse_pairs, plain_key, written_pairs
from core.entering.refusing import FieldError, choose
from core.entering.rows import kept_rows, parse_rows, written_rows
from core.errors import UserError
from core.exchange.cells import parse_boolean
from core.exchange.dates import BUILT, FIRST_YEAR, OLDEST_YEAR, parse_date
from core.exchange.numbers import parse_number
from core.i18n import Localised, T, show, verbatim
from core.ledger.filing import Records
from core.ledger.records import ALL_KINDS, Record
from core.library.places import countries
from core.library.record_words import field_name
from core.library.units import normal

UNIT = "unit"
"""Field that holds a unit, whose name depends on the language."""


def understood(records: Records, one: Entered, said: object) -> object:
    """The value of a field as people write it: a name or id for what it names, words of a choice, days, numbers.

    Parameters
    ----------
    records
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
    if one.form in NUMBERS:
        return _number(one, text)
    if one.form == "flag":
        return parse_boolean(cast("str | bool", text))
    words = str(text)
    if one.form in SEVERAL:
        return _several(records, one, words)
    if one.form == "choice":
        return _chosen(one, words)
    if one.key == UNIT and not words.isascii():  # 件; an h stays one of any kind
        return unit_kept(words)
    read = _READERS.get(one.form, _as_it_is)
    return read(records, one, words) if words else ""


def _several(records: Records, one: Entered, words: str) -> tuple[object, ...]:
    if one.form == "pairs":
        return parse_pairs(words, one, lambda key: _key(records, one, key))
    if one.form == "rows":
        return parse_rows(words)
    parts = apart(words)
    if one.form == "names":
        return parts
    if one.form == "choices":
        return tuple(dict.fromkeys(_chosen(one, part) for part in parts))
    return tuple(dict.fromkeys(keyed(records, one, part) for part in parts))


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


def _number(one: Entered, said: object) -> Decimal | int | str | None:
    if said == "" and not one.required:
        if one.unknown:
            return None
        return Decimal(0) if one.form == "number" else 0
    number = said if isinstance(said, Decimal) else parse_number(cast("str", said))
    if one.form == "number":
        return number
    if number != number.to_integral_value():
        raise UserError(T("“{number}” is not a whole number.", number=number), T("Enter it without decimals."))
    return str(int(number)) if one.key == "id" else int(number)


def _day(_records: Records, one: Entered, words: str) -> date | str:
    since = OLDEST_YEAR if one.key == BUILT else FIRST_YEAR
    day = parse_date(words, end=one.form in ("last", "until"), first=since)
    return day if one.form in ("day", "until") else day.isoformat()


def _as_it_is(_records: Records, _one: Entered, words: str) -> str:
    return words


_READERS: Mapping[str, Callable[[Records, Entered, str], object]] = {
    "first": _day,
    "last": _day,
    "day": _day,
    "until": _day,
    "country": lambda _records, _one, words: country_named(words),
    "currency": lambda _records, _one, words: words.upper(),
    "figure": lambda _records, _one, words: named(words),
    "record": keyed,
}
"""Of what holds one, by form."""


def _chosen(one: Entered, words: str) -> str:
    choices = one.offered
    if not words and not one.required:
        return ""
    spellings = {normal(key): key for key in choices}
    spellings |= {normal(title.in_language(lang)): key for key, title in choices.items() for lang in ("en", "zh")}
    if normal(words) not in spellings:
        raise UserError(
            T("“{text}” is not in the list.", text=words[:80]),
            choose(choices.values(), words),
        )
    return spellings[normal(words)]


def _key(records: Records, one: Entered, words: str) -> str:
    """The key of a pair."""
    if one.of:
        return keyed(records, one, words)
    if one.keys == "year part":
        year, _space, part = words.partition(" ")
        return f"{plain_key(one, year)} {_chosen(replace(one, required=True), part.strip())}"
    return _chosen(one, words) if one.offered else plain_key(one, words)


# ---------------------------------------------------------------------- records


def made(records: Records, form: Form, said: Mapping[str, object], key: str = "", *, ready: bool = False) -> Record:
    """A record of what was said, with the usual values for the rest; ``key`` alters the one that has this id.

    ``ready`` takes values as they are, for what was read by a form.

    Raises
    ------
    FieldError
        when a word cannot be understood, or something required is missing.
    """
    entered = [one for one in form.fields if one.key in said]
    values = {one.key: said[one.key] if ready else _understood(records, form, one, said[one.key]) for one in entered}
    before = records.get(form.kind, form.single or key) if form.single or key else None
    if before is not None:
        return as_kept(form, cast("Record", replace(cast("Any", before), **values)))
    for one in form.fields:
        if one.key in values or form.has_usual(one.key):
            continue
        if one.required:
            raise _missing(form, one)
        values[one.key] = ""
    own = {} if "id" in values or form.single else {"id": key or _id(records, form, values)}
    cls = cast("Any", ALL_KINDS[form.kind])
    return as_kept(form, cast("Record", cls(**own, **values)))


def _id(records: Records, form: Form, values: Mapping[str, object]) -> str:
    return " ".join(str(values[key]) for key in form.key) if form.key else next_id(records, form)


def as_kept(form: Form, record: Record) -> Record:
    """A record as it is kept: the cells of its tables read as their columns ask, the rest as the form says.

    Raises
    ------
    FieldError
        for a cell or value that cannot be read.
    """
    read = {}
    for one in form.fields:
        rows = getattr(record, one.key) if one.form == "rows" else ()
        if rows:
            columns = one.columns_for(str(getattr(record, one.by)) if one.by else "")
            try:
                read[one.key] = kept_rows(rows, columns, more=one.more)
            except UserError as error:
                raise FieldError(form.kind, one.key, error.message, error.remedy, prefixed=True) from None
    tidied = cast("Record", replace(cast("Any", record), **read))
    return tidied if form.tidy is None else cast("Record", form.tidy(tidied))


def _understood(records: Records, form: Form, one: Entered, said: object) -> object:
    if one.required and isinstance(said, str) and not said.strip() and one.form != "flag":
        raise _missing(form, one)
    try:
        return understood(records, one, said)
    except UserError as error:
        raise FieldError(form.kind, one.key, error.message, error.remedy, prefixed=True) from None


def _missing(form: Form, one: Entered) -> FieldError:
    words = T("“{field}” is missing.", field=field_name(form.kind, one.key))
    return FieldError(form.kind, one.key, words, T("Enter it."))


# ---------------------------------------------------------------------- said back


def shown(records: Records, one: Entered, value: object, lang: str, *, typed: bool = False) -> str:
    """A field as people read it; ``typed`` as they would type it, so that it is understood again."""
    if one.form == "record":
        return _name(records, one, str(value), lang, typed=typed) if value else ""
    if one.form == "choice":
        return _title(one, str(value)).in_language(lang)
    if one.form == "figure":
        return figure_title(str(value)).in_language(lang) if value else ""
    if one.form == "country":
        return countries()[str(value)].in_language(lang) if value in countries() else str(value)
    if one.form in ("first", "last"):
        return show(date.fromisoformat(str(value)), lang) if value else ""
    if one.form == "flag":
        return (T("yes") if value else T("no")).in_language(lang)
    if isinstance(value, tuple):
        return shown_several(records, one, value, lang, typed=typed)
    if one.key == UNIT and not typed:
        return unit_title(str(value or "")).in_language(lang)
    return show(value, lang) if isinstance(value, Decimal | date) else str(value or "")


def shown_several(records: Records, one: Entered, value: tuple[Any, ...], lang: str, *, typed: bool = False) -> str:
    """What a field holds several of; ``typed`` as in :func:`shown`."""
    if one.form == "pairs":
        return written_pairs(value, lambda key: _key_words(records, one, key, lang, typed=typed), grouped=not typed)
    if one.form == "rows":
        return written_rows(value)
    if one.form == "records":
        return "; ".join(_name(records, one, key, lang, typed=typed) for key in value)
    if one.form == "choices":
        return "; ".join(_title(one, key).in_language(lang) for key in value)
    return "; ".join(value)


def _key_words(records: Records, one: Entered, key: str, lang: str, *, typed: bool) -> str:
    if one.of:
        return _name(records, one, key, lang, typed=typed)
    year, _space, part = key.partition(" ")
    if one.keys == "year part" and part:
        return f"{year} {_title(one, part).in_language(lang)}"
    return _title(one, key).in_language(lang)


def _name(records: Records, one: Entered, key: str, lang: str, *, typed: bool) -> str:
    """What is named; where one would type it and its name does not lead back, its id."""
    words = called(records, one, key).in_language(lang)
    if not typed:
        return words
    if any(sign in words for sign in SEPARATORS + SIGN) and one.form != "record":
        return key
    try:
        return words if keyed(records, one, words) == key else key
    except UserError:
        return key


def _title(one: Entered, key: str) -> Localised:
    return one.offered.get(key, verbatim(key))
