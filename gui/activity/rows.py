"""Activity data as rows of a grid: what a row shows, and how the text of a cell becomes a field.

A row may be unfinished while a person types it; it becomes an :class:`Activity` once nothing is missing. Words, numbers
and dates are understood as in an imported file, by the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.checks import all_rules, open_findings
from core.errors import UserError
from core.exchange.cells import parse_boolean, parse_text
from core.exchange.columns import BY_KEY
from core.exchange.dates import parse_date, parse_span
from core.exchange.extras import Pairs, parameters_shown, parameters_text, parse_category, parse_parameters
from core.exchange.meaning import FUEL, Meaning, Unclear, takes
from core.exchange.numbers import parse_number
from core.i18n import Localised, T, Text, show_date, show_number
from core.inventory.upstream import LOSSES, UPSTREAM
from core.inventory.views import LOCATION, MARKET
from core.ledger import Activity
from core.library import Library
from core.methods import Finding, Line, all_methods, check_extras, plain
from gui.language import _, language, say
from gui.tables.table import Column, Mark
from gui.wording import TONNES, item_name, method_name, said, tonnes, unit_name

REQUIRED = ("source", "method", "item", "start", "end", "quantity", "unit")
COLUMN_OF_FINDING = {
    "renewable_not_counted": "quantity",
    "allocated_beyond_use": "quantity",
    "ambiguous_energy": "unit",
}
"""Where findings of the calculation are marked; rules know it themselves, and the others stand at the item."""
LEVEL_OF = {"error": "bad", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class Row:
    """One record, or one that is being typed."""

    id: str
    source: str = ""
    method: str = ""
    item: str = ""
    start: date | None = None
    end: date | None = None
    quantity: Decimal | None = None
    unit: str = ""
    estimated: bool = False
    evidence: str = ""
    note: str = ""
    category: int = 0
    parameters: Pairs = ()
    location: Decimal | None = None
    """Emissions with scope 2 location-based. [t CO2e]"""
    market: Decimal | None = None
    """Emissions with scope 2 market-based. [t CO2e]"""

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the columns that must still be filled."""
        return tuple(key for key in REQUIRED if getattr(self, key) in ("", None))


def row_of(activity: Activity, sums: Mapping[str, tuple[Decimal, Decimal]]) -> Row:
    """How a record is shown."""
    a = activity
    location, market = sums.get(a.id, (None, None))
    return Row(
        a.id, a.source, a.method, a.item, a.start, a.end, a.quantity, a.unit, a.estimated, a.evidence, a.note,
        a.category, a.parameters, location, market,
    )  # fmt: skip


@dataclass(slots=True)
class Rows:
    """Makes rows of records and remembers them: after an edit only the edited record is new, and only it costs time."""

    _lines: dict[int, tuple[Line, Decimal]] = field(default_factory=dict)
    _rows: dict[int, tuple[Activity, Row]] = field(default_factory=dict)

    def of(self, activities: Iterable[Activity], lines: Iterable[Line]) -> list[Row]:
        """The rows of these records, in order of their ids."""
        sums = self._emissions(lines)
        before, self._rows = self._rows, {}
        rows = []
        for activity in sorted(activities, key=lambda one: one.id):
            known = before.get(id(activity))
            location, market = sums.get(activity.id, (None, None))
            if known is None or known[1].location != location or known[1].market != market:
                known = (activity, row_of(activity, sums))
            self._rows[id(activity)] = known
            rows.append(known[1])
        return rows

    def _emissions(self, lines: Iterable[Line]) -> dict[str, tuple[Decimal, Decimal]]:
        """Tonnes of each record, location- and market-based."""
        before, self._lines = self._lines, {}
        sums: dict[str, tuple[Decimal, Decimal]] = {}
        none = Decimal(0)
        for line in lines:
            known = before.get(id(line)) or (line, line.tco2e)
            self._lines[id(line)] = known
            location, market = sums.get(line.activity.id, (none, none))
            if line.scope in LOCATION:
                location += known[1]
            if line.scope in MARKET:
                market += known[1]
            sums[line.activity.id] = (location, market)
        return sums


def alike(activities: Iterable[Activity]) -> dict[str, Activity]:
    """The newest record of each source whose records are all of one kind, but for the rows that follow from them."""
    kinds: dict[str, set[tuple[str, str, int]]] = {}
    newest: dict[str, Activity] = {}
    for one in activities:
        if one.method in (UPSTREAM, LOSSES):
            continue
        kinds.setdefault(one.source, set()).add((one.method, one.item, one.category))
        held = newest.get(one.source)
        if held is None or held.end <= one.end:
            newest[one.source] = one
    return {source: one for source, one in newest.items() if len(kinds[source]) == 1}


