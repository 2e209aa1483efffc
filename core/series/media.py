"""What a meter or sensor can measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import T, Text


@dataclass(frozen=True, slots=True)
class Medium:
    """Something that is metered."""

    title: Text
    units: tuple[str, ...]
    """Units its values may have, the usual one first."""
    level: bool = False
    """Whether a value is a level, of which a mean is taken, and not an amount, of which a sum is."""


MEDIA: Mapping[str, Medium] = {
    "electricity": Medium(T("Electricity"), ("kWh", "MWh", "Wh", "GJ", "MJ")),
    "heat": Medium(T("Heat"), ("kWh", "MWh", "GJ", "MJ")),
    "cooling": Medium(T("Cooling"), ("kWh", "MWh", "GJ", "MJ")),
    "steam": Medium(T("Steam"), ("t", "kg")),
    "natural_gas": Medium(T("Natural gas"), ("m3", "kWh", "MWh", "GJ")),
    "water": Medium(T("Water"), ("m3", "L")),
    "compressed_air": Medium(T("Compressed air"), ("m3",)),
    "fuel": Medium(T("Liquid fuel"), ("L", "kg", "t")),
    "production": Medium(T("Production"), ("piece", "t", "kg")),
    "irradiance": Medium(T("Irradiance in the plane of the array"), ("W/m2",), level=True),
    "temperature": Medium(T("Temperature"), ("degC",), level=True),
    "power_factor": Medium(T("Power factor"), ("1",), level=True),
    "grid_factor": Medium(T("Grid factor by the hour"), ("kg/kWh", "g/kWh"), level=True),
}
"""By key, as :attr:`core.ledger.Meter.medium` names them."""
