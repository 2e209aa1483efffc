"""What an import of interval data would do to a plant, and the one undoable change that does it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.errors import UserError
from core.exchange.series.amounts import Kept, kept_of
from core.exchange.series.meters import meters_of, next_meter_ids
from core.exchange.series.parsing import Column, Parsed
from core.i18n import T, Text, verbatim
from core.ledger import Change, IntervalData, Ledger, Meter, MeterExchange, Reading, Record, Step, kind_of
from core.library.units import Units
from core.series import index as indexes
from core.series.keep import Blob, Merged, intervals_of, merge

MOST_READINGS = 50_000
"""Readings of a file: fifty meters, three years of days."""
NEAR = 33 * 86_400
"""How far beside the new values blocks may be that have to be cut anew: a month and two days. [s]"""


@dataclass(frozen=True, slots=True)
class Compared:
    """Readings of whole days and months beside those of the plant."""

    new: tuple[Reading, ...] = ()
    """Without ids."""
    same: int = 0
    changed: tuple[tuple[Reading, Reading], ...] = ()
    """What is there, and what takes its place."""
    conflicts: int = 0
    """That differ from what is there and are not taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """What would become of a column."""

    column: Column
    meter: Meter | None
    """None: it is not imported."""
    why: Text
    """Why this meter, or none."""
    fresh: bool = False
    """Whether the meter is new; it then has no id yet."""
    before: IntervalData | None = None
    merged: Merged | None = None
    readings: Compared = Compared()
    notes: tuple[Text, ...] = ()
    problem: UserError | None = None
    """Why it cannot be imported into this meter."""

    @property
    def added(self) -> int:
        """Values that are new."""
        return (self.merged.added if self.merged else 0) + len(self.readings.new)

    @property
    def same(self) -> int:
        """Values that are there already."""
        return (self.merged.same if self.merged else 0) + self.readings.same

    @property
    def changed(self) -> int:
        """Values that take the place of others."""
        return (self.merged.changed if self.merged else 0) + len(self.readings.changed)

    @property
    def conflicts(self) -> int:
        """Values that differ from those that are there and are not taken."""
        return (self.merged.conflicts if self.merged else 0) + self.readings.conflicts


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A file as the plant would take it up."""

    parsed: Parsed
    columns: tuple[Planned, ...]
    already: tuple[str, ...]
    """Names of the meters into which this very file was read before."""

    @property
    def summary(self) -> Text:
        """One sentence for the head of a dialog; its counts add up to the values of the columns that have a meter."""
        counts = {
            "added": f"{sum(one.added for one in self.columns):,}",
            "same": f"{sum(one.same for one in self.columns):,}",
            "changed": f"{sum(one.changed for one in self.columns):,}",
            "refused": f"{self.parsed.refused_total:,}",
        }
        name, conflicts = verbatim(self.parsed.name), sum(one.conflicts for one in self.columns)
        if conflicts:
            return T(
                "“{name}”: {added} new values, {same} that are there already, {changed} corrections, {conflicts} that "
                "differ and stay as they are; {refused} refused.",
                name=name,
                conflicts=f"{conflicts:,}",
                **counts,
            )
        return T(
            "“{name}”: {added} new values, {same} that are there already, {changed} corrections; {refused} refused.",
            name=name,
            **counts,
        )


def preview(
    parsed: Parsed,
    ledger: Ledger,
    blob: Blob,
    units: Units,
    *,
    targets: Mapping[str, str] | None = None,
    new: Mapping[str, Meter] | None = None,
    overwrite: bool = False,
) -> Preview:
    """What a file would add to a plant.

    Parameters
    ----------
    parsed
        the file.
    ledger
        the plant now.
    blob
        gives the bytes that are kept under a hash.
    units
        of the library.
    targets
        by name of a column the id of its meter, or empty to leave it out; columns that are not named are matched by
        what their meters remember, by serial number, id and name.
    new
        by name of a column the meter that shall be made for it; its id does not matter.
    overwrite
        whether values that differ take the place of those that are there.

    Raises
    ------
    UserError
        when one meter would get two columns.
    """
    found = dict(meters_of(parsed, ledger.held(Meter)))
    for name, key in (targets or {}).items():
        found[name] = (_chosen(ledger, key), T("Chosen.") if key else T("Left out."))
    _check_once(found, new or {})
    for name, fresh in (new or {}).items():
        found[name] = (replace(fresh, id=""), T("A new meter."))
    planning = _Planning(parsed, ledger, units, overwrite)
    jobs = [planning.job(column, *found[column.name], blob) for column in parsed.columns]
    # Most of the work is done where Python's lock is free.
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="merge") as pool:
        plans = tuple(pool.map(planning.plan, jobs))
    already = tuple(
        meter.name
        for meter in ledger.held(Meter)
        if (data := _held(ledger, meter.id)) is not None and any(key == parsed.sha256 for key, _ in data.files)
    )
    return Preview(parsed, plans, already)


def _chosen(ledger: Ledger, key: str) -> Meter | None:
    if not key:
        return None
    found = ledger.get("meter", key)
    if not isinstance(found, Meter):
        raise UserError(T("The plant has no meter {id}.", id=key), T("Choose one of its meters."))
    return found


def _check_once(found: Mapping[str, tuple[Meter | None, Text]], new: Mapping[str, Meter]) -> None:
    taken: dict[str, str] = {}
    for name, (meter, _) in found.items():
        if meter is None or name in new:
            continue
        if meter.id in taken:
            raise UserError(
                T("The columns “{one}” and “{other}” would both go into {meter}.", one=verbatim(taken[meter.id]),
                  other=verbatim(name), meter=verbatim(meter.name)),
                T("Leave one of them out, or choose another meter for it."),
            )  # fmt: skip
        taken[meter.id] = name


def _held(ledger: Ledger, key: str) -> IntervalData | None:
    found = ledger.get("intervals", key)
    return found if isinstance(found, IntervalData) else None


@dataclass(frozen=True, slots=True)
class _Job:
    """A column and all that is needed to plan it on another thread: a plant file answers only to its own."""

    column: Column
    meter: Meter | None
    why: Text
    before: IntervalData | None = None
    index: indexes.Index | None = None
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    problem: UserError | None = None


@dataclass(frozen=True, slots=True)
class _Planning:
    """What holds for all columns."""

    parsed: Parsed
    ledger: Ledger
    units: Units
    overwrite: bool

    def job(self, column: Column, meter: Meter | None, why: Text, blob: Blob) -> _Job:
        """With the blocks of the months that the column touches."""
        before = _held(self.ledger, meter.id) if meter is not None and meter.id else None
        if before is None or column.span is None:
            return _Job(column, meter, why, before)
        try:
            index = indexes.read(blob(before.sha256))
            first, last = column.span[0] - NEAR, column.span[1] + NEAR
            other = index.zone != self.parsed.zone.key
            near = [c.sha256 for c in index.chunks if other or (c.end > first and c.start < last)]
            return _Job(column, meter, why, before, index, {key: blob(key) for key in near})
        except UserError as problem:
            return _Job(column, meter, why, before, problem=problem)

    def plan(self, job: _Job) -> Planned:
        """What would become of the column."""
        column, meter = job.column, job.meter
        if meter is None:
            return Planned(column, None, job.why)
        fresh = not meter.id
        multiplied = self.parsed.mapping.is_multiplied(column.value)
        try:
            if job.problem is not None:
                raise job.problem
            exchanges = self.ledger.held(MeterExchange)
            kept = kept_of(column, meter, exchanges, self.parsed.zone, self.units, multiplied=multiplied)
            merged = self._merged(kept, job)
            readings = _compared(kept.readings, () if fresh else self.ledger.held(Reading), overwrite=self.overwrite)
        except UserError as problem:
            return Planned(column, meter, job.why, fresh, job.before, problem=problem)
        notes = (*column.notes, *kept.notes, *_about_multiplier(meter, multiplied=multiplied))
        return Planned(column, meter, job.why, fresh, job.before, merged, readings, notes)

    def _merged(self, kept: Kept, job: _Job) -> Merged | None:
        if not kept.series:
            return None
        return merge(job.index, kept.series, self.parsed.zone, job.blobs.__getitem__, overwrite=self.overwrite)


def _about_multiplier(meter: Meter, *, multiplied: bool) -> Iterator[Text]:
    if meter.multiplier == 1:
        return
    if multiplied:
        yield T("The values are taken as multiplied by {multiplier} already.", multiplier=meter.multiplier)
    else:
        yield T("The values are multiplied by {multiplier}.", multiplier=meter.multiplier)


def _compared(readings: Sequence[Reading], held: Sequence[Reading], *, overwrite: bool) -> Compared:
    if not readings:
        return Compared()
    if len(readings) > MOST_READINGS:
        raise UserError(
            T("The file has more than {most} values of days.", most=f"{MOST_READINGS:,}"),
            T("Split it into several files."),
        )
    meter = readings[0].meter
    known = {(one.start, one.end, one.counter): one for one in held if one.meter == meter}
    new, changed, same = [], [], 0
    for one in readings:
        there = known.get((one.start, one.end, one.counter))
        if there is None:
            new.append(one)
        elif there.value == one.value:
            same += 1
        else:
            changed.append((there, replace(there, value=one.value, estimated=one.estimated)))
    if overwrite:
        return Compared(tuple(new), same, tuple(changed))
    return Compared(tuple(new), same, (), len(changed))


def change_of(
    seen: Preview, ledger: Ledger, who: str, when: datetime, *, without_refused: bool = False
) -> tuple[Change, tuple[bytes, ...]]:
    """The one change that imports a file, and the blobs that belong to it.

    Parameters
    ----------
    seen
        the file as it was previewed.
    ledger
        the plant now; ids of new records continue it.
    who, when
        author and time of the change.
    without_refused
        whether the person wants the rest of a file of which rows were refused.

    Raises
    ------
    UserError
        when rows were refused and nobody said that the rest shall be taken, when a column does not fit its meter, or
        when there is nothing new.
    """
    wanted = [one for one in seen.columns if one.meter is not None]
    _check(seen, wanted, without_refused=without_refused)
    ids = iter(next_meter_ids(ledger, sum(one.fresh for one in wanted)))
    numbers = _reading_ids(ledger)
    steps: list[Step] = []
    blobs: list[bytes] = []
    for one in wanted:
        if not (one.added or one.changed):
            continue
        assert one.meter is not None
        meter = replace(one.meter, id=next(ids)) if one.fresh else one.meter
        steps += _steps(one, meter, seen.parsed, numbers)
        blobs += one.merged.blobs if one.merged is not None else ()
    name = verbatim(seen.parsed.name)
    added, changed = sum(one.added for one in wanted), sum(one.changed for one in wanted)
    why = T("Import of {added} values and {changed} corrections from “{name}”",
            added=f"{added:,}", changed=f"{changed:,}", name=name) if changed else T(
            "Import of {added} values from “{name}”", added=f"{added:,}", name=name)  # fmt: skip
    return Change(who, when, why, tuple(steps)), tuple(dict.fromkeys(blobs))


def _check(seen: Preview, wanted: Sequence[Planned], *, without_refused: bool) -> None:
    name = verbatim(seen.parsed.name)
    if not wanted:
        raise UserError(T("No column of “{name}” belongs to a meter.", name=name), T("Choose a meter for a column."))
    for one in wanted:
        if one.problem is not None:
            raise one.problem
    if seen.parsed.refused_total and not without_refused:
        raise UserError(
            T("“{name}” was not imported: {count} values are refused. {first}", name=name,
              count=f"{seen.parsed.refused_total:,}", first=seen.parsed.refused[0].message),
            T("Correct the file or the mapping, or import it without them."),
        )  # fmt: skip
    if not any(one.added or one.changed for one in wanted):
        if any(one.conflicts for one in wanted):
            raise UserError(
                T("“{name}” has only values that differ from those that are there.", name=name),
                T("Choose to correct what is there, if the file is right."),
            )
        raise UserError(T("“{name}” has nothing new.", name=name), T("Nothing needs to be done."))


def _steps(one: Planned, meter: Meter, parsed: Parsed, numbers: Iterator[str]) -> Iterator[Step]:
    """The meter with its mapping, its interval data and its readings."""
    known = replace(meter, mapping=parsed.mapping.only(one.column.value, one.column.name).pairs)
    if known != one.meter or one.fresh:
        yield Step("meter", meter.id, None if one.fresh else one.meter, known)
    if one.merged is not None and one.merged.blobs:
        files = (*(one.before.files if one.before else ()), (parsed.sha256, parsed.name))
        data = intervals_of(meter.id, one.merged, files)
        yield Step("intervals", meter.id, one.before, data)
    for reading in one.readings.new:
        yield _new(replace(reading, id=next(numbers), meter=meter.id))
    for before, after in one.readings.changed:
        yield Step("reading", before.id, before, after)


def _new(record: Record) -> Step:
    return Step(kind_of(record), record.id, None, record)


def _reading_ids(ledger: Ledger) -> Iterator[str]:
    """The next free ids, ``r00001`` ..."""
    used = [int(key[1:]) for key in ledger.records["reading"] if key[:1] == "r" and key[1:].isdecimal()]
    number = max(used, default=0)
    while True:
        number += 1
        yield f"r{number:05d}"
