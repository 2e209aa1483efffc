"""Footprints as other programs read them."""

from __future__ import annotations

from core.methods import plain
from core.products.footprint import Contribution, Footprint, Footprints, Shared


def footprints_to_plain(footprints: Footprints, lang: str) -> dict[str, object]:
    """JSON-ready, decimals as strings.

    Parameters
    ----------
    footprints
        of a year.
    lang
        of problems and notes.
    """
    period = footprints.period
    return {
        "year": footprints.year,
        "start": None if period is None else period.start.isoformat(),
        "end": None if period is None else period.end.isoformat(),
        "gwp_set": footprints.gwp_set,
        "view": footprints.view,
        "electricity": footprints.electricity,
        "shared_t": plain(footprints.shared),
        "apart_t": plain(footprints.apart),
        "footprints": [footprint_to_plain(one) for one in footprints.footprints],
        "sources": [_shared(one) for one in footprints.sources],
        "problems": [one.in_language(lang) for one in footprints.problems],
        "notes": [one.in_language(lang) for one in footprints.notes],
    }


def footprint_to_plain(one: Footprint) -> dict[str, object]:
    """One product."""
    return {
        "product": one.product.id,
        "name": one.product.name,
        "number": one.product.number,
        "unit": one.product.unit,
        "quantity": plain(one.quantity),
        "kg_per_unit": plain(one.per_unit),
        "biogenic_kg_per_unit": plain(one.biogenic_per_unit),
        "primary_share": plain(one.primary_share),
        "stages": {stage: plain(kg) for stage, kg in one.stages},
        "contributions": [_contribution(part) for part in one.contributions],
    }


def _contribution(one: Contribution) -> dict[str, object]:
    return {
        "stage": one.stage,
        "what": one.what,
        "t": plain(one.tonnes),
        "biogenic_t": plain(one.biogenic),
        "primary": one.primary,
        "factor": one.factor,
        "records": list(one.records),
    }


def _shared(one: Shared) -> dict[str, object]:
    return {
        "source": one.source,
        "stage": one.stage,
        "key": one.key,
        "reason": one.reason,
        "t": plain(one.tonnes),
        "products": {product: plain(tonnes) for product, tonnes in one.parts},
    }
