"""Savings as plain values for other programs: numbers as strings with all their digits."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Localised, Text
from core.methods import AppliedFactor, TraceStep, plain
from core.savings._sums import Overlap, Savings, Unclear, YearSum
from core.savings._types import (
    NEVER_SUBTRACTED,
    BesideLine,
    Finance,
    Regression,
    SavedLine,
    Saving,
    SavingYear,
    Uncertainty,
)


def savings_to_plain(found: Savings, lang: str) -> dict[str, object]:
    """JSON-ready; sentences in one language.

    Parameters
    ----------
    found
        all measures.
    lang
        ``en`` or ``zh``.
    """
    return {
        "memo": _say(NEVER_SUBTRACTED, lang),
        "years": [_sum(one) for one in found.years],
        "measures": [saving_to_plain(one, lang) for one in found.savings],
        "unclear": [_unclear(one, lang) for one in found.unclear],
        "overlaps": [_overlap(one, lang) for one in found.overlaps],
    }


def saving_to_plain(one: Saving, lang: str) -> dict[str, object]:
    """One measure."""
    measure, effect = one.measure, one.effect
    return {
        "id": measure.id,
        "name": measure.name,
        "kind": measure.kind,
        "item": measure.item,
        "start": measure.start.isoformat(),
        "end": measure.end.isoformat(),
        "parameters": dict(measure.parameters),
        "table": measure.data,
        "evidence": list(measure.evidence),
        "source": one.kind.source,
        "ipmvp_option": effect.option,
        "currency": one.currency,
        "total": {"kwh": plain(one.kwh), "tco2e": plain(one.tonnes), "money": plain(one.money)},
        "years": [_year(year, lang) for year in one.years],
        "finance": None if one.finance is None else _finance(one.finance),
        "uncertainty": None if effect.uncertainty is None else _uncertainty(effect.uncertainty, lang),
        "regression": None if effect.regression is None else _regression(effect.regression, lang),
        "steps": [_step(step, lang) for step in effect.steps],
        "assumptions": [_say(text, lang) for text in effect.assumptions],
        "left_out": [_say(text, lang) for text in effect.left_out],
        "warnings": [_say(text, lang) for text in one.warnings],
        "notes": [_say(text, lang) for text in one.notes],
    }


def _say(text: Localised, lang: str) -> str:
    return text.in_language(lang)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _sum(one: YearSum) -> dict[str, object]:
    return {
        "year": one.year,
        "kwh": plain(one.kwh),
        "tco2e": plain(one.tonnes),
        "money": {currency: plain(money) for currency, money in one.money},
        "kinds": {key: {"kwh": plain(kwh), "tco2e": plain(tonnes)} for key, kwh, tonnes in one.kinds},
        "beside_tco2e": plain(one.beside),
    }


def _year(one: SavingYear, lang: str) -> dict[str, object]:
    return {
        "year": one.year,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "kwh": plain(one.kwh),
        "tco2e": plain(one.tonnes),
        "money": plain(one.money),
        "lines": [_line(line, lang) for line in one.lines],
        "beside": [_beside(line, lang) for line in one.beside],
        "months": {f"{day:%Y-%m}": plain(kwh) for day, kwh in one.months},
    }


def _line(one: SavedLine, lang: str) -> dict[str, object]:
    return {
        "role": _say(one.flow.role, lang),
        "item": one.flow.item,
        "unit": one.flow.unit,
        "before": plain(one.amounts.before),
        "after": plain(one.amounts.after),
        "saved": plain(one.amounts.saved),
        "kwh": _number(one.kwh),
        "tco2e": _number(one.tonnes),
        "money": _number(one.money),
        "factor": None if one.factor is None else _factor(one.factor, lang),
        "reason": "" if one.reason is None else _say(one.reason, lang),
    }


def _beside(one: BesideLine, lang: str) -> dict[str, object]:
    return {
        "role": _say(one.beside.flow.role, lang),
        "item": one.beside.flow.item,
        "unit": one.beside.flow.unit,
        "amount": plain(one.amount),
        "tco2e": _number(one.tonnes),
        "factor": None if one.factor is None else _factor(one.factor, lang),
    }


def _factor(one: AppliedFactor, lang: str) -> dict[str, object]:
    return {
        "key": one.key,
        "value": plain(one.value),
        "unit": one.unit,
        "year": one.year,
        "region": one.region,
        "publisher": one.publisher,
        "title": _say(one.title, lang),
        "place": one.place,
    }


def _step(one: TraceStep, lang: str) -> dict[str, str]:
    return {"what": _say(one.what, lang), "formula": one.formula, "result": plain(one.result), "unit": one.unit}


def _finance(one: Finance) -> dict[str, object]:
    return {
        "capex": plain(one.capex),
        "yearly": plain(one.yearly),
        "opex": plain(one.opex),
        "life_years": one.life,
        "discount_rate_percent": _number(one.rate),
        "flows": [plain(flow) for flow in one.flows],
        "npv": _number(one.npv),
        "irr_percent": [plain(root) for root in one.irr],
        "irr_roots": len(one.irr),
        "payback_years": _number(one.payback),
        "discounted_payback_years": _number(one.discounted_payback),
    }


def _uncertainty(one: Uncertainty, lang: str) -> dict[str, object]:
    return {
        "percent": _number(one.percent),
        "amount": _number(one.amount),
        "confidence_percent": plain(one.confidence),
        "basis": _say(one.basis, lang),
    }


def _regression(one: Regression, lang: str) -> dict[str, object]:
    return {
        "model": one.model,
        "unit": one.unit,
        "n": one.n,
        "m": one.m,
        "p": one.p,
        "r2": plain(one.r2),
        "cv_rmse_percent": plain(one.cv_rmse),
        "nmbe_percent_n_minus_p": plain(one.nmbe_np),
        "nmbe_percent_n": plain(one.nmbe_n),
        "autocorrelation": plain(one.autocorrelation),
        "effective_periods": plain(one.effective),
        "within_ashrae_14": one.within,
        "coefficients": [
            {
                "key": each.key,
                "name": _say(each.title, lang),
                "value": plain(each.value),
                "unit": each.unit,
                "standard_error": _number(each.error),
                "t": _number(each.t),
            }
            for each in one.coefficients
        ],
    }


def _unclear(one: Unclear, lang: str) -> dict[str, str]:
    remedy: Text | None = one.error.remedy
    return {
        "id": one.measure.id,
        "name": one.measure.name,
        "reason": _say(one.error.message, lang),
        "remedy": "" if remedy is None else _say(remedy, lang),
    }


def _overlap(one: Overlap, lang: str) -> dict[str, object]:
    return {
        "measures": [measure.id for measure in one.measures],
        "message": _say(one.message, lang),
        "remedy": _say(one.remedy, lang),
    }
