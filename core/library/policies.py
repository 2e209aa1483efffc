"""How a factor is chosen among many: a policy of the audit, as data.

``matching-year``
    GHG Protocol Scope 2 Guidance, ch. 6 and 7: the factor of the year the activity happened in, of the smallest grid
    area that is published. Not published yet: the nearest earlier year, and the audit says so.
``latest-published``
    GB/T 32150-2025, 7.5.6: the latest official national factor, whatever year it describes.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import UserError
from core.i18n import T, Text


@dataclass(frozen=True, slots=True)
class Policy:
    """Which year and which area of a factor an audit uses."""

    key: str
    title: Text
    source: str
    """Where the rule stands."""
    year: str
    """``matching`` the data year or ``latest`` published."""
    area: str
    """``smallest`` published area or ``national``."""


POLICIES = (
    Policy(
        "matching-year",
        T("Factor of the matching year, smallest grid area"),
        "GHG Protocol Scope 2 Guidance (2015), ch. 6.11 and 7.1",
        "matching",
        "smallest",
    ),
    Policy(
        "latest-published",
        T("Latest published official national factor"),
        "GB/T 32150-2025, 7.5.6",
        "latest",
        "national",
    ),
)


def policy_named(key: str) -> Policy:
    """The policy of this key.

    Raises
    ------
    UserError
        when there is none.
    """
    for policy in POLICIES:
        if policy.key == key:
            return policy
    known = ", ".join(p.key for p in POLICIES)
    raise UserError(T("Unknown policy “{policy}”.", policy=key), T("Choose one of: {known}.", known=known))
