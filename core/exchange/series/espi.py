"""What the codes of Green Button files mean: NAESB REQ.21, Energy Services Provider Interface (ESPI), ``espi.xsd``."""

from __future__ import annotations

from collections.abc import Mapping

UNITS: Mapping[int, tuple[str, str]] = {
    31: ("energy", "J"),
    38: ("power", "W"),
    42: ("energy", "m3"),
    72: ("energy", "Wh"),
    119: ("energy", "ft3"),
    122: ("power", "ft3/h"),
    125: ("power", "m3/h"),
    128: ("energy", "gal_us"),
    129: ("power", "gal_us/h"),
    130: ("energy", "gal_uk"),
    131: ("power", "gal_uk/h"),
    132: ("energy", "Btu"),
    133: ("power", "Btu/h"),
    134: ("energy", "L"),
    137: ("power", "L/h"),
    169: ("energy", "therm"),
    23: ("level", "degC"),
}
"""Quantity and unit by ``uom`` (``UnitSymbolKind``)."""
COUNTERS = frozenset({1, 2, 3, 9})
"""``accumulationBehaviour`` (``AccumulationKind``): bulk quantity, continuous cumulative, cumulative, summation."""
SAMPLES = frozenset({6, 12})
"""``accumulationBehaviour``: indicating, instantaneous."""
ESTIMATED = frozenset({7, 8, 9, 11, 12, 13})
"""``quality`` (``QualityOfReading``): edited by hand, estimated from a day or by interpolation, derived, projected,
mixed."""
EXPORTED = 19
"""``flowDirection`` (``FlowDirectionKind``): reverse, from the customer."""
