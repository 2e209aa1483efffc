"""Actions as plain values for other programs: numbers as strings with all their digits."""

from __future__ import annotations

from decimal import Decimal

from core.actions.choosing import Selection
from core.actions.curve import Curve
from core.actions.measured import Followed
from core.actions.timeline import Timeline
from core.instruments import Judged
from core.methods import plain


def curve_to_plain(curve: Curve, lang: str = "en") -> dict[str, object]:
    """The abatement cost curve from left to right."""
    return {
        "year": curve.year,
        "view": curve.view,
        "currency": curve.currency,
        "total_t": plain(curve.total),
        "bars": [
            {
                "action": bar.action.id,
                "name": bar.action.name,
                "area": bar.action.area,
                "status": bar.action.status,
                "tonnes": plain(bar.tonnes),
                "yearly_cost": plain(bar.yearly),
                "npv": plain(bar.npv),
                "cost_per_tonne": _or_none(bar.cost),
                "reason": "" if bar.reason is None else bar.reason.in_language(lang),
            }
            for bar in curve.bars
        ],
        "beside": [
            {"action": one.action.id, "name": one.action.name, "reason": one.reason.in_language(lang)}
            for one in curve.beside
        ],
        "notes": [note.in_language(lang) for note in curve.notes],
    }


def selection_to_plain(found: Selection, lang: str = "en") -> dict[str, object]:
    """What to do with a budget."""
    return {
        "chosen": [{"action": one.id, "name": one.name, "capex": plain(one.capex)} for one in found.chosen],
        "tonnes": plain(found.tonnes),
        "cost": plain(found.cost),
        "left": plain(found.left),
        "yearly_cost": plain(found.yearly),
        "currency": found.currency,
        "exact": found.exact,
        "bound_t": plain(found.bound),
        "notes": [note.in_language(lang) for note in found.notes],
    }


def timeline_to_plain(found: Timeline, lang: str = "en") -> list[dict[str, object]]:
    """Rows with their milestones."""
    return [
        {
            "action": row.action.id,
            "name": row.action.name,
            "area": row.area.key,
            "area_name": row.area.name.in_language(lang),
            "owner": row.action.owner,
            "status": row.action.status,
            "begin": row.begin.isoformat(),
            "start": row.start.isoformat(),
            "full": row.full.isoformat(),
            "end": row.end.isoformat(),
            "reached_percent": _or_none(row.reached),
            "milestones": [
                {"id": mark.milestone.id, "name": mark.milestone.name, "day": mark.day.isoformat(), "state": mark.state}
                for mark in row.marks
            ],
        }
        for row in found.rows
    ]


def followed_to_plain(found: tuple[Followed, ...], lang: str = "en") -> list[dict[str, object]]:
    """Planned against measured."""
    return [
        {
            "action": one.action.id,
            "name": one.action.name,
            "measure": one.action.measure,
            "state": one.state,
            "text": one.text.in_language(lang),
            "percent": _or_none(one.percent),
            "reason": "" if one.reason is None else one.reason.in_language(lang),
            "years": [
                {
                    "year": year.year,
                    "planned_kwh": plain(year.planned_kwh),
                    "measured_kwh": plain(year.measured_kwh),
                    "planned_t": plain(year.planned_tonnes),
                    "measured_t": plain(year.measured_tonnes),
                }
                for year in one.years
            ],
        }
        for one in found
    ]


def judged_to_plain(found: tuple[Judged, ...], lang: str = "en") -> list[dict[str, str]]:
    """What is missing or wrong."""
    return [
        {
            "rule": one.rule,
            "level": one.level,
            "action": one.subject,
            "message": one.message.in_language(lang),
            "remedy": one.remedy.in_language(lang),
        }
        for one in found
    ]


def _or_none(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
