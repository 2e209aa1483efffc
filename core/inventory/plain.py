"""An inventory as plain JSON values: what ``inventory --json`` prints and what a signed report carries."""

from __future__ import annotations

from collections.abc import Iterable

from core.inventory.compile import Excluded, Inventory
from core.library import GASES
from core.methods import AppliedFactor, Finding, Line, plain

REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")


def inventory_to_plain(inventory: Inventory, findings: Iterable[Finding], lang: str = "en") -> dict[str, object]:
    """JSON-ready inventory; decimals as strings without exponent."""
    totals = inventory.totals
    return {
        "plant": inventory.plant.name,
        "country": inventory.plant.country,
        "region": inventory.plant.region,
        "period": {
            "start": inventory.choices.period.start.isoformat(),
            "end": inventory.choices.period.end.isoformat(),
        },
        "gwp_set": inventory.choices.gwp_set,
        "policy": inventory.choices.policy,
        "totals_tco2e": {scope: plain(totals.scopes[scope]) for scope in REPORTED},
        "categories_tco2e": {str(key): plain(value) for key, value in totals.categories.items()},
        "exported_tco2e": plain(totals.scopes["exported"]),
        "biogenic_tco2": plain(totals.biogenic),
        "outside_basket_tco2e": plain(totals.other),
        "avoided_tco2e": plain(totals.avoided),
        "gases_tco2e": {gas: plain(totals.gases[gas]) for gas in GASES},
        "gases_market_tco2e": {gas: plain(totals.gases_market[gas]) for gas in GASES},
        "lines": _lines(inventory.lines, lang),
        "findings": [finding_to_plain(f, lang) for f in findings],
        "excluded": [_excluded(e, lang) for e in inventory.excluded],
    }


def _lines(lines: Iterable[Line], lang: str) -> list[dict[str, object]]:
    """All lines; a thousand of them share one factor, which is written once."""
    factors: dict[int, tuple[AppliedFactor, dict[str, object]]] = {}
    found = []
    for line in lines:
        known = factors.get(id(line.factor))
        if known is None:
            known = factors[id(line.factor)] = (line.factor, factor_to_plain(line.factor, lang))
        found.append(line_to_plain(line, lang, {**known[1], "parts": list(line.factor.parts)}))
    return found


def line_to_plain(line: Line, lang: str = "en", factor: dict[str, object] | None = None) -> dict[str, object]:
    """One line with its frozen factor, which may have been written before, and trace."""
    activity = line.activity
    return {
        "id": line.id,
        "activity": activity.id,
        "source": activity.source,
        "method": activity.method,
        "item": activity.item,
        "scope": line.scope,
        "category": line.category,
        "start": line.portion.start.isoformat(),
        "end": line.portion.end.isoformat(),
        "quantity": plain(line.portion.quantity),
        "unit": activity.unit,
        "estimated": activity.estimated,
        "evidence": activity.evidence,
        "parameters": dict(activity.parameters),
        "kg": {gas: plain(kg) for gas, kg in line.kg.items()},
        "amounts": [
            {"gas": a.gas, "species": a.species, "kg": plain(a.kg), "gwp": plain(a.gwp), "tco2e": plain(a.tco2e)}
            for a in line.amounts
        ],
        "tco2e": plain(line.tco2e),
        "factor": factor_to_plain(line.factor, lang) if factor is None else factor,
        "trace": [
            {"what": s.what.in_language(lang), "formula": s.formula, "result": plain(s.result), "unit": s.unit}
            for s in line.trace
        ],
    }


def factor_to_plain(factor: AppliedFactor, lang: str = "en") -> dict[str, object]:
    """The applied factor with its citation."""
    return {
        "key": factor.key,
        "value": plain(factor.value),
        "unit": factor.unit,
        "publisher": factor.publisher,
        "edition": factor.edition,
        "year": factor.year,
        "place": factor.place,
        "title": factor.title.in_language(lang),
        "licence": factor.licence,
        "status": factor.status,
        "region": factor.region,
        "parts": list(factor.parts),
        "lower": None if factor.lower is None else plain(factor.lower),
        "upper": None if factor.upper is None else plain(factor.upper),
    }


def finding_to_plain(finding: Finding, lang: str = "en") -> dict[str, object]:
    """A finding as one object."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message.in_language(lang),
        "remedy": finding.remedy.in_language(lang),
        "dismissed": finding.dismissed,
    }


def _excluded(excluded: Excluded, lang: str) -> dict[str, object]:
    activity = excluded.portion.activity
    return {
        "id": activity.id,
        "source": activity.source,
        "method": activity.method,
        "item": activity.item,
        "start": excluded.portion.start.isoformat(),
        "end": excluded.portion.end.isoformat(),
        "quantity": plain(excluded.portion.quantity),
        "unit": activity.unit,
        "reason": excluded.finding.message.in_language(lang),
    }
