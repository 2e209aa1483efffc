"""A PV system in plain values, for the command line and for the package inside a report.

Floats are written with a fixed number of decimals, so that the same data give the same text on any machine.
"""

from __future__ import annotations

from math import isfinite

from core.i18n import LANGUAGES
from core.ledger.journal import text_to_plain
from core.methods import plain
from core.solar.availability import Availability
from core.solar.avoided import Answer, Balance, Named
from core.solar.degradation import Degradation
from core.solar.economics import Finance
from core.solar.forecast import Forecast
from core.solar.hourly_factor import Hourly as ByHour
from core.solar.losstree import LossTree
from core.solar.money import Earned
from core.solar.outlook import Outlook
from core.solar.performance import Performance
from core.solar.system import Observed, SystemMonth
from core.solar.use import Use

ENERGY, RATIO = 1, 4
"""Decimals of kilowatt-hours and of ratios and yields."""


def observed_to_plain(found: Observed) -> dict[str, object]:
    """A system over some time, JSON-ready; what cannot be said is null, with a note."""
    system = found.system
    return {
        "id": system.id,
        "name": system.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "zone": found.zone.key,
        "commissioned": system.commissioned.isoformat(),
        "dc_power_kw": plain(found.power),
        "module_area_m2": plain(found.area),
        "ac_limit_kw": plain(system.ac_limit),
        "owners": {
            "roof": system.roof_owner,
            "system": system.system_owner,
            "attributes": system.attributes_owner,
        },
        "energy_kwh": plain(found.energy),
        "typical_year_kwh": number(found.typical_year, ENERGY),
        "figures": {} if found.whole is None else figures_to_plain(found.whole),
        "months": [_month(month) for month in found.months],
        "loss_tree": None if found.tree is None else tree_to_plain(found.tree),
        "availability": None if found.availability is None else _availability(found.availability),
        "curtailed_kwh": None if found.curtailment is None else number(found.curtailment.total, ENERGY),
        "degradation": None if found.ageing is None else _degradation(found.ageing),
        "use": None if found.use is None else use_to_plain(found.use),
        "notes": [text_to_plain(note) for note in found.notes],
    }


def number(value: float | None, places: int) -> str | None:
    """Plain digits; null for what is not known."""
    if value is None or not isfinite(value):
        return None
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def figures_to_plain(found: Performance) -> dict[str, object]:
    """Every figure with how much of the time it knows."""
    return {
        key: {
            "value": number(figure.value, RATIO),
            "unit": figure.index.unit,
            "coverage": number(figure.coverage, RATIO),
            "reason": None if figure.reason is None else text_to_plain(figure.reason),
        }
        for key, figure in found.figures.items()
    }


def _month(month: SystemMonth) -> dict[str, object]:
    figures = None if month.performance is None else month.performance
    ratio = None if figures is None else figures["performance_ratio"].value
    return {
        "month": f"{month.month:%Y-%m}",
        "energy_kwh": None if month.energy is None else plain(month.energy),
        "present": month.present,
        "expected": month.expected,
        "typical_kwh": number(month.typical, ENERGY),
        "modelled_kwh": number(month.modelled, ENERGY),
        "irradiation_kwh_m2": None if figures is None else number(figures.irradiation, RATIO),
        "performance_ratio": number(ratio, RATIO),
    }


def tree_to_plain(tree: LossTree) -> dict[str, object]:
    """From the reference to the meter; it closes exactly."""
    return {
        "reference_kwh": plain(tree.reference),
        "losses": [{"key": x.key, "kwh": plain(x.energy), "measured": x.measured} for x in tree.losses],
        "unexplained_kwh": plain(tree.unexplained),
        "energy_kwh": plain(tree.energy),
        "coverage": number(tree.coverage, RATIO),
    }


def _availability(found: Availability) -> dict[str, object]:
    return {
        "time": number(found.time, RATIO),
        "energy": number(found.energy, RATIO),
        "outage_h": number(found.outage, 2),
        "gap_h": number(found.gap, 2),
        "lost_kwh": number(found.lost, ENERGY),
    }


def _degradation(found: Degradation) -> dict[str, object]:
    return {
        "percent_a": number(found.rate, RATIO),
        "low": number(found.low, RATIO),
        "high": number(found.high, RATIO),
        "years": number(found.years, 2),
        "seed": found.seed,
        "reason": None if found.reason is None else text_to_plain(found.reason),
    }


