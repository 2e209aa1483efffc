"""From one inventory of a plant to another: how many tonnes are due to what.

The two may be two years, two versions of one year, or one year under two policies or GWP sets. Inventories of the same
period are matched record by record; those of different periods, whose records have other names, by series: source,
method and item, with the totals of the whole period. See ``docs/method.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from core.i18n import T
from core.inventory.compile import Inventory
from core.inventory.period import portion_of
from core.inventory.split import Side, side_of, split
from core.inventory.totals import LOCATION
from core.ledger import Activity
from core.library import EXACT
from core.library.units import scale
from core.methods import SCOPES, Line, exact_sum, plain

CAUSES = ("activity", "factor", "gwp", "method", "boundary", "error")
"""In the order of every table and chart."""
TITLES = {
    "activity": T("Activity data"),
    "factor": T("Factors"),
    "gwp": T("GWP set"),
    "method": T("Method"),
    "boundary": T("Boundary"),
    "error": T("Corrected errors"),
}
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """Tonnes that one cause adds to or takes from one series or record."""

    scope: str
    category: int
    """Of scope 3; 0 for the other scopes."""
    source: str
    method: str
    item: str
    """Both empty where records are compared: either may be what was corrected."""
    record: str
    """Id of the record; empty where series of two periods are compared."""
    cause: str
    """One of ``CAUSES``."""
    tonnes: Decimal
    """More is positive. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The difference of two inventories. Its parts add up to it to the last digit, in each scope and source too."""

    before: dict[str, Decimal]
    """Each scope, memos included. [t CO2e]"""
    after: dict[str, Decimal]
    parts: tuple[Part, ...]
    """Those that are not zero, by scope, category, source, method, item, record and cause."""

    @property
    def empty(self) -> bool:
        """No tonne differs anywhere."""
        return not self.parts

    def start(self, scopes: Iterable[str] = LOCATION) -> Decimal:
        """Total before, of these scopes. [t CO2e]"""
        return exact_sum(self.before[scope] for scope in scopes)

    def end(self, scopes: Iterable[str] = LOCATION) -> Decimal:
        """Total after, of these scopes. [t CO2e]"""
        return exact_sum(self.after[scope] for scope in scopes)

    def change(self, scopes: Iterable[str] = LOCATION) -> Decimal:
        """After without before. [t CO2e]"""
        return EXACT.subtract(self.end(wanted := tuple(scopes)), self.start(wanted))

    def causes(self, scopes: Iterable[str] = LOCATION) -> dict[str, Decimal]:
        """Tonnes of each cause, in these scopes."""
        return _by_cause(self._of(scopes))

    def by_scope(self) -> dict[str, dict[str, Decimal]]:
        """Tonnes of each cause in each scope, memos included."""
        return {scope: self.causes((scope,)) for scope in SCOPES}

    def by_source(self, scopes: Iterable[str] = LOCATION) -> dict[str, dict[str, Decimal]]:
        """Tonnes of each cause of each source that differs, in the order of names."""
        filed: dict[str, list[Part]] = {}
        for part in self._of(scopes):
            filed.setdefault(part.source, []).append(part)
        return {source: _by_cause(filed[source]) for source in sorted(filed)}

    def _of(self, scopes: Iterable[str]) -> list[Part]:
        wanted = frozenset(scopes)
        return [part for part in self.parts if part.scope in wanted]


def _by_cause(parts: Iterable[Part]) -> dict[str, Decimal]:
    sums = dict.fromkeys(CAUSES, ZERO)
    for part in parts:
        sums[part.cause] = EXACT.add(sums[part.cause], part.tonnes)
    return sums


@dataclass(frozen=True, slots=True)
class _Key:
    """What is compared with what."""

    scope: str
    category: int
    source: str
    method: str
    item: str
    record: str


@dataclass(slots=True)
class _Sheet:
    """One inventory, filed for comparison."""

    lines: dict[_Key, list[Line]] = field(default_factory=dict)
    records: dict[str, Activity] = field(default_factory=dict)
    series: set[tuple[str, str, str]] = field(default_factory=set)
    """Source, method and item."""
    excluded: set[str] = field(default_factory=set)
    """Records without lines, or series with some: ids, or source, method and item."""


def difference(before: Inventory, after: Inventory) -> Waterfall:
    """Take the difference of two inventories of one plant apart.

    Parameters
    ----------
    before, after
        of the same period: matched by record; of different ones: by series.

    Returns
    -------
    Waterfall
        exact: ``sum(causes) = after - before``; ``difference(b, a)`` is its negative.

    Notes
    -----
    Where both sides have lines: Shapley values of quantity, factor and potential, see :func:`core.inventory.split`.
    Where one side has none, its whole tonnes are one part. GHG Protocol Corporate Standard, ch. 5, tells changes of
    method, boundary and errors from organic growth.
    """
    by_record = before.choices.period == after.choices.period
    with localcontext(EXACT):
        old, new = (_filed(one, by_record) for one in (before, after))
        causes = _between_records if by_record else _between_series
        parts = [
            Part(key.scope, key.category, key.source, key.method, key.item, key.record, cause, tonnes)
            for key in {**old.lines, **new.lines}
            for cause, tonnes in causes(key, (before, old), (after, new)).items()
            if tonnes
        ]
    parts.sort(key=lambda p: (SCOPES.index(p.scope), *(p.category, p.source, p.method, p.item, p.record, p.cause)))
    return Waterfall(dict(before.totals.scopes), dict(after.totals.scopes), tuple(parts))


_View = tuple[Inventory, _Sheet]


def _filed(inventory: Inventory, by_record: bool) -> _Sheet:
    sheet = _Sheet(records={a.id: a for a in inventory.activities})
    sheet.series = {(a.source, a.method, a.item) for a in inventory.activities}
    for line in inventory.lines:
        a = line.activity
        own = ("", "", a.id) if by_record else (a.method, a.item, "")
        sheet.lines.setdefault(_Key(line.scope, line.category, a.source, *own), []).append(line)
    for gap in inventory.excluded:
        a = gap.portion.activity
        sheet.excluded.add(a.id if by_record else "\0".join((a.source, a.method, a.item)))
    return sheet


def _between_series(key: _Key, before: _View, after: _View) -> dict[str, Decimal]:
    """Two periods: more or less was used, or it emits more or less."""
    old, new = (_side(sheet.lines.get(key, []), inventory) for inventory, sheet in (before, after))
    total = EXACT.subtract(new.tonnes, old.tonnes)
    lacking = after[1] if key not in after[1].lines else before[1] if key not in before[1].lines else None
    if lacking is not None:
        return {_why_no_series(key, lacking): total}
    if old.dimension != new.dimension or "+" in old.dimension:
        return {"method": total}
    parts = split(old, new)
    intensity = "activity" if old.factors == new.factors else "factor"
    return _sums(("activity", parts.quantity), (intensity, parts.intensity), ("gwp", parts.potential))


def _why_no_series(key: _Key, lacking: _Sheet) -> str:
    """Why one of two periods has no such line."""
    if (key.source, key.method, key.item) in lacking.series:
        excluded = "\0".join((key.source, key.method, key.item)) in lacking.excluded
        return "factor" if excluded else "method"
    if any((source, item) == (key.source, key.item) for source, _, item in lacking.series):
        return "method"
    return "activity" if any(source == key.source for source, _, _ in lacking.series) else "boundary"


def _between_records(key: _Key, before: _View, after: _View) -> dict[str, Decimal]:
    """One period, twice: the record was corrected, or the calculation is another one."""
    old, new = (_side(sheet.lines.get(key, []), inventory) for inventory, sheet in (before, after))
    total = EXACT.subtract(new.tonnes, old.tonnes)
    was, now = before[1].records.get(key.record), after[1].records.get(key.record)
    if was is None or now is None:
        return {"boundary" if was is not now else "method": total}
    if was.method != now.method:
        return {"method": total}
    if key not in before[1].lines or key not in after[1].lines:
        if _asked(was) != _asked(now):
            return {"error": total}
        return {"factor" if key.record in before[1].excluded | after[1].excluded else "method": total}
    if was.item != now.item or old.dimension != new.dimension:
        return {"error": total}
    parts = split(old, new)
    if _asked(was)[1:] != _asked(now)[1:]:
        intensity = "error"
    elif old.factors != new.factors:
        intensity = "factor"
    else:  # beside another quantity the same factors leave nothing but rounding
        intensity = "method" if old.quantity == new.quantity else "error"
    return _sums(("error", parts.quantity), (intensity, parts.intensity), ("gwp", parts.potential))


def _asked(record: Activity) -> tuple[object, ...]:
    """What a record says that decides its lines, the quantity first."""
    return (
        (record.quantity, record.unit),
        record.source,
        record.item,
        record.start,
        record.end,
        record.category,
        record.parameters,
    )


def _sums(*parts: tuple[str, Decimal]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for cause, tonnes in parts:
        sums[cause] = EXACT.add(sums.get(cause, ZERO), tonnes)
    return sums


def _side(lines: list[Line], inventory: Inventory) -> Side:
    """The lines of one key; a record with several lines brings its quantity once."""
    quantity, dimensions = ZERO, set()
    for activity in {line.activity.id: line.activity for line in lines}.values():
        unit = inventory.library.units.find(activity.unit)
        portion = portion_of(activity, inventory.choices.period)
        if unit is None or portion is None:
            dimensions.add("?")
            continue
        dimensions.add(unit.dimension)
        quantity = EXACT.add(quantity, scale(portion.quantity, unit.to_base))
    return side_of(lines, quantity, "+".join(sorted(dimensions)))


def waterfall_to_plain(waterfall: Waterfall) -> dict[str, object]:
    """JSON-ready; decimals as strings without exponent, scopes in both ways of counting electricity."""
    return {
        "before_tco2e": {scope: plain(value) for scope, value in waterfall.before.items()},
        "after_tco2e": {scope: plain(value) for scope, value in waterfall.after.items()},
        "change_tco2e": plain(waterfall.change()),
        "causes_tco2e": _plain_causes(waterfall.causes()),
        "by_scope_tco2e": {scope: _plain_causes(sums) for scope, sums in waterfall.by_scope().items()},
        "by_source_tco2e": {source: _plain_causes(sums) for source, sums in waterfall.by_source().items()},
        "parts": [
            {
                "scope": p.scope,
                "category": p.category,
                "source": p.source,
                "method": p.method,
                "item": p.item,
                "record": p.record,
                "cause": p.cause,
                "tco2e": plain(p.tonnes),
            }
            for p in waterfall.parts
        ],
    }


def _plain_causes(sums: dict[str, Decimal]) -> dict[str, str]:
    return {cause: plain(tonnes) for cause, tonnes in sums.items()}
