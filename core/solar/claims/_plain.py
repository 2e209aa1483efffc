"""A check as plain JSON values: what ``solar claim --json`` prints and what a signed report carries."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import LANGUAGES, Localised
from core.ledger import to_plain
from core.methods import plain
from core.solar.claims.model import VERDICTS, Assumption, ClaimCheck, Compared, Quantity, Scenario, Source, Step


def check_to_plain(check: ClaimCheck) -> dict[str, object]:
    """JSON-ready check: decimals as strings without exponent, sentences in both languages.

    Examples
    --------
    >>> from datetime import date
    >>> from core.ledger import Claim
    >>> from core.library import load_library
    >>> from core.solar.claims import judge
    >>> check_to_plain(judge(Claim("x", "Roof", "", date(2024, 5, 1), power=Decimal(9)), load_library()))["verdict"]
    'unknown'
    """
    return {
        "claim": to_plain(check.claim),
        "verdict": check.verdict,
        "verdict_words": _said(VERDICTS[check.verdict]),
        "summary": _said(check.summary),
        "steps": [_step(step) for step in check.steps],
        "questions": [_said(question) for question in check.questions],
        "assumptions": [_assumption(one) for one in check.assumptions],
    }


def _said(text: Localised) -> dict[str, str]:
    return {lang: text.in_language(lang) for lang in LANGUAGES}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _step(step: Step) -> dict[str, object]:
    return {
        "key": step.key,
        "title": _said(step.title),
        "verdict": step.verdict,
        "sentence": _said(step.sentence),
        "question": None if step.question is None else _said(step.question),
        "quantities": [_quantity(one) for one in step.quantities],
        "factors": [_compared(one) for one in step.factors],
        "scenarios": [_scenario(one) for one in step.scenarios],
        "sources": [_source(one) for one in step.sources],
    }


def _quantity(one: Quantity) -> dict[str, object]:
    return {
        "key": one.key,
        "name": _said(one.name),
        "formula": one.formula,
        "value": plain(one.value),
        "unit": one.unit,
        "shown": one.shown,
        "low": _number(one.low),
        "high": _number(one.high),
    }


def _compared(one: Compared) -> dict[str, object]:
    factor = one.factor
    return {
        "key": factor.key,
        "name": _said(factor.name or factor.set.title),
        "value_t_per_mwh": plain(one.value),
        "gas": one.gas,
        "use": factor.use,
        "region": factor.region,
        "data_year": factor.data_year,
        "publisher": factor.set.publisher,
        "edition": factor.set.edition,
        "published": factor.set.published,
        "place": factor.place,
        "status": factor.status,
        "known_at_the_time": one.known,
        "difference_percent": _number(one.difference),
        "equal": one.equal,
        "within_rounding": one.within,
        "tonnes": _number(one.tonnes),
        "needed_kwh_per_kw": _number(one.needed),
    }


def _scenario(one: Scenario) -> dict[str, object]:
    return {
        "name": _said(one.name),
        "factor": one.key,
        "start_t_per_mwh": plain(one.start),
        "decline_percent_a_year": plain(one.decline),
        "tonnes": plain(one.tonnes),
    }


def _source(one: Source) -> dict[str, object]:
    return {
        "title": _said(one.title),
        "publisher": one.publisher,
        "edition": one.edition,
        "place": one.place,
        "status": one.status,
        "key": one.key,
    }


def _assumption(one: Assumption) -> dict[str, object]:
    return {
        "key": one.key,
        "name": _said(one.name),
        "value": plain(one.value),
        "unit": one.unit,
        "source": _said(one.source),
        "status": one.status,
    }
