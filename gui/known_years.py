"""Years of which the open plant knows something."""

from __future__ import annotations

from collections.abc import Iterable

from core.ledger import IntervalData, Ledger, Reading


class KnownYears:
    """Asked often, worked out once for each ledger."""

    def __init__(self) -> None:
        self._of: tuple[Ledger, frozenset[int]] | None = None

    def with_data(self, ledger: Ledger) -> frozenset[int]:
        """Years that have activity data."""
        if self._of is None or self._of[0] is not ledger:
            found: set[int] = set()
            for activity in ledger.activities:
                found.update(range(activity.start.year, activity.end.year + 1))
            self._of = (ledger, frozenset(found))
        return self._of[1]


def metered_years(ledger: Ledger) -> frozenset[int]:
    """Years that meters know."""
    kept: Iterable[IntervalData | Reading] = (*ledger.held(IntervalData), *ledger.held(Reading))
    return frozenset(year for one in kept for year in range(one.start.year, one.end.year + 1))


def newest_year(ledger: Ledger, today: int) -> int:
    """The newest that is audited, else the newest with a bill that begins in it, else what meters know, else last year.

    Examples
    --------
    >>> newest_year(Ledger(), 2026)
    2025
    """
    audits = [int(key) for key in ledger.records["audit"] if key.isdecimal()]
    begun = [a.start.year for a in ledger.activities]
    counted = [one.end.year for one in ledger.held(IntervalData)]
    return max(audits or begun or counted or [today - 1])
