"""Records of the register as rows of a table; a cell takes the words that the command line and a file take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from core.audit.key_figures import KNOWN
from core.exchange.tables import Field
from core.group.register.fields import FIELDS, Entered
from core.group.register.words import shown, understood
from core.ledger import Company, Register, Site
from core.ledger.records import Record
from core.library.places import countries
from core.library.record_words import field_name
from core.methods import plain
from gui.language import _, language, say
from gui.table import Column

WIDTHS = {
    "name": 22, "note": 24, "reported_as": 20, "contact": 20, "source": 20, "reason": 16, "country": 14,
    "holder": 20, "held": 20, "seller": 18, "buyer": 18, "site": 20, "operational": 12, "financial": 14,
    "start": 14, "end": 14, "opened": 14, "closed": 14, "due": 14,
}  # fmt: skip
"""In digits; the others take the usual one."""
HIDDEN = {"site": ("note",), "company": (), "stake": (), "transfer": ("note",)}
"""Columns that are off at first."""


def record_columns(kind: str, register: Callable[[], Register]) -> list[Column[Record]]:
    """The columns of a kind of record, each of which may be typed into."""
    return [
        _column(kind, one, register, stretch=place == 0, hidden=one.key in HIDDEN.get(kind, ()))
        for place, one in enumerate(FIELDS[kind])
    ]


def _column(
    kind: str, one: Entered, register: Callable[[], Register], *, stretch: bool, hidden: bool
) -> Column[Record]:
    title, _bracket, unit = say(field_name(kind, one.key)).partition(" [")

    def value(record: Record) -> Any:
        return getattr(record, one.key)

    def text(record: Record) -> str:
        return shown(register(), one, value(record), language())

    def edit(record: Record, words: str) -> Record:
        if not words.strip() and (one.required or one.form == "flag"):
            words = "no" if one.form == "flag" else words
        return cast("Record", replace(cast("Any", record), **{one.key: understood(register(), one, words)}))

    number = one.form in ("number", "whole")
    return Column(
        one.key,
        title,
        text,
        unit.rstrip("]"),
        "right" if number else "left",
        value if number else None,
        (lambda r: plain(value(r))) if one.form == "number" else text,
        None if one.key == "id" else edit,
        lambda _record: choices_of(register(), one),
        WIDTHS.get(one.key, 12),
        stretch,
        hidden,
    )


def choices_of(register: Register, one: Entered) -> Sequence[str]:
    """What completion offers while one types."""
    return [words for _key, words in options(register, one)] or _kept(register, one)


def options(register: Register, one: Entered) -> list[tuple[str, str]]:
    """Keys and words of a field that takes one of several."""
    if one.form == "country":
        return sorted(((code, f"{say(name)} ({code})") for code, name in countries().items()), key=lambda p: p[1])
    if one.form == "choice":
        return [(key, say(words)) for key, words in one.choices.items()]
    if one.form == "flag":
        return [("yes", _("yes")), ("no", _("no"))]
    if one.form == "figure":
        return [(key, say(kind.title)) for key, kind in KNOWN.items()]
    return _named(register, one.form)


def _named(register: Register, form: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if form == "holder":
        found.append(("group", register.group.name or _("Group")))
    if form in ("holder", "held"):
        found += [(company.id, company.name) for company in register.held(Company)]
    if form in ("site", "held"):
        twice = [site.name for site in register.held(Site)]
        found += [
            (site.id, f"{site.name} ({site.country})" if twice.count(site.name) > 1 else site.name)
            for site in register.held(Site)
        ]
    return found


def _kept(register: Register, one: Entered) -> list[str]:
    """Words used before, e.g. businesses."""
    if one.key != "business":
        return []
    return sorted({site.business for site in register.held(Site) if site.business})


def found_columns(kind: str, fields: Sequence[Field], register: Callable[[], Register]) -> list[Column[Record]]:
    """The same for a file that is looked at before it is taken up: what stands in it, not to be typed into."""
    keys = {one.key.lstrip("_") for one in fields}
    return [replace(one, edit=None) for one in record_columns(kind, register) if one.key in keys]
