"""What the report of the group says of the ways of its plants."""

from __future__ import annotations

from core.group.ways.keeping import gathered
from core.group.ways.standing import Missed, PlantWay, standing
from core.group.ways.tonnes import tonnes_of
from core.group.ways.way import ZERO
from core.report.group.ways import AimSum, MissedAim, NextTonne, PlantPower, Ways
from core.store import GroupFile

MOST_NEXT = 20
"""Actions of each currency; the rest is in the table of the window and of ``office curve``."""


def ways_of(group: GroupFile, year: int, approach: str) -> Ways:
    """From what is kept beside the accepted reports of a year, else from their originals."""
    found = standing(group.register, gathered(group, group.accepted(year)).ways, year, approach=approach)
    tonnes = tonnes_of(found)
    return Ways(
        tuple(_power(one) for one in found.plants),
        tuple(
            AimSum(one.parts, one.year, tuple(plant.name for plant, _ in one.aims), one.without, one.actual,
                   one.allowed, one.final)
            for one in found.rollups
        ),
        tuple(_missed(one) for one in found.missed),
        tuple(
            NextTonne(bar.plant.name, bar.action.name, curve.currency, bar.cost, bar.tonnes)
            for curve in tonnes.curves
            for bar in curve.next[:MOST_NEXT]
            if bar.cost is not None
        ),
        tonnes.total,
        found.notices,
    )  # fmt: skip


def _power(one: PlantWay) -> PlantPower:
    road, claim, used = one.way.road, one.way.claim, one.electricity
    promised = road if road is not None and road.promised else None
    return PlantPower(
        one.name, used.used, used.certified, used.traced, used.own,
        None if promised is None else promised.percent, 0 if promised is None else promised.year,
        one.gap or ZERO, ZERO if promised is None else one.part(promised.open),
        -1 if claim is None else len(claim.open), one.silent,
    )  # fmt: skip


def _missed(one: Missed) -> MissedAim:
    aim = one.aim
    why = aim.stops[0] if aim.stops else None
    gap = None if aim.gap is None or aim.intensity or aim.gap <= 0 else one.plant.part(aim.gap)
    return MissedAim(one.plant.name, aim.name, gap, why)
