"""The register from a table in csv or xlsx and back, and from the reports that came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from core.errors import UserError
from core.exchange.tables import Field, Found, accepted, read_records, write_records
from core.group.register.checks import GROUP_ID, spelled
from core.group.register.entering import PREFIXES, keeping, next_id
from core.group.register.fields import FIELDS, PLURALS, Entered
from core.group.register.words import has_usual, made, names_of
from core.i18n import Name, T, verbatim
from core.inventory.judging import Decision
from core.ledger import Company, Ledger, Register, Site, Stake, kind_of
from core.ledger.records import Record
from core.library.places import countries
from core.library.record_words import field_name, kind_name
from core.store import ACCEPTED, SUPERSEDED, Filed

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
