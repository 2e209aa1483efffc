"""The slow half of the question why it changed: two reports of a plant, taken apart again and held against each other.

It needs both inventories, so it reads the kept originals, each pair in a process with limits; what comes out are sums.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal, localcontext
from typing import NamedTuple

from core.errors import UserError
from core.group.inbox.kept import lost, package_bytes
from core.group.inbox.workers import LOOK, MEMORY_MB, SECONDS, worker_count
from core.i18n import T, Text
from core.inventory import Inventory, Period, read
from core.inventory.totals import total
from core.inventory.waterfall import CAUSES, difference
from core.ledger import canonical
from core.library import EXACT
from core.limited import BrokeOff, Task, TookTooLong
from core.methods import plain
from core.store import Filed, GroupFile

ZERO = Decimal(0)
Progress = Callable[[float, Text], None]


class Kept(NamedTuple):
    """A filed report with its bytes, ready to be sent to another process."""

    original: bytes
    package_sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What a plant reported before and after: one report each as a rule, several where a year was put together."""

    key: str
    """Of the plant, or of what is compared."""
    title: str
    """Of the plant, for the progress."""
    before: tuple[Kept, ...] = field(repr=False)
    after: tuple[Kept, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SourceCauses:
    """Why one emission source of a plant changed in one scope, before any share of the group. [t CO2e]"""

    scope: str
    source: str
    before: Decimal
    after: Decimal
    causes: Mapping[str, Decimal]
    """Each of ``CAUSES``; their sum is the difference."""


def kept(group: GroupFile, filed: Filed) -> Kept:
    """A filed report with its bytes.

    Raises
    ------
    UserError
        when the original is missing or altered.
    """
    return Kept(group.original(filed.sha256), filed.package_sha256, filed.name)


def caused_between(before: Sequence[bytes], after: Sequence[bytes]) -> tuple[SourceCauses, ...]:
    """Take the difference of what a plant reported apart, by scope and source.

    Parameters
    ----------
    before, after
        canonical bytes of packages of one plant; of one period on each side, or several that follow each other.

    Returns
    -------
    tuple of SourceCauses
        every source of every scope that has a line or a difference, ordered.

    Raises
    ------
    UserError
        when a package cannot be read.

    Notes
    -----
    See :func:`core.inventory.waterfall.difference`: two versions of one period by record, two periods by series.
    """
    old, new = (joined([read(data).inventory() for data in side]) for side in (before, after))
    return between(old, new)


def between(old: Inventory, new: Inventory) -> tuple[SourceCauses, ...]:
    """The same for inventories that are at hand."""
    with localcontext(EXACT):
        tonnes = [_by_source(old), _by_source(new)]
        causes: dict[tuple[str, str], dict[str, Decimal]] = {}
        for part in difference(old, new).parts:
            sums = causes.setdefault((part.scope, part.source), dict.fromkeys(CAUSES, ZERO))
            sums[part.cause] += part.tonnes
        return tuple(
            SourceCauses(*key, tonnes[0].get(key, ZERO), tonnes[1].get(key, ZERO),
                         causes.get(key) or dict.fromkeys(CAUSES, ZERO))
            for key in sorted({*tonnes[0], *tonnes[1], *causes})
        )  # fmt: skip


def joined(inventories: Sequence[Inventory]) -> Inventory:
    """Inventories of one plant as one, over the days from the first to the last."""
    first, *others = sorted(inventories, key=lambda one: one.choices.period.start)
    if not others:
        return first
    every = (first, *others)
    lines = tuple(line for one in every for line in one.lines)
    period = Period(first.choices.period.start, max(one.choices.period.end for one in every))
    return replace(
        first,
        choices=replace(first.choices, period=period),
        lines=lines,
        totals=total(lines),
        activities=tuple({a.id: a for one in every for a in one.activities}.values()),
        excluded=tuple(gap for one in every for gap in one.excluded),
    )


def _by_source(inventory: Inventory) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for line in inventory.lines:
        key = (line.scope, line.activity.source)
        sums[key] = sums.get(key, ZERO) + line.tco2e
    return sums


# ---------------------------------------------------------------------- in processes with limits


def compare_all(
    pairs: Iterable[Callable[[], Pair]],
    *,
    count: int = 0,
    workers: int | None = None,
    seconds: float = 2 * SECONDS,
    memory_mb: int = MEMORY_MB,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[tuple[str, tuple[SourceCauses, ...]]]:
    """Compare pairs, each in a process of its own; every answer comes with the key of its pair, in their order.

    Parameters
    ----------
    pairs
        how to read each when its turn has come, so that memory does not grow with their number.
    count
        how many there are, for the progress.
    cancelled
        asked ten times a second; after it says so every process is ended and no more answers come.

    Raises
    ------
    UserError
        naming the report that could not be compared.
    """
    waiting, at_work = iter(pairs), deque[tuple[Pair, Task]]()
    size, done = workers or worker_count(), 0
    try:
        while not (cancelled is not None and cancelled()):
            while len(at_work) < size and (read_next := next(waiting, None)) is not None:
                pair = read_next()
                at_work.append((pair, Task(_answer, pair, seconds=seconds, memory_mb=memory_mb)))
            if not at_work:
                return
            pair, task = at_work[0]
            if progress is not None:
                progress(done / max(count, done + 1), T("Comparing {plant}", plant=pair.title))
            if not Task.ready([task], LOOK):
                continue
            at_work.popleft()
            done += 1
            yield pair.key, _result(pair, task, seconds)
    finally:
        for _, task in at_work:
            task.kill()


def compare(pair: Pair, *, seconds: float = 2 * SECONDS, memory_mb: int = MEMORY_MB) -> tuple[SourceCauses, ...]:
    """Compare one pair in a process of its own.

    Raises
    ------
    UserError
        when one of the reports cannot be read again.
    """
    ((_, found),) = compare_all((lambda: pair,), workers=1, seconds=seconds, memory_mb=memory_mb)
    return found


def _result(pair: Pair, task: Task, seconds: float) -> tuple[SourceCauses, ...]:
    try:
        (answer,) = task.answer()
        return _from_wire(answer)
    except TookTooLong as error:
        raise UserError(
            T("Comparing the reports of {plant} took longer than {seconds} seconds.", plant=pair.title,
              seconds=int(seconds)),
            T("Try again when the computer has less to do."),
        ) from error  # fmt: skip
    except (BrokeOff, ValueError, KeyError, TypeError) as error:
        raise UserError(*lost(pair.after[0].name)) from error
    finally:
        task.end()


def _answer(pair: Pair) -> Sequence[bytes]:
    """Runs in the other process; no answer when a report does not give its data."""
    now = datetime.now(UTC)
    try:
        before, after = (
            [package_bytes(one.original, one.package_sha256, one.name, now) for one in side]
            for side in (pair.before, pair.after)
        )
        return [_to_wire(caused_between(before, after))]
    except UserError:
        return []


def _to_wire(found: Iterable[SourceCauses]) -> bytes:
    return canonical(
        [
            [one.scope, one.source, plain(one.before), plain(one.after), {k: plain(v) for k, v in one.causes.items()}]
            for one in found
        ]
    )


def _from_wire(data: bytes) -> tuple[SourceCauses, ...]:
    return tuple(
        SourceCauses(scope, source, Decimal(before), Decimal(after), {key: Decimal(causes[key]) for key in CAUSES})
        for scope, source, before, after, causes in json.loads(data)
    )
