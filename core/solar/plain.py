"""A PV system in plain values, for the command line and for the package inside a report.

Floats are written with a fixed number of decimals, so that the same data give the same text on any machine.
"""

from __future__ import annotations

from math import isfinite

from core.ledger.journal import text_to_plain
from core.methods import plain
from core.solar.availability import Availability
from core.solar.degradation import Degradation
from core.solar.losstree import LossTree
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
