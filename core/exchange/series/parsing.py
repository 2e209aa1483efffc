"""A whole file under a mapping: series in UTC for each meter and column, and every row that was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeAlias
from zoneinfo import ZoneInfo

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.read import load
from core.exchange.series.assemble import Assembled, Setting, assemble
from core.exchange.series.blocks import Reader
from core.exchange.series.calendar_days import Daily
from core.exchange.series.green_button import SHORTEST_DAY, Metered, days_of_readings, read_green_button
from core.exchange.series.headings import words_of
from core.exchange.series.looking import Look, look
from core.exchange.series.mapping import Mapping, Value, label_of
from core.exchange.series.plan import Plan, plan_of
from core.exchange.series.raw import Collector, Stretch
from core.exchange.series.refusals import Refusals, Refused
from core.exchange.series.rows import blocks_of
from core.exchange.series.stamps import DAY
from core.exchange.series.text import read_csv
from core.i18n import T, Text, verbatim
from core.series import Series

Progress: TypeAlias = Callable[[float, Text], None]
"""``progress(0.4, T("Reading rows"))``; it may raise to stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """What a file says of one meter."""

    name: str
    """By which the person knows it; no other column of the file has the same."""
    words: tuple[str, ...]
    """All that the file calls it: name of the meter, headings above it. One may be a serial number."""
    value: Value
    """What its values are, and in which unit."""
    label: str
    """``left``, ``right`` or ``instant``, as it was before; starts of ``series`` are beginnings of intervals already,
    of samples and states of counters their moments."""
    series: tuple[Series, ...]
    """In the unit of the file, rising and without overlap."""
    places: int
    """The most decimals that a value has."""
    days: tuple[Daily, ...] = ()
    """Values of whole days and months; then there are no series."""
    step: int = 0
    """The most frequent length of an interval. [s]"""
    values: int = 0
    missing: int = 0
    """Intervals between the first and the last value that have none."""
    same: int = 0
    """Rows that repeat another one."""
    notes: tuple[Text, ...] = ()
    exported: bool = False
    """Whether the file says that it is given to the grid."""

    @property
    def span(self) -> tuple[int, int] | None:
        """Beginning and end of its series [s since 1970-01-01 UTC]; None when it has none."""
        return (self.series[0].start, self.series[-1].end) if self.series else None


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A file that was read."""

    name: str
    sha256: str
    size: int
    """[bytes]"""
    mapping: Mapping
    columns: tuple[Column, ...]
    rows: int
    """Rows with values."""
    refused: tuple[Refused, ...]
    """The first ones."""
    refused_total: int
    zone: ZoneInfo = field(default=ZoneInfo("UTC"))
    """Of the plant."""

    @property
    def values(self) -> int:
        """Of all columns."""
        return sum(column.values for column in self.columns)


class _Watch:
    """Tells how far it is, and stops when asked to."""

    def __init__(self, name: str, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._name, self._progress, self._cancelled = verbatim(name), progress, cancelled
        self.stem = PurePath(name).stem

    def reading(self, share: float) -> None:
        self._tell(0.9 * min(share, 1.0), T("Reading “{file}”", file=self._name))

    def assembling(self, share: float) -> None:
        self._tell(0.9 + 0.1 * share, T("Putting the values of “{file}” in order", file=self._name))

    def _tell(self, share: float, what: Text) -> None:
        if self._progress is not None:
            self._progress(share, what)
        if self._cancelled is not None and self._cancelled():
            raise UserError(T("Reading was cancelled."), T("Nothing was changed."))


def parse(
    path: Path,
    mapping: Mapping,
    zone: ZoneInfo,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    fast: bool = True,
) -> Parsed:
    """Read a file under a mapping.

    Parameters
    ----------
    path
        the file.
    mapping
        what the numbers do not say themselves.
    zone
        of the plant; the clock of the file, unless the mapping names another one.
    progress
        is told the share that is done and what is being done; may raise to stop.
    cancelled
        asked now and then whether to stop.
    fast
        False: row by row, which gives the same.

    Raises
    ------
    UserError
        when the file as a whole cannot be read under this mapping, or reading was cancelled.
    """
    watch = _Watch(path.name, progress, cancelled)
    seen = look(path, mapping.sheet, mapping.separator)
    if (seen.kind == "green_button") != (mapping.form == "green_button"):
        raise UserError(
            T("The mapping is for another kind of file than “{file}”.", file=verbatim(path.name)),
            T("Let the program propose a new mapping."),
        )
    if seen.kind == "green_button":
        return _green_button(seen, mapping, zone, watch)
    headings = [cells for number, cells in seen.rows if number <= mapping.rows]
    plan = plan_of(mapping, headings, zone, seen.epoch)
    collector = Collector(plan.names)
    if seen.kind == "xlsx":
        sha256 = _sheet(seen, plan, collector, watch)
    else:
        reader = Reader(path, seen.encoding)
        for block in read_csv(
            reader, seen.separator, plan, lambda: watch.reading(reader.done / max(reader.size, 1)), fast=fast
        ):
            collector.add(block)
        sha256 = reader.sha256
    setting = Setting(mapping, zone, collector.timed, collector.monthly, in_utc=plan.zone is not None)
    columns = _columns(collector, mapping, headings, setting, watch)
    refusals = collector.refusals
    return Parsed(
        seen.name, sha256, seen.size, mapping, columns, collector.rows, tuple(refusals.kept), refusals.total, zone
    )


def _sheet(seen: Look, plan: Plan, collector: Collector, watch: _Watch) -> str:
    from core.exchange.series.sheet import open_sheet

    data = load(seen.path)
    table, _ = open_sheet(data, plan.mapping.sheet)
    rows = [(number, cells) for number, cells in table.rows if number > plan.mapping.rows]
    for block in blocks_of(rows, plan):
        collector.add(block)
        watch.reading(collector.rows / max(len(rows), 1))
    return hashlib.sha256(data).hexdigest()


def _columns(
    collector: Collector, mapping: Mapping, headings: list[list[Cell]], setting: Setting, watch: _Watch
) -> tuple[Column, ...]:
    found: list[Column] = []
    stretches = list(collector.stretches.values())
    names = _names(stretches, mapping, collector.names_of_columns, watch.stem)
    for number, (stretch, name) in enumerate(zip(stretches, names, strict=True)):
        value = mapping.values[stretch.column]
        made = assemble(stretch, value, name, setting, collector.refusals)
        if made.series or made.days:
            words = words_of(headings, value.column) if mapping.form == "table" else ()
            label = label_of(value, mapping)
            found.append(
                _column(name, (*([stretch.meter] if stretch.meter else []), *words), value, label, stretch, made)
            )
        watch.assembling((number + 1) / len(stretches))
    return tuple(found)


def _column(name: str, words: tuple[str, ...], value: Value, label: str, stretch: Stretch, made: Assembled) -> Column:
    return Column(
        name, words, value, label, made.series, stretch.places, made.days, made.step, made.values, made.missing,
        made.same, tuple(made.notes),
    )  # fmt: skip


def _names(stretches: list[Stretch], mapping: Mapping, of_columns: dict[int, str], file: str) -> list[str]:
    """A name of its own for each column: the meter, the heading, or both; of a wide form without meters the file's."""
    several = len(mapping.values) > 1
    names = []
    for stretch in stretches:
        value = mapping.values[stretch.column]
        heading = value.heading or of_columns.get(value.column, "")
        if mapping.form != "table":
            heading = ""
        parts = [part for part in (stretch.meter, heading if several or not stretch.meter else "") if part]
        names.append(" · ".join(parts) or file)
    return unique(names)


