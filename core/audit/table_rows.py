"""Tables that people keep row by row: what they hold after a change, and the steps to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from core.errors import UserError
from core.ledger import Ledger, Record, Step, kind_of

R = TypeVar("R", bound=Record)


def altered(
    ledger: Ledger, held: Iterable[R], kept: Sequence[R], removed: Sequence[str], unknown: Callable[[str], UserError]
) -> tuple[dict[str, R], tuple[Step, ...]]:
    """Rows after some are kept as they shall be and others go, by their ids; and the steps that differ.

    Parameters
    ----------
    ledger
        the plant now.
    held
        its rows of this kind.
    kept
        as they shall be, with their ids; what has a new id is added.
    removed
        ids of those that go.
    unknown
        what is said of an id that does not exist.
    """
    after = {one.id: one for one in held}
    steps: list[Step] = []
    for key in removed:
        if key not in after:
            raise unknown(key)
        gone = after.pop(key)
        steps.append(Step(kind_of(gone), key, gone, None))
    for one in kept:
        steps.append(Step(kind_of(one), one.id, ledger.get(kind_of(one), one.id), one))
        after[one.id] = one
    return after, tuple(step for step in steps if step.before != step.after)
