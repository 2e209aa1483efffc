"""Hourly matching in plain values, for the command line and for the package inside a report.

Energy has one decimal, and totals are the exact sums of their months, so that whoever reads them can add them up.
Percentages are rounded down: 100 stands there only when every hour was met.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal

import numpy as np

from core.ledger.journal import text_to_plain
from core.library import EXACT
from core.methods import exact_sum, plain
from core.renewables.flexing import Flexed
from core.renewables.hourly import Score
from core.renewables.hourly_meters import Matching
from core.series.netting import Floats
from core.solar.battery import Battery

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
SUMS = ("load_kwh", "supply_kwh", "matched_kwh")
COUNTS = ("unmatched_hours", "present", "expected")


def matched_to_plain(found: Matching) -> dict[str, object] | None:
    """What was matched, JSON-ready; None where the load cannot be said, of which the notes of ``found`` tell why."""
    matched = found.matched
    if matched is None:
        return None
    months = [(day, _sums(score)) for day, score in matched.months]
    total: dict[str, Decimal] = {key: exact_sum(one[key] for _, one in months) for key in SUMS}
    known = ~np.isnan(matched.matched)
    return {
        "interval": matched.interval,
        "estimated": found.estimated,
        **_row(total, matched.total),
        "months": [
            {"month": f"{day:%Y-%m}", **_row(sums, score)}
            for (day, sums), (_, score) in zip(months, matched.months, strict=True)
        ],
        "supplies": [
            {
                "id": part.key,
                "name": part.name,
                "kind": part.kind,
                "supply_kwh": plain(_within(part.given, known)),
                "matched_kwh": plain(_within(part.used, known)),
            }
            for part in matched.parts
        ],
        "notes": [text_to_plain(note) for note in found.notes],
    }


def variants_to_plain(found: Iterable[Flexed]) -> list[dict[str, object]]:
    """What batteries and moved load would change, JSON-ready."""
    return [
        {
            "kind": one.kind,
            "capacity_kwh": plain(tenths(one.size.capacity)) if isinstance(one.size, Battery) else None,
            "power_kw": plain(tenths(one.size.power)) if isinstance(one.size, Battery) else None,
            "share_percent": None if isinstance(one.size, Battery) else plain(tenths(100 * one.size)),
            "moved_kwh": plain(tenths(one.moved)),
            "lost_kwh": plain(tenths(one.lost)),
            **_row(_sums(one.total), one.total),
        }
        for one in found
    ]


def percent_down(part: Decimal, whole: Decimal) -> Decimal | None:
    """Percent with two decimals, rounded down; None of nothing.

    Examples
    --------
    >>> percent_down(Decimal("99.999"), Decimal(100)), percent_down(Decimal(0), Decimal(0))
    (Decimal('99.99'), None)
    """
    if not whole:
        return None
    return EXACT.divide(EXACT.multiply(part, Decimal(100)), whole).quantize(HUNDREDTH, ROUND_FLOOR)


def tenths(value: float) -> Decimal:
    """A number of numpy with one decimal."""
    return Decimal(repr(float(value))).quantize(TENTH) + 0  # no negative zero


def _sums(score: Score) -> dict[str, Decimal]:
    return dict(zip(SUMS, map(tenths, (score.load, score.supply, score.matched)), strict=True))


def _row(sums: dict[str, Decimal], score: Score) -> dict[str, object]:
    load, supply, matched = (sums[key] for key in SUMS)
    shares = {"score_percent": percent_down(matched, load), "volumetric_percent": percent_down(min(supply, load), load)}
    return {
        **{key: plain(value) for key, value in sums.items()},
        **{key: None if value is None else plain(value) for key, value in shares.items()},
        **dict(zip(COUNTS, (score.unmatched_hours, score.present, score.expected), strict=True)),
    }


def _within(values: Floats, known: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Decimal:
    return tenths(float(values[known].sum()))
