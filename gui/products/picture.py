"""Footprints as bars: a product a bar, a stage a colour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.library import EXACT
from core.products import GATE, Footprint
from gui.chart_data import BarData, Series
from gui.language import _
from gui.products.answer import Row
from gui.products.words import KG, kilograms, stage_colours, stage_title, unit_title
from gui.wording import TONNES, tonnes

UNIT, SHARE, WHOLE = "unit", "share", "whole"
"""For a declared unit, by share, for all that was made."""
MOST = 20
"""Bars of a picture: more would be thinner than their names."""
NAME = 32
"""Letters of a product's name beside its bar."""
_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)


def bars_of(rows: Sequence[Row], measure: str) -> BarData:
    """The bars of the products that have a footprint, the largest of them where there are many."""
    held = [row.footprint for row in rows if row.footprint is not None]
    if measure == WHOLE:
        held.sort(key=lambda one: -one.per_unit * one.quantity)
    shown = held[:MOST]
    colours = stage_colours()
    series = tuple(
        Series(stage_title(stage), tuple(_value(one, stage, measure) for one in shown), colours[stage])
        for stage in GATE
        if any(dict(one.stages)[stage] for one in held)
    )
    title = _("Footprints by stage")
    if len(held) > MOST:
        title = _("Footprints by stage: the {count} largest of {all}", count=MOST, all=len(held))
    units = {one.product.unit for one in held}
    names = tuple(_name(one, apart=len(units) > 1 and measure == UNIT) for one in shown)
    unit, of = {
        UNIT: (KG, _per(units)), SHARE: ("%", _("Share of the footprint")), WHOLE: (TONNES, _("All that was made")),
    }[measure]  # fmt: skip
    labels = () if measure == SHARE else tuple(_label(one, measure) for one in shown)
    return BarData(title, names, series, unit, of, lying=True, places=1 if measure != UNIT else 3, labels=labels)


def _per(units: set[str]) -> str:
    """What the bars stand for; where units differ, they stand with the names."""
    if len(units) == 1:
        return _("Per {unit}", unit=unit_title(*units))
    return _("Per declared unit")


def _name(one: Footprint, *, apart: bool) -> str:
    name = one.product.name
    short = name if len(name) <= NAME else f"{name[: NAME - 1]}…"
    return f"{short} [{unit_title(one.product.unit)}]" if apart else short


def _value(one: Footprint, stage: str, measure: str) -> Decimal:
    kg = dict(one.stages)[stage]
    if measure == UNIT:
        return kg
    if measure == WHOLE:
        return EXACT.divide(EXACT.multiply(kg, one.quantity), _THOUSAND)
    return EXACT.divide(EXACT.multiply(kg, _HUNDRED), one.per_unit) if one.per_unit else Decimal(0)


def _label(one: Footprint, measure: str) -> str:
    """The whole, at the end of its bar."""
    if measure == UNIT:
        return kilograms(one.per_unit)
    return tonnes(EXACT.divide(EXACT.multiply(one.per_unit, one.quantity), _THOUSAND))
