"""What may be entered of a kind of record: its fields in the order of reading, each with its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field
from dataclasses import fields as dataclass_fields
from typing import Any, TypeAlias

from core.entering.rows import RowColumn
from core.i18n import Localised, Text
from core.ledger.filing import Records
from core.ledger.records import ALL_KINDS, Record

Choices: TypeAlias = "Mapping[str, Localised]"
"""Key and what people call it."""
SEVERAL = frozenset({"names", "choices", "records", "pairs", "rows"})
"""Forms that hold more than one."""
NUMBERS = frozenset({"number", "whole"})


@dataclass(frozen=True, slots=True)
class Entered:
    """One field as people enter it."""

    key: str
    """Field of the record."""
    form: str = "text"
    """``text``, ``long`` (several lines), ``names`` (several), ``country``, ``currency``, ``first`` or ``last`` (a day,
    kept as ISO text), ``day`` or ``until`` (a day; of a month its last), ``number``, ``whole``, ``flag``, ``choice``,
    ``choices`` (several), ``figure`` (name of a key figure), ``record`` or ``records`` (what is named, by its name or
    id), ``pairs`` (``2026=1000; 2027=1100``), ``rows`` (``a | b; c | d``).
    """
    required: bool = False
    choices: Choices | Callable[[], Choices] = field(default_factory=dict)
    """Of a ``choice`` and ``choices``; of a ``text`` whose keys are offered while one types; of a ``record`` what may
    be named though no record has it; of ``pairs`` the keys that are words. A function where they are data that is read
    when somebody asks."""
    hint: Text | None = None
    also: tuple[str, ...] = ()
    """Other headings of its column in a table."""
    of: tuple[str, ...] = ()
    """Kinds of records that it names; of ``pairs`` what its keys name."""
    keys: str = "year"
    """What the keys of ``pairs`` are: ``year``, ``step`` (1, 2, 3 …), ``year part`` (``2020 scope1``), or with
    ``choices`` a ``part`` and with ``of`` a ``record``."""
    only: Callable[[Record], bool] | None = None
    """Which of those records may be named; None: all."""
    unknown: bool = False
    """Of a ``number``: left empty, it is not known, which is something else than 0."""
    columns: tuple[RowColumn, ...] | Callable[[str], tuple[RowColumn, ...]] = ()
    """Of ``rows``; a function where they follow from the field ``by``."""
    by: str = ""
    """Field on whose value the columns depend."""
    more: bool = False
    """Rows may have further cells behind those of the columns."""

    @property
    def offered(self) -> Choices:
        """The choices by key."""
        return self.choices() if callable(self.choices) else self.choices

    def columns_for(self, value: str) -> tuple[RowColumn, ...]:
        """The columns where the field ``by`` has this value."""
        return self.columns(value) if callable(self.columns) else self.columns


Check: TypeAlias = "Callable[[Any, Any], None]"
"""Of the records with the new one among them, and the new one; raises UserError."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of record."""

    kind: str
    prefix: str
    """How ids of new records begin; empty: the person says the id, or there is only one record."""
    fields: tuple[Entered, ...]
    plural: Text
    explained: Text
    """For whoever enters one."""
    check: Check
    """What one must keep to among the others."""
    same: tuple[str, ...] = ("name",)
    """Fields by which a row of a table is known to be about a record that is there already."""
    order: tuple[str, ...] = ()
    """Fields by which records are listed; empty: as they were entered."""
    digits: int = 5
    """Of the number in an id."""
    single: str = ""
    """Id of the only record of this kind; empty: there are many."""
    titled: Callable[[Any, Any], Localised] | None = None
    """How a person recognises one among the records, where its name does not say it."""
    instead: Text | None = None
    """What to do with a record that others name, in place of removing it."""
    key: tuple[str, ...] = ()
    """Fields whose values, with a space between them, are the id; empty: it is a number."""
    fixed: tuple[str, ...] = ()
    """Further fields that stay as they were first entered."""
    lasting: Text | None = None
    """Of records that are not removed, and whose fixed fields nobody changes: what to do instead."""
    tidy: Callable[[Any], Any] | None = None
    """Brings what was typed into the form in which it is kept; raises UserError."""
    leaving: Check | None = None
    """What must hold for one to be removed: of the records and the one that goes; raises UserError."""

    def field(self, key: str) -> Entered:
        """A field by its key."""
        return next(one for one in self.fields if one.key == key)

    def usual(self, key: str) -> object:
        """What a new record says of itself; None where it must be said."""
        found = _defaults(self.kind)[key]
        return None if found is MISSING else found

    @property
    def stays(self) -> tuple[str, ...]:
        """Fields that nobody changes once the record is there."""
        return (*self.key, *self.fixed)

    def has_usual(self, key: str) -> bool:
        """Whether a field need not be said."""
        return _defaults(self.kind)[key] is not MISSING


Forms: TypeAlias = "Mapping[str, Form]"
"""By kind, in the order of reading; all of them belong to one sort of file."""


def _defaults(kind: str) -> Mapping[str, object]:
    return {one.name: one.default for one in dataclass_fields(ALL_KINDS[kind])}


def ordered(records: Records, form: Form) -> tuple[Record, ...]:
    """The records of a kind as they are listed."""
    held = tuple(records.records[form.kind].values())
    if not form.order:
        return held
    return tuple(sorted(held, key=lambda one: tuple(getattr(one, key) for key in form.order)))
