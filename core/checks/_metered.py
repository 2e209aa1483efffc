"""What is counted by a meter."""

from __future__ import annotations

from core.checks._types import Series, Setting
from core.methods import all_methods

METERED = frozenset(
    {
        "electricity",
        "heat",
        "cooling",
        "compressed_air",
        "solar",
        "own_renewable",
        "exported_energy",
        "vehicle_charging",
    }
)
"""Kinds of items."""


def is_metered(setting: Setting, series: Series) -> bool:
    """Energy that passes a meter of the plant or of its supplier."""
    return setting.kind(series.item) in METERED and not of_the_value_chain(series)


def of_the_value_chain(series: Series) -> bool:
    """Only scope 3: others hold the meters and write the bills."""
    found = all_methods().get(series.method)
    return found is not None and found.scopes == ("scope3",)
