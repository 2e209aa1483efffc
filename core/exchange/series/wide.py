"""Wide forms, a day or a month per row, made long: one moment for each value."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.series.mapping import label_of
from core.exchange.series.plan import Plan
from core.exchange.series.raw import Block
from core.exchange.series.stamps import DAY
from core.i18n import T
from core.series.zones import begin_of, day_of


def spread(block: Block, plan: Plan) -> Block:
    """Each row of n values as n rows. The first moments are days, or the first days of months."""
    assert plan.offsets is not None
    count = len(plan.offsets)
    values = np.stack(block.values, axis=1) if len(block.seconds) else np.empty((0, count))
    days = block.seconds // DAY
    if plan.mapping.form == "month":
        seconds, outside = _of_months(days, plan.offsets)
    elif plan.zone is not None:
        seconds, outside = _counted(days, plan)
    else:
        seconds = days[:, None] * DAY + plan.offsets
        outside = np.zeros(seconds.shape, np.bool_)
    problems = block.problems + _refused(block, plan, outside & ~np.isnan(values))
    kept = ~outside.ravel()
    return Block(
        np.repeat(block.rows, count)[kept],
        seconds.ravel()[kept],
        [values.ravel()[kept]],
        [max(block.places, default=0)],
        block.names,
        None if block.kinds is None else np.repeat(block.kinds, count)[kept],
        None if block.estimated is None else np.repeat(block.estimated, count)[kept],
        plan.mapping.form == "day",
        False,
        problems,
    )


def _of_months(days: NDArray[np.int64], offsets: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The days of a month, of which it has 28 to 31."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[D]").astype(np.int64) - first
    return (first[:, None] + offsets) * DAY, offsets >= length[:, None]


def _counted(days: NDArray[np.int64], plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Columns that are counted from the beginning of a local day, in UTC."""
    assert plan.zone is not None and plan.offsets is not None
    bounds = {
        day: (begin_of(day_of(day), plan.zone), begin_of(day_of(day) + timedelta(days=1), plan.zone))
        for day in np.unique(days).tolist()
    }
    begins = np.array([bounds[day][0] for day in days.tolist()], dtype=np.int64).reshape(-1, 1)
    ends = np.array([bounds[day][1] for day in days.tolist()], dtype=np.int64).reshape(-1, 1)
    seconds = begins + plan.offsets
    late = seconds > ends if label_of(plan.mapping.values[0], plan.mapping) == "right" else seconds >= ends
    return seconds, late


def _refused(block: Block, plan: Plan, wrong: NDArray[np.bool_]) -> list[tuple[int, int, UserError]]:
    problem = UserError(
        T("The day or month is shorter than its columns, and there is a value."),
        T("Check the form of the file, and its clock: this one seems not to be changed in spring and autumn."),
    )
    return [(int(block.rows[row]), plan.columns[column], problem) for row, column in np.argwhere(wrong).tolist()]
