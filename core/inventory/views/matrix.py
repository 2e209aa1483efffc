"""Source by month, with holes visible: what is missing is shown and never filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core.inventory.by import spread, spread_days
from core.inventory.compile import Inventory
from core.inventory.period import Period, months_of, portion_of
from core.inventory.totals import LOCATION, ZERO
from core.inventory.views.rows import kind_of
from core.library import EXACT
from core.methods import Line, Portion, exact_sum

OCCASIONAL = frozenset({"refrigerant", "extinguishing_agent", "switchgear_gas", "process_gas"})
"""Kinds of items that are topped up when needed: a month without is no hole."""
REGULAR = 2
"""Deliveries in so many months make a series of which every month is expected."""
FULL, PART, HOLE, NONE, OUTSIDE = "full", "part", "hole", "none", "outside"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """One source in one month."""

    month: Period
    """The whole calendar month."""
    expected: int
    """Days of the month inside the audited period."""
    covered: int
    """Days of them that records cover."""
    tonnes: Decimal
    """[t CO2e]"""
    quantity: Decimal
    """In the unit of the row."""
    estimated: bool
    """At least one of its records is an estimate."""
    excluded: bool
    """At least one of its records has no factor, so the tonnes are incomplete."""
    state: str
    """``full``, ``part``, ``hole``, ``none`` (nothing happened, and nothing had to) or ``outside`` the period."""

    @property
    def missing(self) -> int:
        """Days without a record; 0 where none is expected. [d]"""
        return self.expected - self.covered if self.state in (PART, HOLE) else 0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One series: one thing at one source."""

    source: str
    method: str
    item: str
    category: int
    """Of scope 3; 0 for the other scopes."""
    unit: str
    """Of the quantities; that of the first record."""
    cells: tuple[Cell, ...]
    events: bool
    """Its records are of single days (deliveries): each stands for its month."""
    occasional: bool
    """Of a kind that is topped up when needed."""

    @property
    def tonnes(self) -> Decimal:
        """[t CO2e]"""
        return exact_sum(c.tonnes for c in self.cells)

    @property
    def quantity(self) -> Decimal:
        return exact_sum(c.quantity for c in self.cells)

    @property
    def holes(self) -> tuple[Cell, ...]:
        """Months without any record."""
        return tuple(c for c in self.cells if c.state == HOLE)

    @property
    def missing(self) -> int:
        """Days without a record. [d]"""
        return sum(c.missing for c in self.cells)

    @property
    def months_covered(self) -> int:
        """Months with at least one record."""
        return sum(c.state in (FULL, PART) for c in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All series of some scopes."""

    months: tuple[Period, ...]
    rows: tuple[MatrixRow, ...]
    """Most tonnes first."""

    @property
    def by_month(self) -> tuple[Decimal, ...]:
        """Tonnes of each month. [t CO2e]"""
        return tuple(exact_sum(row.cells[i].tonnes for row in self.rows) for i in range(len(self.months)))

    @property
    def tonnes(self) -> Decimal:
        """The total of the scopes. [t CO2e]"""
        return exact_sum(row.tonnes for row in self.rows)

    @property
    def holes(self) -> int:
        """Months without any record, over all rows."""
        return sum(len(row.holes) for row in self.rows)


@dataclass(slots=True)
class _Series:
    portions: dict[str, Portion] = field(default_factory=dict)
    """By id of the record, as it lies in the period: two lines of one record count its quantity once."""
    lines: list[Line] = field(default_factory=list)
    excluded: list[Portion] = field(default_factory=list)


def matrix(inventory: Inventory, scopes: Sequence[str] = LOCATION) -> Matrix:
    """Tonnes and quantity of each series in each month, with the days that no record covers.

    Parameters
    ----------
    inventory
        of any period.
    scopes
        whose lines are shown.

    Returns
    -------
    Matrix
        whose tonnes are the total of these scopes, to the last digit.

    Notes
    -----
    Bills that cross the end of a month are split by day (GHG Protocol Corporate Standard, ch. 7). A record of zero
    covers its days: somebody looked. A series is one item by one method at one source; its unit is that of its first
    record, and records of another dimension make a series of their own.
    """
    period = inventory.choices.period
    months = months_of(period)
    whole = {a.id: p for a in inventory.activities if (p := portion_of(a, period)) is not None}
    filed: dict[tuple[str, str, str, int, str], _Series] = {}
    for line in inventory.lines:
        if line.scope in scopes:
            series = filed.setdefault(_key(inventory, line.portion, line.category), _Series())
            series.lines.append(line)
            series.portions[line.activity.id] = whole.get(line.activity.id, line.portion)
    for one in inventory.excluded:
        keys = [key for key in filed if key[:3] == _key(inventory, one.portion, 0)[:3]]
        for key in keys or [_key(inventory, one.portion, one.portion.activity.category)]:
            filed.setdefault(key, _Series()).excluded.append(one.portion)
    expected = [0 if (inside := month.overlap(period)) is None else inside.days for month in months]
    rows = [_row(inventory, key, series, months, expected) for key, series in filed.items()]
    return Matrix(months, tuple(sorted(rows, key=lambda r: (-r.tonnes, r.source, r.item, r.method, r.category))))


def _key(inventory: Inventory, portion: Portion, category: int) -> tuple[str, str, str, int, str]:
    a = portion.activity
    unit = inventory.library.units.find(a.unit)
    return a.source, a.method, a.item, category, a.unit if unit is None else unit.dimension


def _row(
    inventory: Inventory,
    key: tuple[str, str, str, int, str],
    series: _Series,
    months: tuple[Period, ...],
    expected_days: Sequence[int],
) -> MatrixRow:
    source, method, item, category, _ = key
    counted = list(series.portions.values())
    everything = [*counted, *series.excluded]
    unit = min(counted or everything, key=lambda p: (p.start, p.activity.id)).activity.unit
    tonnes, quantity = [ZERO] * len(months), [ZERO] * len(months)
    for line in series.lines:
        _add(tonnes, spread(line, months))
    for portion in counted:
        amount = inventory.library.units.convert(portion.quantity, portion.activity.unit, unit)
        _add(quantity, spread_days(amount, Period(portion.start, portion.end), months))
    events = all(p.start == p.end for p in everything)
    occasional = kind_of(inventory, item) in OCCASIONAL or (events and len(_touched(everything, months)) < REGULAR)
    days = _coverage(everything, months, expected_days, events)
    estimated = _touched((p for p in everything if p.activity.estimated), months)
    excluded = _touched(series.excluded, months)
    cells = tuple(
        Cell(month, expected, covered, tonnes[i], quantity[i], i in estimated, i in excluded,
             _state(expected, covered, occasional))
        for i, (month, (expected, covered)) in enumerate(zip(months, days, strict=True))
    )  # fmt: skip
    return MatrixRow(source, method, item, category, unit, cells, events, occasional)


def _coverage(
    portions: Iterable[Portion], months: tuple[Period, ...], expected: Sequence[int], events: bool
) -> list[tuple[int, int]]:
    """Days of each month inside the period, and days of them that records cover."""
    spans = _merged(portions, months if events else ())
    return [(days, min(_days(month, spans), days)) for month, days in zip(months, expected, strict=True)]


def _touched(portions: Iterable[Portion], months: tuple[Period, ...]) -> set[int]:
    """Places of the months that records touch."""
    first = months[0].start.year * 12 + months[0].start.month
    found: set[int] = set()
    for p in portions:
        begin, end = (day.year * 12 + day.month - first for day in (p.start, p.end))
        found.update(range(max(begin, 0), min(end, len(months) - 1) + 1))
    return found


def _state(expected: int, covered: int, occasional: bool) -> str:
    if not expected:
        return OUTSIDE
    if occasional:
        return FULL if covered else NONE
    if covered >= expected:
        return FULL
    return PART if covered else HOLE


def _add(sums: list[Decimal], more: Iterable[Decimal]) -> None:
    for i, value in enumerate(more):
        if value:
            sums[i] = EXACT.add(sums[i], value)


def _merged(portions: Iterable[Portion], whole_months: tuple[Period, ...]) -> list[Period]:
    """Days covered as spans that do not overlap; deliveries stand for their month."""
    spans: list[tuple[date, date]] = sorted((p.start, p.end) for p in portions if p.start <= p.end)
    if whole_months:
        spans = sorted({(m.start, m.end) for m in whole_months for s, _ in spans if m.start <= s <= m.end})
    merged: list[Period] = []
    for start, end in spans:
        if merged and start <= merged[-1].end + ONE_DAY:
            merged[-1] = Period(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Period(start, end))
    return merged


def _days(month: Period, spans: Iterable[Period]) -> int:
    start, end = month.start, month.end
    return sum([max((min(end, span.end) - max(start, span.start)).days + 1, 0) for span in spans])
