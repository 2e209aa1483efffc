"""Tonnes of the group held against what it made, earned and employed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.group.year.consolidated import Consolidated, Member
from core.i18n import T
from core.ledger import Register, SiteFigure
from core.library import EXACT
from core.methods import exact_sum


@dataclass(frozen=True, slots=True)
class PlantIntensity:
    """One plant that says its figure."""

    key: str
    name: str
    tonnes: Decimal
    """What counts in the group. [t CO2e]"""
    quantity: Decimal
    """The figure, as far as the plant's tonnes count in the group."""
    per_unit: Decimal | None
    """None where the figure is zero. [t CO2e per unit]"""
    source: str
    """Where head office has the figure from; empty: the report says it."""


@dataclass(frozen=True, slots=True)
class Intensity:
    """Tonnes per unit of one figure."""

    name: str
    unit: str
    plants: tuple[PlantIntensity, ...]
    without: tuple[str, ...]
    """Names of plants that count and do not say the figure in this unit: left out above and below the line."""
    tonnes: Decimal
    """Of the plants that say it. [t CO2e]"""
    quantity: Decimal
    """Of the same plants."""
    per_unit: Decimal | None
    """None where nothing was made. [t CO2e per unit]"""


Figures = Mapping[tuple[str, str], tuple[Decimal, str]]
"""Quantity and source by name and unit."""


def figures_of(register: Register, member: Member, year: int) -> Figures:
    """What a plant's figures of a year are; those of head office win over those of its reports.

    Figures of several reports of a plant are added up, as their periods follow each other.
    """
    found: dict[tuple[str, str], tuple[Decimal, str]] = {}
    for filed in member.reports:
        for name, unit, quantity in filed.figures:
            before, _ = found.get((name, unit), (Decimal(0), ""))
            found[name, unit] = (EXACT.add(before, Decimal(quantity)), "")
    own = [one for one in register.held(SiteFigure) if member.site and (one.site, one.year) == (member.site.id, year)]
    for name in {one.name for one in own}:  # in whatever unit the report says it
        found = {key: value for key, value in found.items() if key[0] != name}
    return found | {(one.name, one.unit): (one.quantity, one.source) for one in own}


def intensities(
    register: Register, found: Consolidated, name: str | None = None, view: str = "location"
) -> tuple[Intensity, ...]:
    """Tonnes per unit of every figure that a plant says, or of one.

    Parameters
    ----------
    register
        with figures that head office knows better.
    found
        a year of the group.
    name
        of a figure, e.g. ``revenue``; None: all.
    view
        ``location`` or ``market``.

    Returns
    -------
    tuple of Intensity
        by name and unit. Units are not converted: tonnes and pieces, yuan and euros stand apart.

    Notes
    -----
    I = Σ E / Σ (w · Q) over the plants that say the figure, with w the mean of the plant's monthly shares: a plant that
    is owned by half brings half of its tonnes and half of what it made.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapter 9: ratio indicators.

    Raises
    ------
    UserError
        when no plant says the figure that was asked for.
    """
    members = [member for member in found.members if member.counts]
    said = {member.key: figures_of(register, member, found.year) for member in members}
    keys = sorted({key for own in said.values() for key in own if name in (None, key[0])})
    if name is not None and not keys:
        known = sorted({key[0] for own in said.values() for key in own})
        raise UserError(
            T("No plant says the figure “{name}” for {year}.", name=name, year=str(found.year)),
            T("Known figures: {names}.", names=known) if known else T("Enter it with office figure, or on Plants."),
        )
    tonnes = found.by("plant", view)
    return tuple(_intensity(key, members, said, tonnes) for key in keys)


def _intensity(
    key: tuple[str, str], members: list[Member], said: Mapping[str, Figures], tonnes: Mapping[str, Decimal]
) -> Intensity:
    plants = []
    for member in members:
        if key in said[member.key]:
            quantity, source = said[member.key][key]
            part = EXACT.multiply(quantity, _part(member))
            own = tonnes.get(member.key, Decimal(0))
            plants.append(PlantIntensity(member.key, member.name, own, part, per(own, part), source))
    above, below = exact_sum(p.tonnes for p in plants), exact_sum(p.quantity for p in plants)
    without = tuple(member.name for member in members if key not in said[member.key])
    return Intensity(*key, tuple(plants), without, above, below, per(above, below))


def per(tonnes: Decimal, quantity: Decimal) -> Decimal | None:
    """Tonnes per unit; None where there is nothing to divide by."""
    return EXACT.divide(tonnes, quantity) if quantity else None


def _part(member: Member) -> Decimal:
    """Mean of the shares of a plant over the months of its reports. [-]"""
    return EXACT.divide(exact_sum(member.shares.values()), Decimal(len(member.shares)))
