"""The meters through which all electricity that is bought comes, and what was read at them."""

from __future__ import annotations

from collections.abc import Iterator

from core.inventory.period import Period
from core.ledger import Ledger, Meter, Reading


def main_meters(ledger: Ledger) -> tuple[Meter, ...]:
    """Meters of bought electricity that no other meter precedes."""
    return tuple(
        one
        for one in ledger.held(Meter)
        if one.medium == "electricity" and one.direction == "import" and not one.parent
    )


def amounts_read(ledger: Ledger, period: Period) -> Iterator[Reading]:
    """Amounts read at any meter of which days fall into a period; states of a counter are no amounts."""
    for one in ledger.held(Reading):
        if not one.counter and one.start <= one.end and one.start <= period.end and period.start <= one.end:
            yield one


def compared_with_bills(ledger: Ledger, period: Period) -> Iterator[Meter | Reading]:
    """All main meters with what was read at them in a period; nothing where nothing was read at any of them.

    All of them, for the sum of some would be held against the bills of all.
    """
    main = main_meters(ledger)
    ids = {one.id for one in main}
    if read := [one for one in amounts_read(ledger, period) if one.meter in ids]:
        yield from main
        yield from read
