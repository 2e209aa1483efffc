"""The group as head office has it: companies, who holds what from when to when, plants."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text, verbatim
from core.ledger import Company, Register, Site, Stake
from core.report.data import APPROACH_NAMES, exact
from core.report.flow import Block, heading, lead, note
from core.report.group.data import GroupData
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("The group and its boundary")
ORDER = 65
_FINANCIAL: dict[str, Text] = {"full": T("full"), "joint": T("joint"), "none": T("none")}


def story(data: GroupData, lang: str) -> list[Any]:
    """Approach, stakes, plants."""
    register = data.package.register
    approach = APPROACH_NAMES.get(data.contents.approach, verbatim(data.contents.approach))
    counts = T("Companies: {companies}; plants: {plants}; stakes: {stakes}", companies=len(register.held(Company)),
               plants=len(register.held(Site)), stakes=len(register.held(Stake)))  # fmt: skip
    return [
        lead(data.tr(T("Consolidated by: {approach}.", approach=approach), lang)),
        Block(data.tr(counts, lang), BODY),
        *_stakes(data, register, lang),
        *_plants(data, register, lang),
        note(data.tr(T("A plant about whose holders nothing is said belongs to the group wholly. Bought or sold within "
                       "a month, it counts for the days of the month on which it is held."), lang)),
    ]  # fmt: skip


def _stakes(data: GroupData, register: Register, lang: str) -> list[Any]:
    held = sorted(register.held(Stake), key=lambda one: (one.held, one.start, one.id))
    if not held:
        return []
    columns = [
        Column(data.tr(T("Holder"), lang), 1.0, most=6),
        Column(data.tr(T("Company or plant held"), lang), 1.0, most=6),
        Column("%", 36, "right", fixed=True),
        Column(data.tr(T("Operational control"), lang), 52, fixed=True),
        Column(data.tr(T("Financial control"), lang), 44, fixed=True),
        Column(data.tr(T("From"), lang), 44, fixed=True),
        Column(data.tr(T("To"), lang), 44, fixed=True),
        Column(data.tr(T("Reason"), lang), 0.9, most=4),
    ]
    rows = [
        Row((_name(data, one.holder, lang), _name(data, one.held, lang), exact(one.percent, 2),
             data.tr(T("yes") if one.operational else T("no"), lang),
             data.tr(_FINANCIAL.get(one.financial, verbatim(one.financial)), lang), one.start or "–", one.end or "–",
             one.reason))
        for one in held
    ]  # fmt: skip
    return [
        heading(data.tr(T("Who holds and controls"), lang), f"stakes-{lang}"),
        Table(columns, rows, SMALL_CELL, pad=2.4),
    ]


def _plants(data: GroupData, register: Register, lang: str) -> list[Any]:
    sites = sorted(register.held(Site), key=lambda one: (one.country, one.name))
    if not sites:
        return []
    columns = [
        Column(data.tr(T("Plant"), lang), 1.2, most=3),
        Column(data.tr(T("Country"), lang), 34, fixed=True),
        Column(data.tr(T("Business"), lang), 0.8, most=3),
        Column(data.tr(T("Opened"), lang), 52, fixed=True),
        Column(data.tr(T("Closed down"), lang), 52, fixed=True),
        Column(data.tr(T("Counted in {year} with", year=data.year), lang), 74, "right", fixed=True),
        Column(data.tr(T("Also reported as"), lang), 1.0, most=4),
    ]
    counted = {plant.key: plant for plant in data.plants}
    rows = [
        Row((one.name, one.country, one.business, one.opened or "–", one.closed or "–",
             data.share(counted[one.id]) if one.id in counted else "–", ", ".join(one.reported_as)))
        for one in sites
    ]  # fmt: skip
    return [heading(data.tr(T("Plants"), lang), f"sites-{lang}"), Table(columns, rows, SMALL_CELL, pad=2.4)]


def _name(data: GroupData, key: str, lang: str) -> str:
    if key == "group":
        return data.group.name or data.tr(T("Group"), lang)
    found = data.package.register.get("company", key) or data.package.register.get("site", key)
    return found.name if isinstance(found, Company | Site) else key
