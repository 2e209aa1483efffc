"""Parts of the emissions by key: ``scope1``, ``scope2_location``, ``scope2_market``, ``scope3``, ``scope3:4``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.i18n import T, Text

LOCATION, MARKET = "location", "market"
"""Views of scope 2."""
SCOPE_1, SCOPE_3 = "scope1", "scope3"
SCOPE_2 = {LOCATION: "scope2_location", MARKET: "scope2_market"}
CATEGORIES = tuple(f"scope3:{number}" for number in range(1, 16))
"""Of scope 3."""
PARTS = (SCOPE_1, *SCOPE_2.values(), SCOPE_3, *CATEGORIES)
"""Every key, in the order of reports."""


def is_category(part: str) -> bool:
    """Whether a part is a category of scope 3."""
    return part.startswith("scope3:")


def whole(view: str = LOCATION) -> tuple[str, ...]:
    """The scopes that make up the total.

    >>> whole("market")
    ('scope1', 'scope2_market', 'scope3')
    """
    return (SCOPE_1, SCOPE_2[view], SCOPE_3)


def view_of(parts: Iterable[str]) -> str:
    """The view of scope 2 that parts speak of: market-based where they name that one, else location-based.

    >>> view_of(("scope1", "scope2_market")), view_of(("scope3",))
    ('market', 'location')
    """
    return MARKET if SCOPE_2[MARKET] in set(parts) else LOCATION


def counted(parts: Iterable[str]) -> tuple[str, ...]:
    """Known parts that are added up, each tonne once and in the order of reports.

    Categories are inside of scope 3. Of two views of scope 2 the location-based one goes: they are the same
    electricity, and a sum of both means nothing.

    >>> counted(("scope3:4", "scope2_market", "scope3", "scope1", "scope2_location"))
    ('scope1', 'scope2_market', 'scope3')
    """
    named = set(parts)
    if SCOPE_3 in named:
        named -= set(CATEGORIES)
    if SCOPE_2[MARKET] in named:
        named.discard(SCOPE_2[LOCATION])
    return tuple(part for part in PARTS if part in named)


def part_title(part: str) -> Text:
    """What a part is called."""
    if is_category(part):
        return T("Scope 3, category {number}", number=part.removeprefix("scope3:"))
    known: dict[str, Callable[[], Text]] = {
        "scope1": lambda: T("Scope 1"),
        "scope2_location": lambda: T("Scope 2, location-based"),
        "scope2_market": lambda: T("Scope 2, market-based"),
        "scope3": lambda: T("Scope 3"),
    }
    return known[part]() if part in known else T("Unknown part “{key}”", key=part[:40])