def marks_of(findings: Iterable[Finding]) -> dict[str, dict[str, Mark]]:
    """Open problems by record and column; the gravest of a cell comes first in the list and wins."""
    marks: dict[str, dict[str, Mark]] = {}
    rules = all_rules()
    for finding in open_findings(findings):
        rule = rules.get(finding.rule)
        column = COLUMN_OF_FINDING.get(finding.rule, "item") if rule is None else rule.field
        mark = Mark(LEVEL_OF[finding.severity], said(finding.message, finding.remedy))  # type: ignore[arg-type]
        marks.setdefault(finding.subject, {}).setdefault(column, mark)
    return marks


class Reader:
    """Understands what is typed into cells."""

    def __init__(self, library: Library, known: Callable[[str], Activity | None] = lambda _source: None) -> None:
        """``known`` is a record that tells what a source burns or buys; None where it is new or several things."""
        self._library, self._known = library, known
        self._meaning = Meaning(library)

    def activity(self, row: Row) -> Activity:
        """The record a finished row means.

        Raises
        ------
        UserError
            when something is missing or does not fit together.
        """
        if row.missing:
            names = [COLUMN_TITLES[key] for key in row.missing]
            raise UserError(T("Still missing: {columns}.", columns=names), T("Fill in the row."))
        method, item = self._meaning.subject(row.method, row.item)
        unit = self._meaning.unit(row.unit, method, item.kind)
        assert row.start is not None and row.end is not None and row.quantity is not None
        if row.end < row.start:
            raise UserError(
                T("The end, {end}, lies before the start, {start}.", end=row.end, start=row.start),
                T("Correct one of the two."),
            )
        check_extras(method, row.category, row.parameters)
        return Activity(
            row.id, row.source, method.key, item.key, row.start, row.end, row.quantity, unit.key, row.estimated,
            row.evidence, row.note, row.category, row.parameters,
        )  # fmt: skip

    # ------------------------------------------------------------------ cells

    def source(self, row: Row, text: str) -> Row:
        """A row that only begins takes over what all records of this source have in common."""
        after = replace(row, source=parse_text(text))
        like = None if row.method or row.item or row.unit else self._known(after.source)
        if like is None:
            return after
        return replace(after, method=like.method, item=like.item, unit=like.unit, category=like.category)

    def method(self, row: Row, text: str) -> Row:
        """By key or title; whether it fits the item is seen when the row is finished. The usual unit follows."""
        wanted = text.strip()
        found = {m.key for m in all_methods().values() if wanted.casefold() in _names(m.key, m.title)}
        if wanted and not found:
            raise UserError(T("Unknown method “{method}”.", method=wanted), T("Choose one of the list."))
        after = replace(row, method=next(iter(found), ""))
        item = self._library.items.get(row.item)
        usual = self._library.units.find(item.unit) if item is not None else None
        if row.unit or item is None or usual is None or not after.method:
            return after
        return replace(after, unit=item.unit) if takes(all_methods()[after.method], usual, item.kind) else after

    def item(self, row: Row, text: str) -> Row:
        """By key, name or alias; the method follows where only one takes it, and the unit where none is given."""
        if not text.strip():
            return replace(row, item="")
        try:
            method, item = self._meaning.subject(row.method, text)
        except Unclear:
            try:
                method, item = self._meaning.subject("", text)
            except Unclear as problem:
                found = self._library.recognise(text)
                if problem.column != "method" or found is None:
                    raise
                return replace(row, item=found.key, method="")  # several methods take it: the person chooses
        unit = self._library.units.find(row.unit)
        fits = unit is not None and takes(method, unit, item.kind)
        return replace(row, item=item.key, method=method.key, unit=row.unit if fits else item.unit)

    def start(self, row: Row, text: str) -> Row:
        """A day; a month, quarter or year sets the end as well."""
        if not text.strip():
            return replace(row, start=None)
        first, last = parse_span(text)
        whole = first != last or row.end is None
        return replace(row, start=first, end=last if whole and first != last else row.end)

    def end(self, row: Row, text: str) -> Row:
        return replace(row, end=parse_date(text, end=True) if text.strip() else None)

    def quantity(self, row: Row, text: str) -> Row:
        return replace(row, quantity=parse_number(text) if text.strip() else None)

    def unit(self, row: Row, text: str) -> Row:
        """Of the units that the method takes."""
        if not text.strip():
            return replace(row, unit="")
        method = all_methods().get(row.method)
        unit = self._meaning.unit(text, method, self._kind(row)) if method else self._library.units.named(text)
        return replace(row, unit=unit.key)

    def estimated(self, row: Row, text: str) -> Row:
        return replace(row, estimated=parse_boolean(text))

    def evidence(self, row: Row, text: str) -> Row:
        return replace(row, evidence=parse_text(text))

    def note(self, row: Row, text: str) -> Row:
        return replace(row, note=parse_text(text))

    def category(self, row: Row, text: str) -> Row:
        """A number; the categories the method has follow it."""
        return replace(row, category=parse_category(text) if text.strip() else 0)

    def parameters(self, row: Row, text: str) -> Row:
        """Of the method, which must be known first."""
        if not text.strip():
            return replace(row, parameters=())
        method = all_methods().get(row.method)
        if method is None:
            raise UserError(T("The parameters belong to a method."), T("Choose the method first."))
        return replace(row, parameters=parse_parameters(text, method))

    # ------------------------------------------------------------------ choices

    def categories(self, row: Row) -> list[str]:
        """Those of the method."""
        method = all_methods().get(row.method)
        return [] if method is None else [str(one) for one in method.categories]

    def methods(self, _row: Row) -> list[str]:
        return [say(method.title) for method in all_methods().values()]

    def items(self, row: Row) -> list[str]:
        """Of the row's method, or of all."""
        method = all_methods().get(row.method)
        return [say(i.name) for i in self._library.items.values() if method is None or i.kind in method.kinds]

    def units(self, row: Row) -> list[str]:
        """Those the method takes."""
        method = all_methods().get(row.method)
        kind = self._kind(row)
        return [say(u.name) for u in self._library.units.all.values() if method is None or takes(method, u, kind)]

    def _kind(self, row: Row) -> str:
        item = self._library.items.get(row.item)
        return FUEL if item is None else item.kind


