"""From the rows of one meter to its series: UTC, order, values that come twice, steps, and what a time names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.series.calendar_days import Daily, days_of
from core.exchange.series.clock import to_utc
from core.exchange.series.mapping import Mapping, Value, label_of, offset_of
from core.exchange.series.raw import Piece, Stretch
from core.exchange.series.refusals import Refusals
from core.exchange.series.stamps import DAY
from core.exchange.series.steps import Grid, Run, grid_of, nearest_step, usual_step
from core.i18n import T, Text
from core.series import Series
from core.series.series import ESTIMATED
from core.series.wording import moment
from core.series.zones import offsets


@dataclass(slots=True)
class Assembled:
    """What became of the rows of one meter and column."""

    series: tuple[Series, ...] = ()
    days: tuple[Daily, ...] = ()
    step: int = 0
    """The most frequent one; before the rows are sorted into steps, the one that all moments together show. [s]"""
    values: int = 0
    """That are taken up."""
    missing: int = 0
    """Intervals between the first and the last that have no value."""
    same: int = 0
    """Rows that repeat another one."""
    notes: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all columns of a file."""

    mapping: Mapping
    zone: ZoneInfo
    timed: bool
    """Whether any row names a time of day."""
    monthly: bool
    """Whether all rows name months."""
    in_utc: bool = False
    """Whether the moments are in UTC already."""


def assemble(stretch: Stretch, value: Value, name: str, setting: Setting, refusals: Refusals) -> Assembled:
    """Make series of the rows of one meter and column; what has no place in them is refused with its row."""
    found = Assembled()
    label = label_of(value, setting.mapping)
    piece = stretch.joined
    if setting.timed:
        piece = _resolved(piece, label, name, setting, refusals, found)
    else:
        piece = _part(piece, ~np.isnan(piece.values))  # a date alone is a day of the plant, whatever its clock
    piece = _once(_rising(piece), setting, name, refusals, found)
    if not len(piece.seconds):
        return found
    if _are_days(piece, value, label, setting, found):
        return found
    if not setting.timed:
        piece = _once(_rising(_resolved(piece, label, name, setting, refusals, found)), setting, name, refusals, found)
    ahead = offsets(piece.seconds[:1], setting.zone)
    if setting.mapping.tolerance:
        found.step = 0
        piece = _once(_snapped(piece, setting, int(ahead[0])), setting, name, refusals, found)
    _into_series(piece, label, name, setting, refusals, found)
    return found


def _are_days(piece: Piece, value: Value, label: str, setting: Setting, found: Assembled) -> bool:
    local = piece.seconds + (offsets(piece.seconds, setting.zone) if setting.timed else 0)
    days = days_of(
        piece,
        local,
        counter=value.quantity == "counter",
        ends=label == "right",
        step=setting.mapping.step,
        timed=setting.timed,
        monthly=setting.monthly,
    )
    if days is None:
        return False
    found.days, found.step, found.values = days, DAY, len(days)
    clock = int(local[0]) % DAY
    if clock:
        found.notes.append(
            T(
                "Each value is of a day from {time} to {time}; it is taken for the calendar day in which that begins.",
                time=f"{clock // 3600:02d}:{clock // 60 % 60:02d}",
            )
        )
    return True


def _resolved(piece: Piece, label: str, name: str, setting: Setting, refusals: Refusals, found: Assembled) -> Piece:
    """Moments in UTC, without the rows that have no value."""
    clock = "utc" if setting.in_utc else setting.mapping.clock
    offset = 0 if clock == "stamped" else offset_of(clock)
    if offset is not None:
        utc, good = piece.seconds - offset, ~np.isnan(piece.values)
        return _part(replace(piece, seconds=utc), good)
    resolved = to_utc(piece.seconds, setting.zone, ends=label == "right")
    good = ~np.isnan(piece.values)
    if resolved.skipped is not None:
        wrong = resolved.skipped & good
        refusals.add_rows(piece.rows[wrong], name, _skipped_hour())
        good &= ~resolved.skipped
    if resolved.once:
        found.notes.append(
            T(
                "The hour that comes twice in autumn stands in the file once ({count} values); it is taken for the "
                "first one. If the clock of the logger is not changed, choose its distance from UTC as the clock.",
                count=resolved.once,
            )
        )
    return _part(replace(piece, seconds=resolved.utc), good)


