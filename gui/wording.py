"""Words that several pages use for the same thing, and how the window writes numbers."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Localised, T, Text, show_number
from core.library import Library
from core.methods import all_methods
from gui.language import say
from gui.notices import Level

TONNES = "t CO₂e"
SCOPES: dict[str, Text] = {
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
    "avoided": T("Avoided by solar (memo, in no total)"),
}
SEVERITIES: dict[str, tuple[Level, Text]] = {
    "error": ("bad", T("Error")),
    "warning": ("warning", T("Warning")),
    "info": ("info", T("Note")),
}
"""Level and word of each severity."""
GASES = {"CO2": "CO₂", "CH4": "CH₄", "N2O": "N₂O", "SF6": "SF₆", "NF3": "NF₃"}
"""How formulas are written; the other gases are written as they are."""


def tonnes(value: Decimal) -> str:
    """For reading: three significant digits or one decimal; the full value stands in the inspector."""
    size = abs(value)
    if size >= 100 or not value:
        return show_number(value, 1) if value else "0"
    return show_number(value, 2) if size >= 1 else show_number(value, 4)


def item_name(library: Library, key: str) -> str:
    """Name of an item in the language of the window; the key where it is unknown."""
    item = library.items.get(key)
    return say(item.name) if item else key


def method_name(key: str) -> str:
    """Title of a method; the key where it is unknown."""
    method = all_methods().get(key)
    return say(method.title) if method else key


def unit_name(library: Library, text: str) -> str:
    """Name of a unit; the text as it is where it is unknown."""
    unit = library.units.find(text)
    return say(unit.name) if unit else text


def said(*texts: Localised) -> str:
    """Sentences one after the other."""
    return " ".join(filter(None, (say(text) for text in texts)))
