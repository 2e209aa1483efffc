"""Ways to 2027 and beyond: renewable electricity by plant, what is missing, targets, and the cheapest next tonnes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.methods import exact_sum
from core.renewables.shares import VIEWS, shown_percent
from core.report.data import exact, tonnes
from core.report.flow import Block, Remark, heading, lead, note
from core.report.group.data import GroupData
from core.report.group.ways import AimSum, PlantPower, Ways
from core.report.style import BODY, SIGNAL, SMALL_CELL
from core.report.table import Column, Row, Table
from core.targets.parts import part_title

TITLE = T("Ways to the targets")
ORDER = 46
PAPER = "wide"
THOUSAND = Decimal(1000)
"""[kWh/MWh]"""
_MOST = 400


def story(data: GroupData, lang: str) -> list[Any]:
    """Four tables; nothing where no plant reports electricity or plans anything."""
    ways = data.contents.ways
    if ways is None or not (ways.plants or ways.aims or ways.next):
        return []
    return [
        lead(data.tr(_opening(ways), lang)),
        *(Remark(data.tr(one, lang), BODY, SIGNAL) for one in ways.notices[:4]),
        heading(data.tr(T("Renewable electricity by plant"), lang), f"power-{lang}"),
        _power(data, ways, lang),
        note(data.tr(T("Shares follow from sums of kilowatt-hours and are rounded down; the three are never added. "
                       "Missing is what a target promises and nothing secures yet."), lang)),
        heading(data.tr(T("Targets added up"), lang), f"aims-{lang}"),
        *_aims(data, ways, lang),
        heading(data.tr(T("Cheapest next tonnes"), lang), f"next-{lang}"),
        *_next(data, ways, lang),
    ]  # fmt: skip


def _opening(ways: Ways) -> Text:
    used = exact_sum(one.used for one in ways.plants)
    share = shown_percent(exact_sum(one.certified for one in ways.plants), used)
    missing = [one for one in ways.plants if one.gap > 0]
    if not missing:
        return T("{percent} % of the electricity is renewable, with certificates; no plant misses what it promises.",
                 percent=_number(share))  # fmt: skip
    return T("{percent} % of the electricity is renewable, with certificates; plants that miss what they promise: "
             "{count}, by {gap} MWh a year together.", percent=_number(share), count=len(missing),
             gap=_number(exact_sum(one.gap for one in missing)))  # fmt: skip


def _power(data: GroupData, ways: Ways, lang: str) -> Table:
    heads = (T("With certificates, %"), T("Physically traced, %"), T("Own generation, %"))
    columns = [
        Column(data.tr(T("Plant"), lang), 1.0, most=3),
        Column("MWh", 62, "right", fixed=True),
        *(Column(data.tr(head, lang), 58, "right", fixed=True) for head in heads),
        Column(data.tr(T("Promised"), lang), 62, "right", fixed=True),
        Column(data.tr(T("Missing, MWh/a"), lang), 62, "right", fixed=True),
        Column(data.tr(T("Against a claim"), lang), 58, "right", fixed=True),
    ]
    ranked = sorted(ways.plants, key=lambda one: (-one.gap, one.plant))
    rows = [Row((one.plant, *_shares((one,)), *_promise(data, one, lang))) for one in ranked[:_MOST]]
    whole = exact_sum(one.gap for one in ways.plants)
    rows.append(Row((data.tr(T("Group"), lang), *_shares(ways.plants), "", _number(whole), ""), "total"))
    return Table(columns, rows, SMALL_CELL, pad=2.4, after=4)


def _shares(plants: tuple[PlantPower, ...]) -> tuple[str, ...]:
    """Sums first: a share of several plants is no average of theirs."""
    used = exact_sum(one.used for one in plants)
    parts = (exact_sum(getattr(one, view) for one in plants) for view in VIEWS)
    return (_number(used / THOUSAND), *(_number(shown_percent(part, used)) for part in parts))


def _promise(data: GroupData, one: PlantPower, lang: str) -> tuple[str, str, str]:
    if one.silent:
        return data.tr(T("says nothing"), lang), "–", "–"
    against = "–" if one.against < 0 else str(one.against)
    if one.promised is None:
        return "–", "–", against
    return f"{exact(one.promised, 1)} % {one.year}", _number(one.gap), against


def _aims(data: GroupData, ways: Ways, lang: str) -> list[Any]:
    if not ways.aims:
        return [Block(data.tr(T("No plant has a target for its emissions."), lang), BODY)]
    columns = [
        Column(data.tr(T("Parts of the emissions"), lang), 1.0, most=4),
        Column(data.tr(T("Target year"), lang), 48, "right", fixed=True),
        Column(data.tr(T("Plants"), lang), 40, "right", fixed=True),
        *(Column(data.tr(head, lang), 78, "right", fixed=True)
          for head in (T("Actual, t CO₂e"), T("Allowed, t CO₂e"), T("In the target year, t CO₂e"))),
    ]  # fmt: skip
    rows = [
        Row((_parts(data, one, lang), str(one.year), str(len(one.plants)), tonnes(one.actual), tonnes(one.allowed),
             tonnes(one.final)))
        for one in ways.aims
        if one.plants
    ]  # fmt: skip
    missed = [
        T("{plant}: “{target}” is stopped: {why}", plant=one.plant, target=one.name, why=one.why)
        if one.why is not None
        else T("{plant}: “{target}” is above its pathway.", plant=one.plant, target=one.name)
        if one.gap is None
        else T("{plant}: “{target}” is above its pathway by {gap} t CO₂e.", plant=one.plant, target=one.name,
               gap=_number(one.gap))
        for one in ways.missed[:_MOST]
    ]  # fmt: skip
    said = T("Tonnes of the year were calculated again by head office; those of base years are what the plants state.")
    table = [Table(columns, rows, SMALL_CELL, pad=2.4, after=4)] if rows else []
    return [*table, *(Block(data.tr(one, lang), BODY) for one in missed), note(data.tr(said, lang))]


def _parts(data: GroupData, one: AimSum, lang: str) -> str:
    return "\n".join(data.tr(part_title(part), lang) for part in one.parts[:4]) + ("\n…" if len(one.parts) > 4 else "")


def _next(data: GroupData, ways: Ways, lang: str) -> list[Any]:
    if not ways.next:
        return [Block(data.tr(T("No plant names an action that is still to be decided, with its cost."), lang), BODY)]
    columns = [
        Column(data.tr(T("Plant"), lang), 1.0, most=3),
        Column(data.tr(T("Action"), lang), 1.4, most=3),
        Column(data.tr(T("Cost of a tonne"), lang), 92, "right", fixed=True),
        Column(data.tr(T("t CO₂e/a"), lang), 74, "right", fixed=True),
    ]
    rows = [
        Row((one.plant, one.action, f"{exact(one.cost, 2)} {one.currency}/t", tonnes(one.tonnes))) for one in ways.next
    ]
    said = T("All actions of all plants save {tonnes} t CO₂e a year, location-based. What earns money is ordered by "
             "net present value; currencies are not converted.", tonnes=_number(ways.total))  # fmt: skip
    return [Table(columns, rows, SMALL_CELL, pad=2.4, after=4), note(data.tr(said, lang))]


def _number(value: Decimal | None) -> str:
    """What is small has more digits, so that nothing missing looks like nothing."""
    if value is None:
        return "–"
    return f"{value:,.1f}" if abs(value) >= 1 or not value else f"{value:,.3f}"