def _part(piece: Piece, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Piece:
    if rows.dtype == np.bool_ and rows.all():
        return piece
    estimated = None if piece.estimated is None else piece.estimated[rows]
    return Piece(piece.rows[rows], piece.seconds[rows], piece.values[rows], estimated)


def _rising(piece: Piece) -> Piece:
    if (piece.seconds[1:] > piece.seconds[:-1]).all():
        return piece
    return _part(piece, np.argsort(piece.seconds, kind="stable"))


def _once(piece: Piece, setting: Setting, name: str, refusals: Refusals, found: Assembled) -> Piece:
    """Of rows with the same moment one: equal values are one, of different ones the mapping says which."""
    equal = piece.seconds[1:] == piece.seconds[:-1]
    if not equal.any():
        return piece
    heads = np.flatnonzero(np.concatenate(([True], ~equal)))
    counts = np.diff(np.append(heads, len(piece.seconds)))
    group = np.repeat(np.arange(len(heads)), counts)
    differing = np.zeros(len(heads), np.bool_)
    np.logical_or.at(differing, group, piece.values != piece.values[heads][group])
    found.same += int((counts[~differing] - 1).sum())
    if not differing.any():
        return _part(piece, heads)
    if setting.mapping.double == "refuse":
        wrong = differing[group]
        refusals.add_rows(np.sort(piece.rows[wrong]), name, _two_values())
        found.step = usual_step(piece.seconds[heads])
        return _part(piece, heads[~differing])
    first, count = setting.mapping.double == "first", int(np.count_nonzero(differing))
    found.notes.append(
        T("{count} times have several different values; the first one in the file is taken.", count=count)
        if first
        else T("{count} times have several different values; the last one in the file is taken.", count=count)
    )
    return _part(piece, heads if first else heads + counts - 1)


def _snapped(piece: Piece, setting: Setting, ahead: int) -> Piece:
    """Moments beside the regular ones moved onto them, as far as the mapping allows."""
    step = setting.mapping.step or nearest_step(piece.seconds)
    if not step or 2 * setting.mapping.tolerance >= step:
        return piece
    local = piece.seconds + ahead
    regular = (local + step // 2) // step * step - ahead
    near = np.abs(regular - piece.seconds) <= setting.mapping.tolerance
    return _rising(replace(piece, seconds=np.where(near, regular, piece.seconds)))


def _into_series(piece: Piece, label: str, name: str, setting: Setting, refusals: Refusals, found: Assembled) -> None:
    grid = grid_of(piece.seconds, step=setting.mapping.step, ends=label == "right", usual=found.step)
    if not grid.step:
        refusals.total += len(piece.seconds) - 1
        refusals.add(0, name, _no_step(piece, setting))
        return
    refusals.add_rows(np.sort(piece.rows[grid.beside]), name, _beside(grid))
    found.step = grid.step
    series = [_series(piece, run, label) for run in grid.runs]
    found.series = tuple(_apart(series, grid.runs, piece, name, refusals))
    found.values = sum(int(np.count_nonzero(~np.isnan(one.values))) for one in found.series)
    found.missing = sum(len(one) for one in found.series) - found.values


def _series(piece: Piece, run: Run, label: str) -> Series:
    moments = piece.seconds[run.places]
    start = int(moments[0]) - (run.step if label == "right" else 0)
    slots = (moments - moments[0]) // run.step
    count = int(slots[-1]) + 1
    marks: NDArray[np.uint8] | None = None
    if piece.estimated is not None and piece.estimated[run.places].any():
        marks = np.zeros(count, np.uint8)
        marks[slots] = piece.estimated[run.places] * ESTIMATED
    if count == len(slots):
        return Series(start, run.step, piece.values[run.places], marks)
    values = np.full(count, np.nan)
    values[slots] = piece.values[run.places]
    return Series(start, run.step, values, marks)


def _apart(series: Sequence[Series], runs: Sequence[Run], piece: Piece, name: str, refusals: Refusals) -> list[Series]:
    """Where the step changes, an interval must not reach into the next stretch."""
    found: list[Series] = []
    for one, run in zip(series, runs, strict=True):
        end = found[-1].end if found else one.start
        late = int(np.searchsorted(one.starts, end)) if end > one.start else 0
        if late:
            taken = int(np.count_nonzero(~np.isnan(one.values[:late])))
            refusals.add_rows(np.sort(piece.rows[run.places[:taken]]), name, _overlap())
        if late < len(one):
            marks = None if one.marks is None else one.marks[late:]
            found.append(Series(one.start + late * one.step, one.step, one.values[late:], marks))
    return found


def _skipped_hour() -> UserError:
    return UserError(
        T("The clock of the plant skips this hour in spring."),
        T("If the clock of the logger is not changed, choose its distance from UTC as the clock in the mapping."),
    )


def _two_values() -> UserError:
    return UserError(
        T("The file has another value for the same time."),
        T("Delete one of the rows, or say in the mapping that the first or the last one counts."),
    )


def _no_step(piece: Piece, setting: Setting) -> UserError:
    when = moment(int(piece.seconds[0]), setting.zone)
    if len(piece.seconds) == 1:
        return UserError(
            T("There is only one value, at {when}, so the length of its interval is not known.", when=when),
            T("Say in the mapping how long an interval is."),
        )
    return UserError(
        T("The times of {count} values are irregular: no length of an interval fits most of them.",
          count=len(piece.seconds)),
        T("Check the columns of time. If the logger is late by seconds, allow a tolerance in the mapping."),
    )  # fmt: skip


def _beside(grid: Grid) -> UserError:
    return UserError(
        T("The time lies between the regular ones, which are {minutes} minutes apart.", minutes=_minutes(grid.step)),
        T("Correct the time, or allow a tolerance in the mapping."),
    )


def _minutes(step: int) -> str:
    return f"{step / 60:g}"


def _overlap() -> UserError:
    return UserError(
        T("The interval begins before the one of the row before it has ended."),
        T("Check whether a time is the beginning or the end of its interval."),
    )