def use_to_plain(use: Use) -> dict[str, object]:
    """Where the generation went, with the netting interval."""
    return {
        "interval": use.interval,
        "generated_kwh": number(use.generated, ENERGY),
        "load_kwh": number(use.load, ENERGY),
        "self_used_kwh": number(use.self_used, ENERGY),
        "fed_in_kwh": number(use.fed_in, ENERGY),
        "purchased_kwh": number(use.purchased, ENERGY),
        "self_consumption": number(use.self_consumption, RATIO),
        "self_sufficiency": number(use.self_sufficiency, RATIO),
        "coverage": number(use.coverage, RATIO),
    }


def outlook_to_plain(found: Outlook) -> dict[str, object]:
    """Tonnes, money and the years to come, JSON-ready."""
    return {
        "factors": [_answer(one) for one in found.answers],
        "modules": None if found.modules is None else _named(found.modules),
        "balance": None if found.balance is None else _balance(found.balance),
        "hourly": None if found.hourly is None else _by_hour(found.hourly),
        "saved": None if found.saved is None else _earned(found.saved),
        "feed_in_revenue": None if found.revenue is None else _earned(found.revenue),
        "forecast": None if found.forecast is None else forecast_to_plain(found.forecast),
        "notes": [text_to_plain(note) for note in found.notes],
    }


def _answer(one: Answer) -> dict[str, object]:
    return {
        "basis": one.basis.key,
        "factor": None if one.factor is None else _named(one.factor),
        "reason": None if one.reason is None else text_to_plain(one.reason),
    }


def _named(one: Named) -> dict[str, object]:
    return {
        "basis": one.basis,
        "title": {lang: one.title.in_language(lang) for lang in LANGUAGES},
        "t_per_mwh": plain(one.value),
        "gas": one.gas,
        "publisher": one.publisher,
        "edition": one.edition,
        "year": one.year,
    }


def _balance(one: Balance) -> dict[str, object]:
    return {
        "factor": _named(one.self_used.factor),
        "self_used_kwh": plain(one.self_used.energy),
        "self_used_t": plain(one.self_used.tonnes),
        "fed_in_kwh": plain(one.fed_in.energy),
        "fed_in_t": plain(one.fed_in.tonnes),
        "modules_t": None if one.modules is None else plain(one.modules.tonnes),
    }


def _by_hour(one: ByHour) -> dict[str, object]:
    return {
        "factor": _named(one.avoided.factor),
        "kwh": plain(one.avoided.energy),
        "t": plain(one.avoided.tonnes),
        "plain_mean_t_per_mwh": number(one.plain_mean, RATIO),
        "present": one.present,
        "expected": one.expected,
    }


def _earned(one: Earned) -> dict[str, object]:
    return {
        "currency": one.currency,
        "money": plain(one.money),
        "unpriced_kwh": plain(one.unpriced),
        "parts": [
            {
                "tariff": x.tariff,
                "when": x.when,
                "price": plain(x.price),
                "kwh": plain(x.energy),
                "money": plain(x.money),
            }
            for x in one.parts
        ],
    }


def forecast_to_plain(found: Forecast) -> dict[str, object]:
    """Energy, tonnes and money of the years to come."""
    assumed = found.assumptions
    return {
        "first_year": assumed.first_year,
        "years": len(found.years),
        "new_kwh": number(assumed.energy, ENERGY),
        "degradation": number(assumed.degradation, RATIO),
        "first_year_loss": number(assumed.first_year_loss, RATIO),
        "deviation": number(found.deviation, RATIO),
        "factor": assumed.grid.name,
        "path": text_to_plain(assumed.grid.text),
        "p50_kwh": number(found.p50, ENERGY),
        "p90_kwh": number(found.p90, ENERGY),
        "constant_t": number(found.constant, ENERGY),
        "falling_t": number(found.falling, ENERGY),
        "modules_t": number(found.modules, ENERGY),
        "rows": [
            {
                "year": row.year,
                "p50_kwh": number(row.p50, ENERGY),
                "p90_kwh": number(row.p90, ENERGY),
                "factor": number(row.factor, RATIO),
                "constant_t": number(row.constant, ENERGY),
                "falling_t": number(row.falling, ENERGY),
            }
            for row in found.years
        ],
        "money": None if found.money is None else _finance(found.money),
    }


def _finance(one: Finance) -> dict[str, object]:
    return {
        "npv": number(one.npv, 2),
        "irr": number(one.irr.rate, 6),
        "irr_roots": one.irr.count,
        "lcoe": number(one.lcoe, 6),
        "lcoe_real": number(one.lcoe_real, 6),
        "payback_a": number(one.payback, 2),
        "discounted_payback_a": number(one.discounted_payback, 2),
        "roots": text_to_plain(one.roots),
    }
