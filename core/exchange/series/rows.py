"""Rows of cells, one by one: the reader of workbooks, and of every text that is not as regular as most."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain

import numpy as np

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.read import numbered
from core.exchange.series.plan import Plan
from core.exchange.series.raw import Block, Problem
from core.exchange.series.wide import spread

EACH = 20_000
"""Rows of a block."""


@dataclass(slots=True)
class _Rows:
    """What is gathered from some rows."""

    rows: list[int] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    values: list[list[float]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    kinds: list[int] = field(default_factory=list)
    estimated: list[bool] = field(default_factory=list)
    timed: bool = False
    monthly: bool = True
    problems: list[Problem] = field(default_factory=list)


def blocks_of(rows: Iterable[tuple[int, Sequence[Cell]]], plan: Plan) -> Iterator[Block]:
    """Read rows with their numbers, some thousand at a time."""
    found = _new(plan)
    for count, (number, cells) in enumerate(rows, 1):
        _read(found, number, cells, plan)
        if count % EACH == 0:
            yield _block(found, plan)
            found = _new(plan)
    yield _block(found, plan)


def _new(plan: Plan) -> _Rows:
    return _Rows(values=[[] for _ in plan.columns], places=[0] * len(plan.columns))


def _read(found: _Rows, number: int, cells: Sequence[Cell], plan: Plan) -> None:
    mapping = plan.mapping
    values = [_value(_at(cells, column), plan) for column in plan.columns]
    if not any(values):
        return
    try:
        moment = plan.moment(_at(cells, mapping.time), _at(cells, mapping.clock_time))
    except UserError as problem:
        found.problems.append((number, mapping.time, problem))
        return
    found.rows.append(number)
    found.seconds.append(moment.seconds)
    found.timed |= moment.timed
    found.monthly &= moment.monthly
    for place, value in enumerate(values):
        if isinstance(value, UserError):
            found.problems.append((number, plan.columns[place], value))
        known = value if isinstance(value, tuple) else (float("nan"), 0)
        found.values[place].append(known[0])
        found.places[place] = max(found.places[place], known[1])
    found.kinds.append(found.names.setdefault(plan.name(_at(cells, mapping.meter)), len(found.names)))
    if mapping.status >= 0:
        found.estimated.append(plan.is_estimate(_at(cells, mapping.status)))


def _value(cell: Cell, plan: Plan) -> tuple[float, int] | UserError | None:
    try:
        return plan.value(cell)
    except UserError as problem:
        return problem


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if 0 <= place < len(cells) else None


def _block(found: _Rows, plan: Plan) -> Block:
    block = Block(
        np.array(found.rows, np.int32),
        np.array(found.seconds, np.int64),
        [np.array(values, np.float64) for values in found.values],
        found.places,
        list(found.names) or [""],
        np.array(found.kinds, np.int64),
        np.array(found.estimated, np.bool_) if plan.mapping.status >= 0 else None,
        found.timed,
        found.monthly,
        found.problems,
    )
    return spread(block, plan) if plan.offsets is not None else block


def csv_rows(texts: Iterable[str], separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of a csv with their numbers, the first one being ``first``.

    Raises
    ------
    UserError
        when its quotation marks do not fit together.
    """
    lines = chain.from_iterable(StringIO(text, newline="") for text in texts)
    return numbered(csv.reader(lines, delimiter=separator), first)