def unique(names: list[str]) -> list[str]:
    """Names with a number behind those that come again."""
    counts: dict[str, int] = {}
    found = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return found


def _green_button(seen: Look, mapping: Mapping, zone: ZoneInfo, watch: _Watch) -> Parsed:
    refusals = Refusals()
    metered, sha256 = read_green_button(seen.path, watch.reading, refusals)
    columns = [
        _metered_column(one, name, mapping, zone, refusals)
        for one, name in zip(metered, unique([one.name for one in metered]), strict=True)
    ]
    rows = sum(column.values + column.same for column in columns)
    kept = tuple(column for column in columns if column.series or column.days)
    return Parsed(seen.name, sha256, seen.size, mapping, kept, rows, tuple(refusals.kept), refusals.total, zone)


def _metered_column(one: Metered, name: str, mapping: Mapping, zone: ZoneInfo, refusals: Refusals) -> Column:
    value = one.of.value
    label = "instant" if one.of.sampled or value.quantity == "counter" else "left"
    if one.step >= SHORTEST_DAY:
        days = days_of_readings(one, zone)
        made = Assembled(days=days, step=DAY, values=len(days))
    else:
        own = replace(mapping, form="table", clock="utc", order="ymd", label=label, step=one.step)
        setting = Setting(own, zone, timed=True, monthly=False, in_utc=True)
        made = assemble(one.stretch, value, name, setting, refusals)
    words = tuple(dict.fromkeys(word for word in (one.meter, one.name) if word))
    return replace(_column(name, words, value, label, one.stretch, made), exported=one.of.exported)
