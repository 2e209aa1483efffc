"""Kinds and schemes of instruments, and what follows from them alone."""

from __future__ import annotations

from core.ledger import Instrument
from core.library.rulebook import Rulebook

CERTIFICATE, ON_SITE, VIRTUAL, DIRECT_LINE = "certificate", "on_site", "ppa_virtual", "direct_line"
DELIVERED = ("ppa_physical", "green_tariff", DIRECT_LINE)
"""Contracts under which electricity comes to the plant."""
CONTRACTS = (*DELIVERED, VIRTUAL)
KINDS = (CERTIFICATE, *CONTRACTS, ON_SITE)
NON_TRADABLE = "GEC-NT"
FAMILIES = {"GEC": "gec", NON_TRADABLE: "gec", "GO": "go", "I-REC": "i_rec", "REC": "rec", "REGO": "rego"}
"""Schemes, and how the keys of their parameters begin."""
RENEWABLE = ("solar", "wind", "hydro", "biomass", "geothermal", "marine")
"""Technologies."""


def is_renewable(instrument: Instrument, rules: Rulebook) -> bool:
    """Whether the electricity belongs to a renewable share, if nothing stops the instrument.

    Nuclear electricity belongs to it only where the parameter says so; a mix or an unnamed technology does not when the
    contract states emissions.
    """
    if instrument.technology == "nuclear":
        return rules["renewables.nuclear_is_renewable"].flag
    return instrument.technology in RENEWABLE or not instrument.factor
