"""What can be bought, burned, leaked or generated: the things that bills name."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Name


@dataclass(frozen=True, slots=True)
class Item:
    """One thing with all the names people write for it."""

    key: str
    """``diesel``, ``electricity``, ``R-410A``."""
    kind: str
    """``fuel``, ``electricity``, ``heat``, ``refrigerant``, ``welding_gas``, ``solar``."""
    name: Name
    unit: str
    """The unit proposed for new rows."""
    aliases: tuple[str, ...] = ()
    biogenic: bool = False
    """Its CO2 is biogenic and kept apart."""
    composition: tuple[tuple[str, str], ...] = ()
    """For blends and mixed gases: species and share, share as a decimal string."""
    basis: str = "mass"
    """Of the composition: ``mass`` or ``mole``."""
