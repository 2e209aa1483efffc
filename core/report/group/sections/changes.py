"""Why the total changed: a waterfall of causes, and which plants they belong to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.report.data import signed_tonnes, tonnes
from core.report.flow import Block, Gap, headed, heading, lead
from core.report.group.data import ZERO, GroupData, change_of
from core.report.group.package import Changes
from core.report.style import BODY, SMALL_CELL, WIDTH
from core.report.table import Column, Row, Table
from core.report.waterfall import cut, levels, waterfall

TITLE = T("Why it changed")
ORDER = 45
_MOST = 40


def story(data: GroupData, lang: str) -> list[Any]:
    """Nothing when there is no year to compare with."""
    found = data.contents.changes
    if found is None:
        return []
    opening = T(
        "From {before_year} to {year}, the location-based total changed by {change}: from {before} to {after}.",
        before_year=str(found.before_year),
        year=data.year,
        change=change_of(found.before, found.after),
        before=signed_tonnes(found.before),
        after=signed_tonnes(found.after),
    )
    changes = [(data.tr(one.title, lang), one.tonnes) for one in found.causes if one.tonnes]
    chart = waterfall((str(found.before_year), found.before), changes, (data.year, found.after), WIDTH,
                      data.tr(_axis(found), lang))  # fmt: skip
    return [
        lead(data.tr(opening, lang)),
        *headed(data.tr(T("By cause"), lang), f"causes-{lang}", chart),
        Gap(4),
        *_plants(data, found, lang),
        *(Block(f"–\u2002{data.tr(one, lang)}", BODY.but(after=3)) for one in found.notes),
    ]


def _axis(found: Changes) -> Text:
    zero = cut([*levels(found.before, [one.tonnes for one in found.causes]), found.after])
    if zero:
        return T("Emissions, location-based, t CO2e; the axis begins at {zero}", zero=zero)
    return T("Emissions, location-based, t CO2e")


def _plants(data: GroupData, found: Changes, lang: str) -> list[Any]:
    """The largest changes one by one; what is left is one row."""
    if not found.plants:
        return []
    ordered = sorted(found.plants, key=lambda one: (-abs(one.after - one.before), one.name))
    keys = [one for one in found.causes if any(plant.causes.get(one.key) for plant in found.plants)]
    columns = [
        Column(data.tr(T("Plant"), lang), 1.0, most=3),
        Column(str(found.before_year), 62, "right", fixed=True),
        *(Column(data.tr(one.title, lang), 48, "right", fixed=True) for one in keys),
        Column(data.year, 62, "right", fixed=True),
    ]
    rows = [
        Row((one.name, tonnes(one.before), *(_shown(one.causes.get(key.key, ZERO)) for key in keys), tonnes(one.after)))
        for one in ordered[:_MOST]
    ]
    if rest := ordered[_MOST:]:
        sums = [sum((one.causes.get(key.key, ZERO) for one in rest), ZERO) for key in keys]
        rows.append(Row((
            data.tr(T("{count} others together", count=len(rest)), lang), tonnes(sum((o.before for o in rest), ZERO)),
            *map(_shown, sums), tonnes(sum((o.after for o in rest), ZERO)),
        )))  # fmt: skip
    whole = [sum((one.causes.get(key.key, ZERO) for one in ordered), ZERO) for key in keys]
    rows.append(Row((
        data.tr(T("Group"), lang), tonnes(sum((o.before for o in ordered), ZERO)), *map(_shown, whole),
        tonnes(sum((o.after for o in ordered), ZERO)),
    ), "total"))  # fmt: skip
    return [heading(data.tr(T("By plant, t CO2e"), lang), f"plants-{lang}"), Table(columns, rows, SMALL_CELL, pad=2.4)]


def _shown(value: Decimal) -> str:
    if not value:
        return "–"
    return f"+{tonnes(value)}" if value > 0 else tonnes(value)
