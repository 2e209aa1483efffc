"""A registry's export by its layout: rows as records, and each cell that cannot be read with reason and remedy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, Generic, TypeVar

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, narrow, plain_text
from core.exchange.dates import BUILT, FIRST_YEAR, OLDEST_YEAR
from core.exchange.instruments import cells as parse
from core.exchange.instruments.layouts._types import Layout, NotNeeded
from core.exchange.numbers import decimal_sign, parse_number
from core.exchange.read import Table, load, most_frequent_separator, read_table
from core.exchange.tables import MOST_REFUSED, SEARCHED, Field, Refused
from core.i18n import T, Text, verbatim
from core.instruments import Serials
from core.library.units import normal

R = TypeVar("R")
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]?")
_LIKE = 3
"""Headings in common with a layout from which on a file is said to look like it."""
_UNIT = "unit"


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Row(Generic[R]):
    """One row that was understood."""

    number: int
    """As a spreadsheet program shows it."""
    record: R
    """Without id, serial numbers and quantity."""
    numbers: tuple[Serials, ...]
    quantity: Decimal


@dataclass(frozen=True)
class Read(Generic[R]):
    """A file as its layout says it."""

    name: str
    layout: Layout[R]
    rows: tuple[Row[R], ...]
    refused: tuple[Refused, ...]
    passed: tuple[Refused, ...]
    """Rows that speak of something else."""
    ignored: tuple[str, ...]
    sha256: str
    media_type: str
    data: bytes = field(repr=False)


def read_export(source: Path | bytes, layouts: Mapping[str, Layout[R]], name: str = "") -> Read[R]:
    """The rows of an export.

    Parameters
    ----------
    source
        the file or its bytes, csv or xlsx.
    layouts
        that may be meant; the last one is the own table, whose headings are named when none is.
    name
        file name as received; empty: that of the path.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, is too large, or has the headings of no layout.
    """
    data = load(source)
    table = read_table(data, guess=most_frequent_separator)
    layout, at, places = _recognised(table, layouts)
    reader = _Reader(table, layout, at, places)
    reader.read()
    received = name or (source.name if isinstance(source, Path) else "")
    heads = [plain_text(cell).strip() for cell in table.rows[at][1]]
    return Read(
        PurePath(received.replace("\\", "/")).name[:255] or "import",
        layout,
        tuple(reader.rows),
        tuple(reader.refused[:MOST_REFUSED]),
        tuple(reader.passed),
        tuple(head for place, head in enumerate(heads) if head and place not in places.values()),
        hashlib.sha256(data).hexdigest(),
        table.media_type,
        data,
    )


# ---------------------------------------------------------------------- headings


def _recognised(table: Table, layouts: Mapping[str, Layout[R]]) -> tuple[Layout[R], int, dict[str, int]]:
    """The layout with most headings among those whose marks are there; the own table only when no other has."""
    best: tuple[tuple[bool, int], Layout[R], int, dict[str, int]] | None = None
    nearest: tuple[int, Layout[R], dict[str, int]] | None = None
    *_, own = layouts.values()
    for layout in layouts.values():
        at, places = _headings(table, layout.fields)
        if all(any(key in places for key in group) for group in layout.marks) and not _lacking(layout, places):
            rank = (layout is not own, len(places))
            if best is None or rank > best[0]:
                best = rank, layout, at, places
        elif nearest is None or len(places) > nearest[0]:
            nearest = len(places), layout, places
    if best is not None:
        return best[1:]
    raise _unknown(layouts, own, nearest)


def _unknown(
    layouts: Mapping[str, Layout[R]], own: Layout[R], nearest: tuple[int, Layout[R], dict[str, int]] | None
) -> UserError:
    if nearest is not None and nearest[0] >= _LIKE:
        _, layout, places = nearest
        missing = [next(one.name for one in layout.fields if one.key == group[0])
                   for group in layout.marks if not any(key in places for key in group)]  # fmt: skip
        return UserError(
            T("The file looks like “{layout}”, but lacks columns: {columns}.",
              layout=layout.title, columns=[*missing, *_lacking(layout, places)]),
            T("Export it again with all columns, unchanged."),
        )  # fmt: skip
    return UserError(
        T("The headings of the file belong to no registry that is known."),
        T("Known are: {known}. Or give the columns these headings: {columns}.",
          known=[one.title for one in layouts.values()], columns=[one.name for one in own.fields]),
    )  # fmt: skip


def _lacking(layout: Layout[R], places: Mapping[str, int]) -> list[Any]:
    marked = {key for group in layout.marks for key in group}
    return [one.name for one in layout.fields if one.required and one.key not in places and one.key not in marked]


def _headings(table: Table, fields: Sequence[Field]) -> tuple[int, dict[str, int]]:
    """The row with most headings, and the place of each column in it."""
    names = {_plain(word): one.key for one in reversed(fields) for word in _spellings(one)}
    best: tuple[int, dict[str, int]] = (0, {})
    for place, (_, row) in enumerate(table.rows[:SEARCHED]):
        found: dict[str, int] = {}
        for position, cell in enumerate(row):
            if key := _heading(plain_text(cell), names):
                found.setdefault(key, position)
        if len(found) > len(best[1]):
            best = (place, found)
    return best


def _spellings(one: Field) -> tuple[str, ...]:
    return tuple(word for said in (one.name.en, one.name.zh, *one.aliases) for word in (said, _BRACKETS.sub("", said)))


def _heading(said: str, names: Mapping[str, str]) -> str:
    """A heading as a whole, without brackets and unit, or ``中文 / English``."""
    if not said or len(said) > 200:
        return ""
    text = narrow(said).replace("\n", "/")
    bare = _BRACKETS.sub("", text)
    for form in (text, bare):
        if key := names.get(_plain(form)):
            return key
    unit = parse.unit_of(text)
    if unit and (key := names.get(_plain(bare).removesuffix(unit))):
        return key
    found = {key for part in bare.split("/") if (key := names.get(_plain(part)))} if "/" in bare else set()
    return found.pop() if len(found) == 1 else ""


def _plain(text: str) -> str:
    return normal(text).strip("*:.,")


# ---------------------------------------------------------------------- rows


@dataclass
class _Reader(Generic[R]):
    """Reads the rows below the headings and collects what is wrong with them; thousands have few different cells."""

    table: Table
    layout: Layout[R]
    at: int
    places: Mapping[str, int]
    rows: list[Row[R]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    passed: list[Refused] = field(default_factory=list)
    _energies: list[tuple[Field, str]] = field(default_factory=list)
    """With the unit that their heading names."""
    _read: dict[str, Callable[[Cell], Any]] = field(default_factory=dict)
    _seen: dict[str, dict[tuple[type, Cell], Any]] = field(default_factory=dict)
    _made: dict[tuple[Cell, ...], R | UserError | NotNeeded] = field(default_factory=dict)

    def read(self) -> None:
        """All rows."""
        below = self.table.rows[self.at + 1 :]
        fields = [one for one in self.layout.fields if one.key in self.places]
        self._read = {one.key: self._parser(one, [cells[self.places[one.key]] for _, cells in below]) for one in fields}
        heads = self.table.rows[self.at][1]
        units = {one.key: parse.unit_of(plain_text(heads[self.places[one.key]])) for one in fields}
        self._energies = [(one, units[one.key]) for one in fields if one.form == "energy"]
        shared = [self.places[one.key] for one in fields if one.key not in self.layout.single]
        for number, cells in below:
            wrong = len(self.refused)
            said = self._values(number, cells, fields)
            if len(self.refused) == wrong:
                self._take(number, said, tuple(cells[place] for place in shared))

    def _take(self, number: int, said: dict[str, Any], shared: tuple[Cell, ...]) -> None:
        try:
            record = self._record(said, shared)
            quantity = self.layout.quantity(said)
            if quantity <= 0:
                raise UserError(T("The quantity is not above zero."), T("Correct it, or delete the row."))
            self.rows.append(Row(number, record, self.layout.numbers(said), quantity))
        except NotNeeded as reason:
            self.passed.append(Refused(number, None, reason.reason, T("Nothing needs to be done.")))
        except UserError as error:
            self.refused.append(Refused(number, None, error.message, error.remedy or _correct()))

    def _record(self, said: dict[str, Any], shared: tuple[Cell, ...]) -> R:
        made = self._made.get(shared)
        if made is None:
            try:
                made = _sound(self.layout.make(said))
            except (UserError, NotNeeded) as problem:
                made = problem
            self._made[shared] = made
        if isinstance(made, (UserError, NotNeeded)):
            raise made.with_traceback(None)
        return made

    def _values(self, number: int, cells: Sequence[Cell], fields: Sequence[Field]) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for one in fields:
            cell = cells[self.places[one.key]]
            if cell is None or is_blank(cell):
                if one.required:
                    self.refused.append(
                        Refused(number, one.name, T("The cell is empty."), T("Fill it in, or delete the row."))
                    )
                continue
            value = self._value(one.key, cell)
            if isinstance(value, UserError):
                self.refused.append(Refused(number, one.name, value.message, value.remedy or _correct()))
            else:
                said[one.key] = value
        self._in_unit(number, said)
        return said

    def _in_unit(self, number: int, said: dict[str, Any]) -> None:
        """Energies in MWh: by their heading, else by the column of units, else as the layout has it."""
        for one, written in self._energies:
            if one.key not in said:
                continue
            unit = written or normal(said.get(_UNIT, "") or self.layout.unit)
            if unit not in parse.UNITS:
                self.refused.append(Refused(number, one.name, *_no_unit(unit, one)))
            else:
                said[one.key] = parse.in_mwh(said[one.key], unit)

    def _value(self, key: str, cell: Cell) -> Any:
        """As the parser of the column says it, remembered; a UserError is a value here."""
        seen = self._seen.setdefault(key, {})
        known = (type(cell), cell)
        value = seen.get(known)
        if value is None:
            try:
                value = self._read[key](cell)
            except UserError as problem:
                value = problem
            seen[known] = value
        return value

    def _parser(self, one: Field, column: Sequence[Cell]) -> Callable[[Cell], Any]:
        epoch: date | None = self.table.epoch
        if one.form in ("number", "energy", "count"):
            sign = decimal_sign(column, semicolons=self.table.separator == ";")
            return (lambda cell: _whole(cell, sign)) if one.form == "count" else (lambda cell: parse_number(cell, sign))
        if one.form in ("moment", "span"):
            order = "day" if self.layout.day_first else parse.order_of(column)
            if one.form == "span":
                return lambda cell: parse.span(cell, order, epoch)
            since = OLDEST_YEAR if one.key == BUILT else FIRST_YEAR
            return lambda cell: parse.moment(cell, order, epoch, since)
        words = parse.serial if one.form == "serial" else parse.words
        return lambda cell: words(cell, one.longest)


def _whole(cell: Cell, sign: str) -> int:
    found = parse_number(cell, sign)
    if found != int(found):
        raise UserError(
            T("{number} is no whole number.", number=found), T("Certificates are counted in whole numbers.")
        )
    return int(found)


def _no_unit(unit: str, one: Field) -> tuple[Text, Text]:
    remedy = T("Write the unit into the heading, like {form}.", form="电量 [MWh], Quantity [kWh]")
    if unit:
        return T("The unit “{unit}” is not known here.", unit=verbatim(unit[:20])), remedy
    return T("The heading “{column}” does not say the unit.", column=one.name), remedy


def _sound(record: R) -> R:
    """Refuse days in the wrong order, whatever the layout."""
    start, end = getattr(record, "start", None), getattr(record, "end", None)
    if start is not None and end is not None and end < start:
        raise UserError(
            T("The end, {end}, lies before the start, {start}.", end=end, start=start), T("Correct one of the two.")
        )
    return record


def _correct() -> Text:
    return T("Correct the cell.")
