"""Who owns the attributes of what the plant generates: without them own electricity is used, and claimed by another."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.ledger import Instrument, Ledger, PvSystem
from core.renewables.consumption import OWN_BIOMASS, OWN_HYDRO, OWN_SOLAR, OWN_WIND, Used

KEPT, SOLD, UNKNOWN = "kept", "sold", "unknown"
_TECHNOLOGY = {OWN_SOLAR: "solar", OWN_WIND: "wind", OWN_HYDRO: "hydro", OWN_BIOMASS: "biomass"}


@dataclass(slots=True)
class Attributes:
    """What is known of the attributes of own generation."""

    systems: Mapping[str, tuple[PvSystem, ...]]
    """By source of their activity data."""
    stated: tuple[Instrument, ...]
    """Own generation with a statement about its attributes."""
    _known: dict[tuple[str, str, date], str] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger) -> Attributes:
        """All that a ledger says."""
        systems: dict[str, tuple[PvSystem, ...]] = {}
        for one in ledger.held(PvSystem):
            if one.source:
                systems[one.source] = (*systems.get(one.source, ()), one)
        stated = (one for one in ledger.held(Instrument) if one.kind == "on_site" and one.attributes)
        return cls(systems, tuple(sorted(stated, key=lambda one: one.id)))

    def state(self, used: Used) -> str:
        """``kept``, ``sold`` (to somebody, or they belong to the owner of the roof or system) or ``unknown``.

        Parameters
        ----------
        used
            own generation of a month.

        Notes
        -----
        What was sold once is sold: one statement that they are gone outweighs all others. RE100 technical criteria:
        own generation counts only if its attributes are not sold; 国能发新能规〔2024〕67号: what is generated and used
        on site earns certificates that cannot be traded.
        """
        key = used.source, used.kind, used.month
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def _found(self, source: str, kind: str, month: date) -> str:
        systems = self.systems.get(source, ()) if kind == OWN_SOLAR else ()
        said = {one.attributes_owner for one in systems}
        for one in self.stated:
            if self._speaks_of(one, systems, kind, month):
                said.add("plant" if one.attributes == "with" else "other")
        if "other" in said:
            return SOLD
        return KEPT if said == {"plant"} else UNKNOWN

    @staticmethod
    def _speaks_of(one: Instrument, systems: tuple[PvSystem, ...], kind: str, month: date) -> bool:
        last = date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
        if one.start > last or one.end < month:
            return False
        if one.system:
            return any(one.system == system.id for system in systems)
        return not systems and one.technology == _TECHNOLOGY[kind]
