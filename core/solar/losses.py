"""What is lost between the modules' label and the inverter, as PVWatts counts it."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Losses:
    """Shares lost on the direct-current side. [%]

    The defaults are those of PVWatts, together 14.08 %.
    """

    soiling: float = 2.0
    """Dirt on the glass."""
    shading: float = 3.0
    """By what stands near and by rows in front."""
    snow: float = 0.0
    mismatch: float = 2.0
    """Modules of a string that are not alike."""
    wiring: float = 2.0
    """Heat in the cables."""
    connections: float = 0.5
    """Heat in plugs and clamps."""
    lid: float = 1.5
    """Light-induced degradation of the first hours in the sun."""
    nameplate_rating: float = 1.0
    """By how much modules do less than their label says."""
    age: float = 0.0
    """Degradation since the first year."""
    availability: float = 3.0
    """Time in which the system does not run."""

    def shares(self) -> tuple[tuple[str, float], ...]:
        """Key and share of each, in the order in which they are applied. [%]"""
        return tuple((field.name, getattr(self, field.name)) for field in fields(self))


KEYS = tuple(field.name for field in fields(Losses))
"""Keys of all losses."""
PVWATTS = Losses()
NO_LOSSES = Losses(*(0.0 for _ in KEYS))
"""Modules as their label says them, always running."""


def kept(losses: Losses) -> float:
    """What is left after all losses.

    Parameters
    ----------
    losses
        [%]

    Returns
    -------
    float
        share of the energy that reaches the inverter. [1]

    Notes
    -----
    kept = Π (1 - Lᵢ / 100)

    References
    ----------
    A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), chapter on losses.

    Examples
    --------
    >>> round(100 * (1 - kept(Losses())), 4)
    14.0757
    """
    share = 1.0
    for _, percent in losses.shares():
        share *= 1.0 - percent / 100.0
    return share
