"""Words, numbers and colours of footprints, as the parts of their page show them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.i18n import show_number
from core.methods import exact_sum
from core.products import GATE, KEY_TITLES, STAGE_TITLES, UNIT_TITLES
from gui.language import say
from gui.theme import tokens
from gui.widgets import letters
from gui.wording import minus

NONE = "–"
KG = "kg CO₂e"
_PLACES = ((Decimal(1000), 1), (Decimal(10), 2), (Decimal("0.1"), 3), (Decimal("0.01"), 4))
"""Decimals of what is at least so much."""
MOST_PLACES = 9
"""Decimals to which tonnes are kept."""


def kilograms(value: Decimal | None) -> str:
    """For reading: four significant digits or so; the full value stands in the inspector."""
    if value is None:
        return NONE
    size = abs(value)
    if not size:
        return "0"
    places = next((places for least, places in _PLACES if size >= least), 6)
    return minus(show_number(value, places))


def adding_up(*parts: Decimal) -> tuple[str, ...]:
    """Parts and, last, their sum, with as many decimals as it takes for what is shown to add up too."""
    whole = exact_sum(parts)
    for places in range(1, MOST_PLACES):
        shown = [round(one, places) for one in parts]
        if sum(shown) == round(whole, places):
            break
    else:
        places = MOST_PLACES
    return tuple(minus(show_number(one, places)) for one in (*parts, whole))


def fitting(widget: QWidget, words: str, digits: int) -> str:
    """As much of some words as has room in the width of so many digits."""
    return widget.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, letters(widget, digits))


def unit_title(key: str) -> str:
    """What a footprint is stated for one of."""
    return say(UNIT_TITLES[key]) if key in UNIT_TITLES else key


def stage_title(key: str) -> str:
    """As it is called."""
    return say(STAGE_TITLES[key]) if key in STAGE_TITLES else key


def key_title(key: str) -> str:
    """How emissions are shared."""
    return say(KEY_TITLES[key]) if key in KEY_TITLES else key


def stage_colours() -> dict[str, str]:
    """Of the stages that a footprint is made of, in the dress of the window."""
    colours: Sequence[str] = tokens().series
    return dict(zip(GATE, colours, strict=False))
