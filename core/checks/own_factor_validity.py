"""A supplier's factor of last year says nothing about this one."""

from __future__ import annotations

from collections.abc import Iterator

from core.checks._own import used
from core.checks._types import Review, Rule
from core.i18n import T
from core.methods import Finding


def check(review: Review) -> Iterator[Finding]:
    """Own factors applied to days on which they are not valid."""
    for own, lines in used(review):
        outside = [li for li in lines if li.portion.start < own.valid_from or li.portion.end > own.valid_to]
        if outside:
            yield Finding(
                RULE.key,
                RULE.severity,
                outside[0].activity.id,
                T(
                    "{count} lines use the own factor {name} outside its validity, {start} to {end}.",
                    count=len({li.activity.id for li in outside}),
                    name=own.name,
                    start=own.valid_from,
                    end=own.valid_to,
                ),
                T("Ask for a factor of these days, or cut the record at the end of the validity."),
            )


RULE = Rule(
    "own_factor_validity",
    "warning",
    T("Own factor outside its validity"),
    "ISO 14064-1:2018, 6.2.3: factors fit the time to which they are applied",
    check,
    field="start",
)
