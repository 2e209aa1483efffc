"""Targets as plain JSON values; numbers as strings without exponent, exact ones rounded to nine decimals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from core.instruments import Judged
from core.library import EXACT
from core.library.rulebook import Ruling
from core.methods import KG, plain
from core.targets.base_year import PlantBaseYear
from core.targets.budget import Budget
from core.targets.coverage import Coverage
from core.targets.credits import CreditLedger
from core.targets.gap import Gap
from core.targets.neutrality import NeutralityJudgement
from core.targets.pathway import Point, decimal_of
from core.targets.rulesets import RuleSet
from core.targets.series import Series
from core.targets.status import TargetsStatus, TargetStatus

Plain = dict[str, object]


def number(value: Fraction | Decimal | None) -> str | None:
    """Nine decimals at most.

    >>> number(Fraction(1, 3)), number(Decimal("1E+2")), number(None)
    ('0.333333333', '100', None)
    """
    if value is None:
        return None
    exact = decimal_of(value) if isinstance(value, Fraction) else value
    return plain(EXACT.quantize(exact, KG))


def status_to_plain(status: TargetsStatus, lang: str = "en") -> Plain:
    """All of it: what ``targets status --json`` prints and a report carries."""
    return {
        "year": status.year,
        "series": series_to_plain(status.series, lang),
        "base_year": None if status.base_year is None else base_year_to_plain(status.base_year, lang),
        "targets": [target_to_plain(one, lang) for one in status.targets],
        "credits": credits_to_plain(status.credits, lang),
        "neutrality": [neutrality_to_plain(one, lang) for one in status.neutrality],
    }


def judged_to_plain(judged: Iterable[Judged], lang: str = "en") -> list[Plain]:
    """Judgements with what to do."""
    return [
        {
            "rule": one.rule,
            "level": one.level,
            "subject": one.subject,
            "message": one.message.in_language(lang),
            "remedy": one.remedy.in_language(lang),
        }
        for one in judged
    ]


def series_to_plain(series: Series, lang: str = "en") -> Plain:
    """Both series by year and part. [t CO2e]"""
    return {
        "valid": "recalculated" if series.recalculated else "original",
        "years": [
            {
                "year": one.year,
                "origin": one.origin,
                "sources": list(one.sources),
                "original_tco2e": _numbers(one.original),
                "recalculated_tco2e": _numbers(one.recalculated),
            }
            for one in series.years
        ],
        "judged": judged_to_plain(series.judged, lang),
    }


def base_year_to_plain(found: PlantBaseYear, lang: str = "en") -> Plain:
    """Base year, triggers and whether it is to be recalculated."""
    return {
        "year": found.policy.year,
        "view": found.view,
        "threshold_percent": number(found.policy.threshold),
        "original_tco2e": number(found.original),
        "recalculated_tco2e": number(found.recalculated),
        "change_percent": number(found.change),
        "waiting_percent": number(found.waiting),
        "due": found.due,
        "triggers": [
            {
                "id": one.record.id,
                "day": one.record.day.isoformat(),
                "trigger": one.record.trigger,
                "description": one.record.description,
                "decision": one.record.decision,
                "decided_by": one.record.decided_by,
                "reason": one.record.reason,
                "counts": one.counts,
                "effect_tco2e": number(one.effect),
                "moved_tco2e": number(one.moved),
            }
            for one in found.triggers
        ],
        "judged": judged_to_plain(found.judged, lang),
    }


def target_to_plain(status: TargetStatus, lang: str = "en") -> Plain:
    """One target with pathway, gap, budget and coverage."""
    target = status.target
    return {
        "id": target.id,
        "name": target.name,
        "kind": target.kind,
        "parts": list(target.parts),
        "base_year": target.base_year,
        "year": target.year,
        "reduction_percent": number(target.reduction),
        "intensity": target.intensity,
        "status": target.status,
        "ruleset": None if status.ruleset is None else ruleset_to_plain(status.ruleset, lang),
        "pathway": points_to_plain(status.points),
        "actual": {str(year): number(value) for year, value in sorted(status.actual.items())},
        "gap": None if status.gap is None else gap_to_plain(status.gap),
        "budget": None if status.budget is None else budget_to_plain(status.budget),
        "coverage": None if status.coverage is None else coverage_to_plain(status.coverage, lang),
        "judged": judged_to_plain(status.judged, lang),
    }


def points_to_plain(points: Iterable[Point]) -> dict[str, str]:
    """A pathway by year."""
    return {str(one.year): number(one.exact) or "" for one in points}


def gap_to_plain(found: Gap) -> Plain:
    """One year against the pathway."""
    return {
        "year": found.year,
        "allowed": number(found.allowed),
        "actual": number(found.actual),
        "gap": number(found.gap),
        "gap_percent": number(found.percent),
        "on_track": found.on_track,
        "reduced_percent": number(found.reduced),
        "achieved_percent": number(found.achieved),
        "required_a_year": number(found.required),
        "required_percent_a_year": number(found.required_rate),
    }


def budget_to_plain(found: Budget) -> Plain:
    """Area, used and left. [t CO2e]"""
    return {
        "first": found.first,
        "last": found.last,
        "area_tco2e": number(found.area),
        "until": found.until,
        "used_tco2e": number(found.used),
        "allowed_tco2e": number(found.allowed),
        "left_tco2e": number(found.left),
        "missing_years": list(found.missing),
        "exhausted_today": found.exhausted_today,
        "exhausted_forecast": found.exhausted_forecast,
    }


def coverage_to_plain(found: Coverage, lang: str = "en") -> Plain:
    """Each check with its source."""
    return {
        "horizon": found.horizon,
        "view": found.view,
        "holds": found.holds,
        "scope3_needed": found.scope3_needed,
        "unknown": list(found.unknown),
        "checks": [
            {
                "key": one.key,
                "title": one.title.in_language(lang),
                "covered_tco2e": number(one.covered),
                "whole_tco2e": number(one.whole),
                "percent": number(one.percent),
                "asked": ruling_to_plain(one.asked, lang),
                "applies": one.applies,
                "holds": one.holds,
                "missing": list(one.missing),
            }
            for one in found.checks
        ],
    }


def credits_to_plain(found: CreditLedger, lang: str = "en") -> list[Plain]:
    """The ledger of credits; never part of an inventory."""
    return [
        {
            "id": entry.credit.id,
            "registry": entry.credit.registry,
            "project": entry.credit.project,
            "kind": entry.credit.kind,
            "country": entry.credit.country,
            "vintage": entry.credit.vintage,
            "serials": entry.credit.serials,
            "quantity_tco2e": number(entry.credit.quantity),
            "retired": entry.credit.retired,
            "beneficiary": entry.credit.beneficiary,
            "year": entry.credit.year,
            "quality": list(entry.credit.quality),
            "counts": entry.counts,
            "judged": judged_to_plain(entry.judged, lang),
        }
        for entry in found.entries
    ]


def neutrality_to_plain(found: NeutralityJudgement, lang: str = "en") -> Plain:
    """What is said, what may be said, and what forbids more."""
    return {
        "id": found.commitment.id,
        "subject": found.commitment.subject,
        "parts": list(found.commitment.parts),
        "year": found.year,
        "stated": found.stated,
        "attainable": found.attainable,
        "holds": found.holds,
        "footprint_tco2e": number(found.footprint),
        "base_tco2e": number(found.base),
        "credits_tco2e": number(found.credits),
        "left_tco2e": number(found.left),
        "judged": judged_to_plain(found.judged, lang),
    }


def ruleset_to_plain(found: RuleSet, lang: str = "en") -> Plain:
    """A rule set with every parameter and its source."""
    return {
        "key": found.key,
        "title": found.title.in_language(lang),
        "version": found.version,
        "source": found.source,
        "status": found.status,
        "parameters": {name: ruling_to_plain(one, lang) for name, one in sorted(found.parameters.items())},
    }


def ruling_to_plain(one: Ruling, lang: str = "en") -> Plain:
    """A parameter with its source; an empty value is not known."""
    return {
        "key": one.key,
        "title": one.title.in_language(lang),
        "value": one.value,
        "unit": one.unit,
        "source": one.source,
        "edition": one.edition,
        "status": one.status,
        "shipped": None if one.original is None else one.original.value,
    }


def _numbers(values: Mapping[str, Decimal]) -> dict[str, str | None]:
    return {key: number(value) for key, value in values.items()}
