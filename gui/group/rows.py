"""The tonnes of the group laid out by one dimension: rows of the table and bars of the chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.group.year.consolidated import Consolidated
from core.i18n import T, Text, show_month
from core.inventory.views.titles import CATEGORY_TITLES
from core.library import EXACT
from core.methods import exact_sum, plain
from gui.chart_data import BarData, Series
from gui.group.asking import share_of
from gui.language import _, language, say
from gui.tables.table import Column
from gui.theme import tokens
from gui.wording import GASES, SCOPES, TONNES, region_name, shown_percent, signed_percent, tonnes

ZERO = Decimal(0)
VIEWS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "location": (T("Scope 2 location-based"), ("scope1", "scope2_location", "scope3")),
    "market": (T("Scope 2 market-based"), ("scope1", "scope2_market", "scope3")),
}
"""Words and scopes of a total."""
DIMENSIONS: dict[str, Text] = {
    "plant": T("Plants"),
    "scope": T("Scopes"),
    "gas": T("Gases"),
    "country": T("Countries"),
    "company": T("Companies"),
    "business": T("Businesses"),
    "month": T("Months"),
    "category": T("Categories of scope 3"),
    "source": T("Emission sources"),
}
"""What tonnes can be laid out by, in the words of the list."""
SINGULAR: dict[str, Text] = {
    "plant": T("Plant"),
    "scope": T("Scope"),
    "gas": T("Gas"),
    "country": T("Country"),
    "company": T("Company"),
    "business": T("Business"),
    "month": T("Month"),
    "category": T("Category"),
    "source": T("Emission source"),
}
REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")
MOST_BARS = 12
"""Drawn; the rest is one bar, and the table has them all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row: a plant, a month, a gas."""

    id: str
    title: str
    tonnes: Decimal
    """In the view. [t CO2e]"""
    share: Decimal | None
    """Of the total of the view. None: a memo, or there is no total. [%]"""
    scopes: Mapping[str, Decimal]
    """By scope. [t CO2e]"""
    moved: Decimal | None = None
    """Change of a plant on the year before; None where nothing is known of it. [%]"""


NO_MOVES: Mapping[str, Decimal | None] = {}


def parts_of(
    found: Consolidated, dimension: str, view: str, moves: Mapping[str, Decimal | None] = NO_MOVES
) -> tuple[Part, ...]:
    """The rows of a dimension: months in their order, scopes in theirs, everything else the largest first."""
    total = found.total(view)
    if dimension == "scope":
        return tuple(_scope_part(key, value, view, total) for key, value in found.by("scope").items() if value)
    whole = found.by(dimension, view)
    cross: dict[str, dict[str, Decimal]] = {}
    for (key, scope), value in found.cross(dimension, "scope").items():
        cross.setdefault(key, {})[scope] = value
    rows = [
        Part(key, title_of(found, dimension, key), value, share_of(value, total), cross.get(key, {}), moves.get(key))
        for key, value in whole.items()
    ]
    return tuple(rows if dimension == "month" else sorted(rows, key=lambda r: (-r.tonnes, r.title)))


def _scope_part(key: str, value: Decimal, view: str, total: Decimal) -> Part:
    counts = key in VIEWS[view][1]
    return Part(key, say(SCOPES[key]), value, share_of(value, total) if counts else None, {key: value})


def title_of(found: Consolidated, dimension: str, key: str) -> str:
    """What a key is called."""
    if dimension == "scope":
        return say(SCOPES[key])
    if dimension == "gas":
        return GASES.get(key, key)
    if dimension == "country":
        return region_name(key)
    if dimension == "business":
        return key or _("No business entered")
    if dimension == "month":
        return _month(key)
    if dimension == "category":
        number = int(key)
        return f"{number}. {say(CATEGORY_TITLES[number])}" if number in CATEGORY_TITLES else _("No category")
    return found.title(key)


def _month(key: str) -> str:
    return show_month(date(int(key[:4]), int(key[5:7]), 1), language())


# ---------------------------------------------------------------------- table


def part_columns(dimension: str) -> list[Column[Part]]:
    """Name, total, share, and the scopes beside each other."""
    columns: list[Column[Part]] = [
        Column("title", say(SINGULAR[dimension]), lambda p: p.title, width=24, stretch=True),
        _amount("tonnes", _("Total"), lambda p: p.tonnes),
        Column("share", _("Share"), lambda p: shown_percent(p.share), "%", "right", _share, _share_plain, width=8),
    ]
    if dimension == "plant":
        columns.append(Column("moved", _("Year on year"), lambda p: signed_percent(p.moved), "%", "right",
                              lambda p: (p.moved is not None, p.moved or ZERO), width=8))  # fmt: skip
    if dimension not in ("scope", "category"):
        columns += [_amount(scope, say(SCOPES[scope]), _of(scope), hidden=True) for scope in REPORTED]
    return columns


def _share(part: Part) -> Decimal:
    return ZERO if part.share is None else part.share


def _share_plain(part: Part) -> str:
    return "" if part.share is None else plain(EXACT.quantize(part.share, Decimal("0.000001")))


def _of(scope: str) -> Callable[[Part], Decimal]:
    return lambda part: part.scopes.get(scope, ZERO)


def _amount(key: str, title: str, value: Callable[[Part], Decimal], *, hidden: bool = False) -> Column[Part]:
    return Column(key, title, lambda p: tonnes(value(p)), TONNES, "right", value, lambda p: plain(value(p)), width=12,
                  hidden=hidden)  # fmt: skip


# ---------------------------------------------------------------------- chart


def bars_of(rows: Sequence[Part], dimension: str, view: str) -> BarData:
    """Bars of the rows, one colour for each scope; months stand, everything else lies."""
    if dimension == "scope":
        rows = [row for row in rows if row.id in VIEWS[view][1]]
    shown, rest = list(rows), []
    if dimension != "month" and len(rows) > MOST_BARS:
        shown, rest = shown[: MOST_BARS - 1], shown[MOST_BARS - 1 :]
    names = [row.title for row in shown]
    if rest:
        names.append(_("Others ({count})", count=len(rest)))
    made = []
    for scope in ("",) if dimension in ("scope", "category") else VIEWS[view][1]:
        values = [_value(row, scope) for row in shown]
        if rest:
            values.append(exact_sum(_value(row, scope) for row in rest))
        if any(values):
            name = say(SCOPES[scope]) if scope else _("Emissions")
            made.append(Series(name, tuple(values), tokens().series[COLOURS.get(scope, 0)]))
    title = _("Emissions by {what}", what=say(SINGULAR[dimension]).lower())
    return BarData(title, tuple(names), tuple(made), TONNES, _("Emissions"), lying=dimension != "month")


COLOURS = {"scope1": 0, "scope2_location": 1, "scope2_market": 1, "scope3": 2}
"""Places of the theme; both kinds of scope 2 have one colour, for they never stand together."""


def _value(row: Part, scope: str) -> Decimal:
    return row.scopes.get(scope, ZERO) if scope else row.tonnes
