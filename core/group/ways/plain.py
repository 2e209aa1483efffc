"""The ways of the group as values for other programs: numbers as strings with all their digits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.group.ways.standing import PlantWay, RollUp, Standing
from core.group.ways.tonnes import Bar, Supply, Tonnes
from core.group.ways.way import Aim, Electricity, Road
from core.methods import plain
from core.renewables.shares import VIEWS


def standing_to_plain(found: Standing, lang: str = "en") -> dict[str, object]:
    """JSON-ready: the group, its plants, who misses what."""
    return {
        "year": found.year,
        "approach": found.approach,
        "holds": found.holds,
        "electricity": _electricity(found.electricity, found),
        "gap_mwh": plain(found.gap),
        "missing": [
            {"plant": one.plant.name, "key": one.plant.key, "year": one.road.year, "percent": plain(one.road.percent),
             "gap_mwh": plain(one.gap), "open_mwh": plain(one.open)}
            for one in found.missing
        ],
        "missed": [{"plant": one.plant.name, "key": one.plant.key, **_aim(one.aim, lang)} for one in found.missed],
        "targets": [rollup_to_plain(one) for one in found.rollups],
        "neutral": [
            {"plant": plant.name, "subject": one.subject, "year": one.year, "stated": one.stated,
             "attainable": one.attainable, "holds": one.holds, "footprint_t": _or_none(one.footprint),
             "credits_t": plain(one.credits)}
            for plant, one in found.neutral
        ],
        "credits_t": plain(found.credits),
        "plants": [_plant(one, lang) for one in found.plants],
        "notices": [one.in_language(lang) for one in found.notices],
    }  # fmt: skip


def rollup_to_plain(one: RollUp) -> dict[str, object]:
    """JSON-ready form of targets added up."""
    return {
        "parts": list(one.parts),
        "year": one.year,
        "plants": [plant.name for plant, _ in one.aims],
        "without": list(one.without),
        "actual_t": plain(one.actual),
        "allowed_t": plain(one.allowed),
        "gap_t": plain(one.gap),
        "base_t": plain(one.base),
        "final_t": plain(one.final),
        "pathway_t": _series(one.pathway),
        "forecast_t": _series(one.forecast),
    }


def tonnes_to_plain(found: Tonnes, supplies: Iterable[Supply] = ()) -> dict[str, object]:
    """JSON-ready form of the curves, and of what electricity could be had."""
    return {
        "view": found.view,
        "total_t": plain(found.total),
        "curves": [
            {"currency": one.currency, "total_t": plain(one.total), "bars": [_bar(bar) for bar in one.bars]}
            for one in found.curves
        ],
        "beside": [_bar(one) for one in found.beside],
        "supply": [
            {"plant": one.plant.name, "name": one.offer.name, "kind": one.offer.kind,
             "first_year": one.offer.first_year, "mwh": plain(one.quantity), "cost_per_mwh": _or_none(one.offer.cost),
             "currency": one.offer.currency}
            for one in supplies
        ],
    }  # fmt: skip


def _plant(one: PlantWay, lang: str) -> dict[str, object]:
    way = one.way
    return {
        "key": one.key,
        "name": one.name,
        "country": one.country,
        "sha256": one.filed.sha256,
        "counts_with": plain(one.weight),
        "says_nothing": one.silent,
        "electricity": _electricity(one.electricity, one),
        "claim": None if way.claim is None else {
            "percent": plain(way.claim.percent),
            "holds": way.claim.holds,
            "open": [{"message": said.message.in_language(lang), "remedy": said.remedy.in_language(lang)}
                     for said in way.claim.open],
        },
        "road": None if way.road is None else _road(way.road),
        "targets": [_aim(aim, lang) for aim in way.aims],
    }  # fmt: skip


def _electricity(one: Electricity, shown: PlantWay | Standing) -> dict[str, object]:
    made: dict[str, object] = {"used_kwh": plain(one.used)}
    for view in VIEWS:
        made[f"{view}_kwh"] = plain(one.kwh(view))
        made[f"{view}_percent"] = _or_none(shown.shown(view))
    return made


def _road(one: Road) -> dict[str, object]:
    return {
        "promised": one.promised,
        "year": one.year,
        "percent": plain(one.percent),
        "use_mwh": plain(one.use),
        "secured_mwh": plain(one.secured),
        "gap_mwh": plain(one.gap),
        "open_mwh": plain(one.open),
        "cost": plain(one.cost),
        "currency": one.currency,
    }


def _aim(one: Aim, lang: str) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "parts": list(one.parts),
        "year": one.year,
        "reduction_percent": plain(one.reduction),
        "intensity": one.intensity or None,
        "at": one.at or None,
        "actual": _or_none(one.actual),
        "allowed": _or_none(one.allowed),
        "gap": _or_none(one.gap),
        "missed": one.missed,
        "stops": [said.in_language(lang) for said in one.stops],
    }


def _bar(one: Bar) -> dict[str, object]:
    return {
        "plant": one.plant.name,
        "action": one.action.name,
        "id": one.action.id,
        "area": one.action.area,
        "part": one.action.part,
        "status": one.action.status,
        "tonnes": plain(one.tonnes),
        "cost_per_t": _or_none(one.cost),
        "npv": _or_none(one.npv),
        "currency": one.action.currency or None,
        "next": one.next,
    }


def _series(found: Mapping[int, Decimal]) -> dict[str, str]:
    return {str(year): plain(value) for year, value in found.items()}


def _or_none(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
