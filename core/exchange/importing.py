"""From a file to one undoable change: first what each row becomes and why others cannot, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path, PurePath
from typing import TypeVar

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, parse_boolean, parse_text, plain_text
from core.exchange.columns import Mapping, letter, map_columns
from core.exchange.dates import parse_span
from core.exchange.extras import PREFIX, Pairs, ordered, parse_category, parse_parameter, parse_parameters
from core.exchange.ids import next_ids
from core.exchange.meaning import Meaning, Unclear
from core.exchange.numbers import decimal_sign, parse_number
from core.exchange.outcome import Mapped, Preview, Ready, Refusal, Remark
from core.exchange.read import Table, load, read_table
from core.i18n import T, Text, verbatim
from core.inventory.collecting import without_collection
from core.ledger import Activity, Change, Evidence, Ledger, Step
from core.library import Library
from core.methods import Method, all_methods, check_extras

LONGEST_SPAN = 366
"""Days of a bill; longer ones are imported with a remark."""
MOST_REFUSALS = 10_000
"""After so many wrong cells it is the wrong file."""
Value = TypeVar("Value")
Span = tuple[date, date]
Content = tuple[str, str, str, date, date, Decimal, str, bool, str, str, int, Pairs]
"""The fields of an activity after its id."""
_content: Callable[[Activity], Content] = attrgetter(*(f.name for f in fields(Activity) if f.name != "id"))


@without_collection()
def preview(source: Path | bytes, ledger: Ledger, library: Library, name: str = "") -> Preview:
    """What an xlsx or csv file would add to a plant.

    Parameters
    ----------
    source
        the file or its bytes.
    ledger
        the plant now; what it already holds is not added twice.
    library
        items and units.
    name
        file name as received, kept with the import; empty: the name of the path.

    Raises
    ------
    UserError
        when the file as a whole cannot be read: damaged, too large, or without the required headings.
    """
    data = load(source)
    table = read_table(data)
    mapping = map_columns(table.rows, table.first_column)
    digest = hashlib.sha256(data).hexdigest()
    already = _earlier(ledger, digest)
    reader = _Reader(table, mapping, Meaning(library))
    ids = iter(next_ids(ledger, len(table.rows)))
    found = reader.rows(() if already else ledger.activities)
    return Preview(
        name=_file_name(name or (source.name if isinstance(source, Path) else "")),
        sheet=table.sheet,
        columns=tuple(
            Mapped(key, mapping.headings[key], letter(table.first_column + place))
            for key, place in mapping.positions.items()
        ),
        unknown=mapping.unknown,
        ready=tuple(Ready(row, Activity(next(ids), *content)) for row, content in found),
        refused=tuple(reader.refused),
        remarks=tuple(reader.remarks),
        already=already,
        sha256=digest,
        media_type=table.media_type,
        data=data,
    )


def change_of(seen: Preview, ledger: Ledger, who: str, when: datetime) -> Change:
    """The one change that imports a file: a step for every row and one for the record of the file itself.

    Parameters
    ----------
    seen
        the file as it was previewed; the caller keeps ``seen.data`` as a blob.
    ledger
        the plant now: the ids continue it, even if it grew since the preview.
    who, when
        author and time of the change.

    Raises
    ------
    UserError
        when any row was refused, none is there, or the file was imported before.
    """
    _check(seen, ledger)
    ids = next_ids(ledger, len(seen.ready))
    rows = [_named(ready.activity, key) for key, ready in zip(ids, seen.ready, strict=True)]
    evidence = Evidence(
        id=next_ids(ledger, 1, "evidence")[0],
        name=seen.name,
        kind="import",
        sha256=seen.sha256,
        size=len(seen.data),
        media_type=seen.media_type,
        activities=ids,
    )
    steps = (*(Step("activity", row.id, None, row) for row in rows), Step("evidence", evidence.id, None, evidence))
    why = T("Import of {count} rows from “{name}”", count=len(rows), name=verbatim(seen.name))
    return Change(who, when, why, steps)


def _named(activity: Activity, key: str) -> Activity:
    return activity if activity.id == key else replace(activity, id=key)


def _check(seen: Preview, ledger: Ledger) -> None:
    name = verbatim(seen.name)
    already = _earlier(ledger, seen.sha256)
    if already is not None:
        raise UserError(
            T("“{name}” was already imported, as “{earlier}”.", name=name, earlier=verbatim(already.name)),
            T("Nothing needs to be done. To import it again, undo the earlier import first."),
        )
    if seen.refused:
        raise UserError(
            T(
                "“{name}” was not imported: {count} rows are refused. {first}",
                name=name,
                count=seen.refused_rows,
                first=seen.refused[0].message,
            ),
            T("Correct the rows in the file and import it again; nothing was changed."),
        )
    if not seen.ready:
        raise UserError(T("“{name}” holds no rows of activity data.", name=name), T("Fill in rows below the headings."))


def _earlier(ledger: Ledger, digest: str) -> Evidence | None:
    return next((e for e in ledger.evidence if e.kind == "import" and e.sha256 == digest), None)


def _file_name(name: str) -> str:
    """The name alone, whatever the system it comes from."""
    return PurePath(name.replace("\\", "/")).name[:255] or "import"


@dataclass
class _Reader:
    """Reads the rows below the headings and collects what is wrong with them."""

    table: Table
    mapping: Mapping
    meaning: Meaning
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _spans: dict[Cell, Span | UserError] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)
    _sign: str = "."
    _row: int = 0
    _failed: bool = False

    def rows(self, known: Sequence[Activity]) -> list[tuple[int, Content]]:
        """The rows that can be imported; ``known`` is what the plant already holds."""
        below = [(number, cells) for number, cells in self.table.rows if number > self.mapping.row]
        place = self.mapping.positions["quantity"]
        self._sign = decimal_sign((cells[place] for _, cells in below), semicolons=self.table.separator == ";")
        held = {_content(activity): activity.id for activity in known}
        seen: dict[Content, int] = {}
        found: list[tuple[int, Content]] = []
        for number, cells in below:
            self._row, self._failed = number, False
            content = self._contents(cells)
            if content is not None and self._is_new(content, held, seen):
                found.append((number, content))
        return found

    def _is_new(self, content: Content, held: dict[Content, str], seen: dict[Content, int]) -> bool:
        if content in seen:
            message = T("The row is the same as row {other}.", other=seen[content])
        elif content in held:
            message = T("The plant already holds this row as {id}.", id=held[content])
        else:
            seen[content] = self._row
            return True
        remedy = T("Delete one of them, or tell them apart by evidence or note.")
        self._refuse("", UserError(message, remedy))
        return False

    def _contents(self, cells: list[Cell]) -> Content | None:
        """What one row says; every cell is looked at, so that all reasons are named at once."""
        source = self._required("source", cells, self._text)
        item = self._required("item", cells, self._text)
        unit = self._required("unit", cells, self._text)
        quantity = self._required("quantity", cells, self._number)
        method = self._optional("method", cells, self._text, "")
        estimated = self._optional("estimated", cells, parse_boolean, False)
        evidence = self._optional("evidence", cells, self._text, "")
        note = self._optional("note", cells, self._text, "")
        span = self._span(cells)
        category = self._optional("category", cells, parse_category, 0)
        meant = self._meant(method, item, unit)
        extras = self._extras(cells, meant[0], category) if meant else ()
        if self._failed or meant is None or span is None or source is None or quantity is None:
            return None
        self._look_at(span, quantity)
        return source, *meant[:2], *span, quantity, meant[2], estimated, evidence, note, category, extras

    def _meant(self, method: str, item: str | None, unit: str | None) -> tuple[str, str, str] | None:
        """Keys of method, item and unit."""
        if item is None:
            return None
        try:
            rule, thing = self.meaning.subject(method, item)
            return None if unit is None else (rule.key, thing.key, self.meaning.unit(unit, rule, thing.kind).key)
        except Unclear as problem:
            self._refuse(problem.column, problem)
            return None

    def _extras(self, cells: list[Cell], method: str, category: int) -> Pairs:
        """Parameters of the one column for all and of the columns of their own; the category must be the method's."""
        none: Pairs = ()
        if not (category or self._own or "parameters" in self.mapping.positions):
            return none
        rule = all_methods()[method]
        pairs = list(self._optional("parameters", cells, lambda cell: parse_parameters(plain_text(cell), rule), none))
        for key in self._own:
            found = self._optional(key, cells, partial(_parameter, key, rule), None)
            pairs += [] if found is None else [found]
        try:
            check_extras(rule, category, ())
        except UserError as problem:
            self._refuse("category", problem)
        try:
            return ordered(pairs)
        except UserError as problem:
            self._refuse("parameters", problem)
            return none

    @cached_property
    def _own(self) -> tuple[str, ...]:
        """Parameters with a column of their own."""
        return tuple(key for key in self.mapping.positions if key.startswith(PREFIX))

    def _span(self, cells: list[Cell]) -> Span | None:
        first = self._required("start", cells, self._days)
        unread = len(self.refused)
        last = self._optional("end", cells, self._days, None)
        if first is None or len(self.refused) > unread:
            return None
        if last is None:
            if first[0] == first[1]:
                self._refuse("end", _empty())
            return first
        if last[1] < first[0]:
            self._refuse(
                "end",
                UserError(
                    T("The end, {end}, lies before the start, {start}.", end=last[1], start=first[0]),
                    T("Correct one of the two."),
                ),
            )
        return first[0], last[1]

    def _days(self, cell: Cell) -> Span:
        """As :func:`parse_span`, remembered: a year of bills has few days."""
        known = self._spans.get(cell)
        if known is None:
            try:
                known = parse_span(cell, epoch=self.table.epoch)
            except UserError as problem:
                known = problem
            self._spans[cell] = known
        if isinstance(known, UserError):
            raise known.with_traceback(None)
        return known

    def _text(self, cell: Cell) -> str:
        """As :func:`parse_text`, remembered: a year of bills has few words."""
        if not isinstance(cell, str):
            return parse_text(cell)
        known = self._words.get(cell)
        if known is None:
            known = self._words[cell] = parse_text(cell)
        return known

    def _number(self, cell: Cell) -> Decimal:
        return parse_number(cell, self._sign)

    def _look_at(self, span: Span, quantity: Decimal) -> None:
        days = (span[1] - span[0]).days + 1
        if days > LONGEST_SPAN:
            self._remark(
                "end",
                UserError(
                    T("The row covers {days} days.", days=days), T("Check both dates; enter one row for each bill.")
                ),
            )
        if quantity < 0:
            self._remark(
                "quantity",
                UserError(T("The quantity is negative."), T("Leave it only if it is a credit; say so in the note.")),
            )

    def _required(self, key: str, cells: list[Cell], parse: Callable[[Cell], Value]) -> Value | None:
        cell = cells[self.mapping.positions[key]]
        if cell is None or is_blank(cell):
            self._refuse(key, _empty())
            return None
        return self._parsed(key, cell, parse)

    def _optional(self, key: str, cells: list[Cell], parse: Callable[[Cell], Value], default: Value) -> Value:
        place = self.mapping.positions.get(key)
        cell = None if place is None else cells[place]
        if cell is None or is_blank(cell):
            return default
        parsed = self._parsed(key, cell, parse)
        return default if parsed is None else parsed

    def _parsed(self, key: str, cell: Cell, parse: Callable[[Cell], Value]) -> Value | None:
        try:
            return parse(cell)
        except UserError as problem:
            self._refuse(key, problem)
            return None

    def _refuse(self, key: str, problem: UserError) -> None:
        self._failed = True
        if len(self.refused) == MOST_REFUSALS:
            raise UserError(
                T(
                    "More than {most} cells cannot be imported. {first}",
                    most=f"{MOST_REFUSALS:,}",
                    first=self.refused[0].message,
                ),
                T("Compare the columns of the file with the template."),
            )
        self.refused.append(Refusal(self._row, key, problem.message, problem.remedy or _correct()))

    def _remark(self, key: str, problem: UserError) -> None:
        self.remarks.append(Remark(self._row, key, problem.message, problem.remedy or _correct()))


def _parameter(key: str, method: Method, cell: Cell) -> tuple[str, str]:
    return parse_parameter(key.removeprefix(PREFIX), cell, method)


def _empty() -> UserError:
    return UserError(T("The cell is empty."), T("Fill it in, or delete the row."))


def _correct() -> Text:
    return T("Correct the cell.")
