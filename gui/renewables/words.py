"""Words and numbers that the tabs share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal

from core.i18n import T, Text, show_number
from core.instruments import Judged
from core.ledger import Ledger
from core.renewables import words as said
from core.renewables.parts import CONTRACTS, LINE, NUCLEAR, OWN_PART, UNCOVERED, UNTITLED
from gui.language import say
from gui.notices import Level
from gui.theme import tokens
from gui.wording import minus

LEVELS: dict[str, tuple[Level, Text]] = {
    "stop": ("bad", T("Stop")),
    "warning": ("warning", T("Warning")),
    "info": ("info", T("Note")),
}
"""How a judgement is marked, and its word."""
OK = T("In order")
VIEWS: dict[str, tuple[Text, Text]] = {view: (name, said.MEANT[view]) for view, name in said.VIEWS.items()}
"""Name and meaning of the three shares."""
PARTS = said.PARTS
ALLOCATION, INSTRUMENTS, RULES, WAY, HOURLY, OVERVIEW = (
    "allocation", "instruments", "rules", "way", "hourly", "overview",
)  # fmt: skip
"""Tabs of the page, as places to go to."""
_BY_RULE = {
    "denominator": "activity", "months_missing": "activity", "records_excluded": "activity",
    "use_estimated": "activity", "own_attributes": "solar", "main_meters": "meters", "findings_open": "findings",
    "one_market": INSTRUMENTS, "nuclear_apart": INSTRUMENTS, "instruments_open": INSTRUMENTS,
}  # fmt: skip
"""Where to go for a judgement that names no record."""


TEN, _LEAST = Decimal(10), Decimal("0.001")
"""[MWh] From which on one decimal is enough, and the least that is shown as a number."""


def part_colours() -> dict[str, str]:
    """Of the parts of a bar; what is missing is grey."""
    series = tokens().series
    return {
        OWN_PART: series[1], LINE: series[3], CONTRACTS: series[0], NUCLEAR: series[4], UNTITLED: series[2],
        UNCOVERED: tokens().edge,
    }  # fmt: skip


def place_of(judged: Judged, ledger: Ledger) -> tuple[str, object]:
    """The page or tab where something can be done about a judgement, and what to show there."""
    subject = judged.subject
    if ledger.get("activity", subject) is not None:
        return "activity", subject
    if ledger.get("instrument", subject) is not None:
        return INSTRUMENTS, subject
    if ledger.get("allocation", subject) is not None:
        return ALLOCATION, subject
    return _BY_RULE.get(judged.rule, ALLOCATION), None


def worst(judged: Iterable[Judged]) -> str:
    """``stop``, ``warning``, or ``ok``: a note is no reason to look."""
    levels = {one.level for one in judged}
    return next((level for level in ("stop", "warning") if level in levels), "ok")


def worst_words(level: str) -> str:
    """The same in words."""
    return say(LEVELS[level][1]) if level in LEVELS else say(OK)


def shown_share(value: Decimal | None) -> str:
    """Already rounded down; a dash where nothing was used. [%]"""
    return "–" if value is None else show_number(value, 1)


def mwh(value: Decimal) -> str:
    """Megawatt-hours for reading; what is there is never shown as nothing. [MWh]"""
    if not value:
        return "0"
    if 0 < value < _LEAST:
        return f"< {_LEAST}"
    return minus(show_number(value, 1 if abs(value) >= TEN else 3))


def mwh_down(kwh: Decimal) -> str:
    """Kilowatt-hours as megawatt-hours, rounded down: a part never looks like the whole."""
    value = kwh / 1000
    places = Decimal("0.1") if value >= TEN else _LEAST
    return show_number(value.quantize(places, ROUND_FLOOR), 1 if value >= TEN else 3) if kwh else "0"


def money(value: Decimal, currency: str) -> str:
    """An amount with its currency."""
    return f"{minus(show_number(value, 0 if abs(value) >= 1000 else 2))} {currency}".rstrip()