COLUMN_TITLES: dict[str, Localised] = {
    **{key: column.name for key, column in BY_KEY.items()},
    "location": T("Location-based"),
    "market": T("Market-based"),
}
"""As in an imported file."""


def columns(reader: Reader, library: Library, sources: Callable[[], Sequence[str]]) -> tuple[Column[Row], ...]:
    """The columns of the grid, in the language of the window."""
    titles = {key: say(title) for key, title in COLUMN_TITLES.items()}
    yes = _("yes")
    day = 14 if language() == "zh" else 10
    return (
        Column("source", titles["source"], lambda r: r.source, edit=reader.source,
               choices=lambda _r: sources(), width=14),
        Column("method", titles["method"], lambda r: method_name(r.method), edit=reader.method,
               choices=reader.methods, width=11),
        Column("item", titles["item"], lambda r: item_name(library, r.item), edit=reader.item, choices=reader.items,
               width=14),
        Column("start", titles["start"], lambda r: _day(r.start), sort=lambda r: r.start or date.max,
               edit=reader.start, width=day),
        Column("end", titles["end"], lambda r: _day(r.end), sort=lambda r: r.end or date.max, edit=reader.end,
               width=day),
        Column("quantity", titles["quantity"], lambda r: "" if r.quantity is None else show_number(r.quantity),
               align="right", sort=lambda r: r.quantity or Decimal(0), plain=lambda r: _plain(r.quantity),
               edit=reader.quantity, width=11),
        Column("unit", titles["unit"], lambda r: unit_name(library, r.unit), edit=reader.unit, choices=reader.units,
               width=7),
        Column("location", titles["location"], lambda r: _tonnes(r.location), unit=TONNES, align="right",
               sort=lambda r: r.location or Decimal(0), plain=lambda r: _plain(r.location), width=10),
        Column("market", titles["market"], lambda r: _tonnes(r.market), unit=TONNES, align="right",
               sort=lambda r: r.market or Decimal(0), plain=lambda r: _plain(r.market), width=10),
        Column("estimated", titles["estimated"], lambda r: yes if r.estimated else "", edit=reader.estimated,
               choices=lambda _r: (yes, _("no")), width=6),
        Column("evidence", titles["evidence"], lambda r: r.evidence, edit=reader.evidence, width=12),
        Column("note", titles["note"], lambda r: r.note, edit=reader.note, width=24),
        Column("parameters", titles["parameters"], _parameters, plain=lambda r: parameters_text(r.parameters),
               edit=reader.parameters, width=18),
        Column("category", titles["category"], lambda r: str(r.category or ""), align="right", edit=reader.category,
               choices=reader.categories, width=6),
    )  # fmt: skip


def _names(key: str, title: Text) -> set[str]:
    return {key, title.in_language("en").casefold(), title.in_language("zh")}


def _parameters(row: Row) -> str:
    return parameters_shown(row.parameters, all_methods().get(row.method), language())


def _day(value: date | None) -> str:
    return "" if value is None else show_date(value, language())


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _tonnes(value: Decimal | None) -> str:
    return "" if value is None else tonnes(value)
