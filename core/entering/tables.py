"""Records from a table in csv or xlsx and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.entering.forms import Entered, Form, Forms
from core.entering.identity import last_number, numbered
from core.entering.keeping import check, keeping
from core.entering.naming import spelled, unmistakable
from core.entering.pairs import SEPARATORS, SIGN, written_pairs
from core.entering.rows import written_rows
from core.entering.words import made
from core.exchange.read import load
from core.exchange.table_writing import write_records
from core.exchange.tables import Field, Found, accepted, read_records, without_brackets
from core.i18n import Name, T, verbatim
from core.inventory.judging import Decision
from core.ledger import Ledger, kind_of
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.record_words import field_name

LONGEST = 30_000
"""Characters of a cell with several lines, names or serial numbers; Excel keeps 32,767."""


def columns_of(form: Form) -> tuple[Field, ...]:
    """The columns of a table of records."""
    return tuple(_column(form, one) for one in form.fields)


def _column(form: Form, one: Entered) -> Field:
    name = field_name(form.kind, one.key)
    bare = (without_brackets(name.en), without_brackets(name.zh))  # as headings are read
    number = one.form in ("number", "whole")
    needed = one.required and not form.has_usual(one.key)
    spellings = (one.key, one.key.replace("_", " "), *bare, *one.also)
    return Field(f"_{one.key}", name, "number" if number else "text", needed, spellings, 20, LONGEST)


# ---------------------------------------------------------------------- in


def read_table(source: Path | bytes, records: Records, forms: Forms, kind: str, name: str = "") -> Found[Record]:
    """The records of one kind in a table. What is there already under its name is altered, the rest added.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, or lacks a required heading.
    """
    form = forms[kind]
    data, name = load(source), name or (source.name if isinstance(source, Path) else "")
    columns = columns_of(form)
    among = {f"_{one.key}" for one in form.fields if kind in one.of and not one.required}
    if among:  # rows that name rows further down: everything is entered first, then what names what
        first = _Taking(records, forms, kind)
        found = read_records(data, columns, lambda said: first.take(_without(said, among)), Ledger(), name)
        if found.refused:
            return found
        records = first.grown
    return read_records(data, columns, _Taking(records, forms, kind).take, Ledger(), name)


def _without(said: Mapping[str, Any], keys: set[str]) -> Mapping[str, Any]:
    return {key: value for key, value in said.items() if key not in keys}


class _Taking:
    """Rows one after the other, each checked beside those before it; a row never stands for two records."""

    def __init__(self, records: Records, forms: Forms, kind: str) -> None:
        self._forms, self._form = forms, forms[kind]
        self._own = dict(records.records[kind])
        self.grown = type(records)({**records.records, kind: self._own})  # its own kind grows with the rows
        self._last = last_number(records, self._form) if self._form.prefix else 0
        self._held: dict[tuple[object, ...], list[str]] = {}
        for one in self._own.values():
            self._held.setdefault(mark(self._form, one), []).append(one.id)

    def take(self, said: Mapping[str, Any]) -> Record:
        words = {key[1:]: value for key, value in said.items()}
        fresh = numbered(self._form, self._last + 1) if self._form.prefix else ""
        one = made(self.grown, self._form, words, fresh)
        waiting = self._held.get(mark(self._form, one))
        if waiting:
            one = made(self.grown, self._form, words, waiting[0])
        before = self._own.get(one.id)
        self._own[one.id] = one
        try:
            check(self.grown, self._forms, one)
        except Exception:
            if before is None:
                del self._own[one.id]
            else:
                self._own[one.id] = before
            raise
        if waiting:
            del waiting[0]
        elif self._form.prefix:
            self._last += 1
        return one


def same(records: Records, form: Form, one: Record) -> Record | None:
    """The record that a person would take for this one, whatever its id."""
    wanted = mark(form, one)
    return next((other for other in records.records[kind_of(one)].values() if mark(form, other) == wanted), None)


def mark(form: Form, one: Record) -> tuple[object, ...]:
    """By what a record is known in a table."""
    if form.single:
        return (form.single,)
    values = ((form.field(key).form, getattr(one, key)) for key in form.same)
    return tuple(spelled(value) if kind == "text" else value for kind, value in values)


def taking_up(found: Found[Record], records: Records, forms: Forms) -> Decision:
    """The one change that imports a table; nothing where everything is there already.

    Raises
    ------
    UserError
        when a row was refused or none is there.
    """
    kept = {(kind_of(one), one.id): one for one in accepted(found)}
    decision = keeping(records, forms, *kept.values())
    why = T("Import of {count} rows from “{name}”", count=len(kept), name=verbatim(found.name))
    return Decision(why, decision.steps)


# ---------------------------------------------------------------------- out


def write_table(path: Path, records: Records, form: Form, language: str = "both") -> None:
    """The records of a kind in the form that can be imported again.

    Raises
    ------
    UserError
        when the file cannot be written.
    """
    writers = {one.key: _writer(records, one) for one in form.fields}
    held = records.records[form.kind].values()
    rows = [{f"_{key}": write(getattr(record, key)) for key, write in writers.items()} for record in held]
    title = Name(*(form.plural.in_language(lang) for lang in ("en", "zh")))
    write_records(path, columns_of(form), rows, language, title)


def _writer(records: Records, one: Entered) -> Callable[[Any], object]:
    """How a field is written into a cell; names are written where they lead back."""
    match one.form:
        case "record":
            names = unmistakable(records, one)
            return lambda value: names.get(value, value)
        case "records":
            several = unmistakable(records, one, SEPARATORS)
            return lambda value: "; ".join(several.get(key, key) for key in value)
        case "pairs":
            keys = unmistakable(records, one, SEPARATORS + SIGN)
            return lambda value: written_pairs(value, lambda key: keys.get(key, key), grouped=False)
        case "rows":
            return written_rows
        case "names" | "choices":
            return "; ".join
        case "flag":
            return lambda value: "yes" if value else "no"
        case "number" | "whole":
            return lambda value: None if value is None else Decimal(str(value))
    return lambda value: value
