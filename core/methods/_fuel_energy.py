"""From what a bill says about a fuel to its net calorific energy."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from core.i18n import T, Text
from core.library import EXACT, Factor
from core.methods._build import bare, convert, missing_factor
from core.methods._laboratory import NOTHING, OwnValues
from core.methods._types import Context, Portion, TraceStep

_ENERGY = T("Energy = quantity × net calorific value")
_GROSS = T("Energy = quantity × gross calorific value")
_WEIGHED = T("Volume × density")
Energy: TypeAlias = "tuple[Decimal, tuple[TraceStep, ...], tuple[Factor, ...]]"
"""A quantity, the steps that show it and the rows it comes from."""


def net_energy(portion: Portion, context: Context, own: OwnValues = NOTHING) -> Energy:
    """Net calorific energy in GJ, by way of density where a volume meets a calorific value per mass."""
    activity = portion.activity
    units = context.library.units
    dimension = units.dimension(activity.unit)
    if dimension == "energy":
        energy, conversion = convert(portion, "GJ", context)
        return energy, conversion, ()
    if dimension == "volume" and own.ncv_volume is not None:
        volume, conversion = convert(portion, "e3m3", context)
        energy, step = _product(_ENERGY, (volume, "10³ m³"), (own.ncv_volume, "GJ/10³ m³"))
        return energy, (*conversion, step), ()
    if own.ncv is not None:
        mass, steps, parts = _mass(portion, context, own, "t")
        energy, step = _product(_ENERGY, (mass, "t"), (own.ncv, "GJ/t"))
        return energy, (*steps, step), parts
    year = portion.start.year
    ncv = context.want(activity.item, ("ncv",), year, per=dimension)
    if ncv is not None and (own.density is None or dimension == "mass"):
        quantity, conversion = convert(portion, ncv.factor.per, context)
        return _times_ncv(quantity, ncv.factor, conversion, (), context)
    ncv = context.want(activity.item, ("ncv",), year, per="mass")
    if ncv is None:
        raise missing_factor(portion, context)
    mass, steps, parts = _mass(portion, context, own, ncv.factor.per)
    return _times_ncv(mass, ncv.factor, steps, parts, context)


def gross_energy(portion: Portion, context: Context, own: OwnValues) -> Energy:
    """Gross calorific energy in GJ from a measured gross value.

    Raises
    ------
    NotCovered
        when the quantity is neither mass nor volume, or has no density.
    """
    dimension = context.library.units.dimension(portion.activity.unit)
    if dimension == "volume" and own.gcv_volume is not None:
        volume, conversion = convert(portion, "e3m3", context)
        energy, step = _product(_GROSS, (volume, "10³ m³"), (own.gcv_volume, "GJ/10³ m³"))
        return energy, (*conversion, step), ()
    if own.gcv is None or dimension not in ("mass", "volume"):
        raise missing_factor(portion, context)
    mass, steps, parts = _mass(portion, context, own, "t")
    energy, step = _product(_GROSS, (mass, "t"), (own.gcv, "GJ/t"))
    return energy, (*steps, step), parts


def as_net(gross: Energy, share: Factor, context: Context) -> Energy:
    """Net calorific energy in GJ from the gross one; ``share`` says how much of it is net."""
    energy, steps, parts = gross
    quantity = context.library.units.convert(energy, "GJ_gross", share.per)
    return _times_ncv(quantity, share, steps, parts, context)


def _mass(portion: Portion, context: Context, own: OwnValues, target: str) -> Energy:
    """The quantity as a mass, by way of density where it is a volume."""
    units, activity = context.library.units, portion.activity
    dimension = units.dimension(activity.unit)
    if dimension == "mass":
        mass, conversion = convert(portion, target, context)
        return mass, conversion, ()
    if dimension == "volume" and own.density is not None:
        per_volume, of, per, unit = own.density, "kg", "m3", "kg/m³"
        parts: tuple[Factor, ...] = ()
    else:
        density = context.want(activity.item, ("density",), portion.start.year, per=dimension)
        if density is None:
            raise missing_factor(portion, context)
        found = density.factor
        per_volume, of, per, unit, parts = bare(found), found.of, found.per, found.unit, (found,)
    volume, conversion = convert(portion, per, context)
    mass = units.convert(EXACT.multiply(volume, per_volume), of, target)
    step = TraceStep(_WEIGHED, "{0} × {1}", ((volume, per), (per_volume, unit)), mass, target)
    return mass, (*conversion, step), parts


def _times_ncv(
    quantity: Decimal, ncv: Factor, steps: tuple[TraceStep, ...], parts: tuple[Factor, ...], context: Context
) -> Energy:
    value = bare(ncv)
    energy = context.library.units.convert(EXACT.multiply(quantity, value), ncv.of, "GJ")
    numbers = ((quantity, ncv.per), (value, ncv.unit))
    step = TraceStep(_ENERGY, "{0} × {1}", numbers, energy, "GJ")
    return energy, (*steps, step), (ncv, *parts)


def _product(what: Text, quantity: tuple[Decimal, str], value: tuple[Decimal, str]) -> tuple[Decimal, TraceStep]:
    energy = EXACT.multiply(quantity[0], value[0])
    return energy, TraceStep(what, "{0} × {1}", (quantity, value), energy, "GJ")
