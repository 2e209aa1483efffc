"""Words and numbers that the tabs share."""

from __future__ import annotations

from decimal import Decimal

from core.actions.areas import all_areas
from core.actions.timeline import STATUS_TITLES
from core.group.ways.way import Abatement, Aim
from core.i18n import T, Text, show_number
from core.renewables import words as said
from core.targets.parts import counted, part_title
from gui.language import _, say
from gui.wording import clauses, listed, minus

DASH = "–"
VIEWS = said.VIEWS
"""The three shares, which are never added."""
FIGURES: dict[str, Text] = {"location": T("Location-based"), "market": T("Market-based")}
STATES: dict[str, Text] = {
    "none": T("nothing may be said"),
    "committed": T("committed"),
    "on_path": T("on the path"),
    "claimed": T("claimed"),
}
"""Of neutrality."""
KINDS: dict[str, Text] = {
    "pv": T("Own PV"),
    "storage": T("Storage"),
    "ppa": T("Power purchase agreement"),
    "direct_line": T("Direct line"),
    "green_tariff": T("Green tariff"),
    "certificates": T("Certificates"),
}
"""Of renewable electricity that could be had."""
SMALL = Decimal(1)


def amount(value: Decimal | None, places: int = 1) -> str:
    """For reading: what is small has more digits, so that no gap looks like none."""
    if value is None:
        return DASH
    return minus(show_number(value, places if not value or abs(value) >= SMALL else 3))


def signed(value: Decimal | None) -> str:
    """The same with a plus before what is too much."""
    text = amount(value)
    return f"+{text}" if value is not None and value > 0 else text


def percent(value: Decimal | None) -> str:
    """A share that was rounded down already."""
    return DASH if value is None else show_number(value, 1)


def plain_percent(value: Decimal) -> str:
    """A share that somebody promises or claims, as it was entered."""
    return show_number(value)


def digits(value: Decimal | None) -> str:
    """All of them, for copying."""
    return "" if value is None else f"{value:f}"


def parts_words(parts: tuple[str, ...]) -> str:
    """Parts of the emissions; categories of scope 3 by their numbers."""
    known = counted(parts)
    scopes = [say(part_title(one)) for one in known if ":" not in one]
    numbers = [one.partition(":")[2] for one in known if ":" in one]
    if numbers:
        scopes.append(_("Scope 3, categories {numbers}", numbers=listed(numbers)))
    return clauses(scopes)


def aim_words(aim: Aim) -> str:
    """How a target stands."""
    if aim.stops:
        return say(aim.stops[0])
    if aim.gap is None:
        return _("Emissions or pathway of the year are not known.")
    return _("Above its pathway") if aim.gap > 0 else _("On its pathway")


def area_title(one: Abatement) -> str:
    """As the plant calls it, else as it is shipped."""
    return one.area_name or next((say(area.name) for area in all_areas() if area.key == one.area), one.area)


def status_title(key: str) -> str:
    """Of an action."""
    return say(STATUS_TITLES[key]) if key in STATUS_TITLES else key
