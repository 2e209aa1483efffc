"""The register from words: of the command line, of a table in csv or xlsx, and of the reports that came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from core.audit.key_figures import figure_title, named
from core.errors import UserError
from core.exchange.cells import parse_boolean
from core.exchange.dates import parse_date
from core.exchange.numbers import parse_number
from core.exchange.tables import Field, Found, accepted, read_records, write_records
from core.group.register_fields import FIELDS, PLURALS, Entered
from core.group.registering import GROUP_ID, PREFIXES, called, keeping, next_id, spelled
from core.i18n import Name, T, show, verbatim
from core.inventory.judging import Decision
from core.ledger import Company, Ledger, Register, Site, Stake, kind_of
from core.ledger.records import GROUP_KINDS, Record
from core.library.places import countries
from core.library.record_words import field_name, kind_name
from core.library.units import normal
from core.store import ACCEPTED, SUPERSEDED, Filed

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


# ---------------------------------------------------------------------- tables


def columns_of(kind: str) -> tuple[Field, ...]:
    """The columns of a table of records."""
    return tuple(_column(kind, one) for one in FIELDS[kind])


def _column(kind: str, one: Entered) -> Field:
    name = field_name(kind, one.key)
    bare = (name.en.partition(" [")[0], name.zh.partition(" [")[0])  # headings are read without their unit
    form = "number" if one.form in ("number", "whole") else "text"
    needed = one.required and not has_usual(kind, one.key)
    return Field(f"_{one.key}", name, form, needed, (one.key, one.key.replace("_", " "), *bare, *one.also), 20)


def read_register(source: Path | bytes, kind: str, register: Register, name: str = "") -> Found[Record]:
    """The records of one kind in a table. What is there already under its name is altered, the rest added.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, or lacks a required heading.
    """
    grown = [register]

    def make(said: Mapping[str, Any]) -> Record:
        words = {key[1:]: value for key, value in said.items()}
        one = made(grown[0], kind, words)
        held = same(grown[0], one)
        if held is not None:
            one = made(grown[0], kind, words, held.id)
        grown[0] = grown[0].apply(keeping(grown[0], one).steps)
        return one

    return read_records(source, columns_of(kind), make, Ledger(), name)


def same(register: Register, one: Record) -> Record | None:
    """The record that a person would take for this one, whatever its id."""
    return next((other for other in register.records[kind_of(one)].values() if _mark(other) == _mark(one)), None)


def _mark(one: Record) -> tuple[object, ...]:
    if isinstance(one, Site):
        return (spelled(one.name), one.country)
    if isinstance(one, Company):
        return (spelled(one.name),)
    keys = {"stake": ("holder", "held", "start"), "transfer": ("seller", "buyer", "source", "start"),
            "site_figure": ("site", "name", "year"), "deadline": ("id",)}[kind_of(one)]  # fmt: skip
    return tuple(getattr(one, key) for key in keys)


def taking_up(found: Found[Record], register: Register) -> Decision:
    """The one change that imports a table; nothing where everything is there already.

    Raises
    ------
    UserError
        when a row was refused or none is there.
    """
    records = {(kind_of(one), one.id): one for one in accepted(found)}
    decision = keeping(register, *records.values())
    why = T("Import of {count} rows from “{name}”", count=len(records), name=verbatim(found.name))
    return Decision(why, decision.steps)


def write_register(path: Path, kind: str, register: Register, language: str = "both") -> None:
    """The records of a kind in the form that can be imported again.

    Raises
    ------
    UserError
        when the file cannot be written.
    """
    rows = [
        {f"_{one.key}": _written(register, one, getattr(record, one.key)) for one in FIELDS[kind]}
        for record in register.records[kind].values()
    ]
    title = Name(*(PLURALS[kind].in_language(lang) for lang in ("en", "zh"))) if kind in PLURALS else kind_name(kind)
    write_records(path, columns_of(kind), rows, language, title)


def _written(register: Register, one: Entered, value: object) -> object:
    if one.form == "names":
        return "; ".join(cast("tuple[str, ...]", value))
    if one.form == "flag":
        return "yes" if value else "no"
    if one.form in ("site", "holder", "held"):
        named_record = register.get("company", str(value)) or register.get("site", str(value))
        return GROUP_ID if value == GROUP_ID else getattr(named_record, "name", value)
    return Decimal(str(value)) if one.form in ("number", "whole") else value


# ---------------------------------------------------------------------- what the reports know already


def unknown_plants(register: Register, filed: Iterable[Filed]) -> tuple[Filed, ...]:
    """Of each plant that reported and is not in the register, its newest report; by country and name."""
    known = {(spelled(name), site.country) for site in register.held(Site) for name in names_of(site)}
    newest: dict[tuple[str, str], Filed] = {}
    for one in filed:
        key = (spelled(one.plant), one.country)
        counts = one.state in (ACCEPTED, SUPERSEDED) and one.plant and one.country in countries() and key not in known
        if counts and (key not in newest or newest[key].year < one.year):
            newest[key] = one
    return tuple(sorted(newest.values(), key=lambda f: (f.country, f.plant)))


def taking_reported(register: Register, filed: Iterable[Filed]) -> Decision:
    """The change that enters every plant that has reported, with the company that its newest report names.

    Where no report says who operates a plant, it belongs to the group directly.

    Raises
    ------
    UserError
        when all of them are there already.
    """
    new = unknown_plants(register, filed)
    if not new:
        raise UserError(T("Every plant that has reported is in the register already."))
    grown, records = register, []
    for one in new:
        for record in _of_report(grown, one):
            records.append(record)
            grown = grown.apply(keeping(grown, record).steps)
    decision = keeping(register, *records)
    return Decision(T("Plants that have reported entered: {count}", count=len(new)), decision.steps)


def _of_report(register: Register, one: Filed) -> Iterator[Record]:
    site = Site(next_id(register, "site"), one.plant.strip(), one.country)
    yield site
    name = one.organisation.strip()
    if not name:
        return
    first, second = int(next_id(register, "stake")[len(PREFIXES["stake"]) :]), 0
    company = next((c for c in register.held(Company) if spelled(c.name) == spelled(name)), None)
    own = spelled(name) == spelled(register.group.name)
    if company is None and not own:
        company = Company(next_id(register, "company"), name, one.country)
        yield company
        yield Stake(_stake_id(first), GROUP_ID, company.id, "")
        second = 1
    yield Stake(_stake_id(first + second), GROUP_ID if company is None else company.id, site.id, "")


def _stake_id(number: int) -> str:
    return f"{PREFIXES['stake']}{number:04d}"
