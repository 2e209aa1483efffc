"""Words and numbers of actions, as the parts of their page show them."""

from __future__ import annotations

from decimal import Decimal

from core.actions import STATUS_TITLES
from core.i18n import show_number
from core.ledger import Action
from gui.language import say
from gui.wording import minus

NONE = "–"


def status_title(key: str) -> str:
    """As it is called."""
    return say(STATUS_TITLES[key]) if key in STATUS_TITLES else key


def tonnes_a_year(value: Decimal | None) -> str:
    """Whole tonnes from a hundred on; the full value stands in the inspector."""
    if not value:
        return NONE if value is None else "0"
    return minus(show_number(value, 0 if abs(value) >= 100 else 1))


def money(value: Decimal | None, places: int = 0) -> str:
    """An amount without its currency."""
    return NONE if value is None else minus(show_number(value, places))


def saving_words(action: Action) -> str:
    """What an action plans to save in a year at full effect."""
    if action.item and action.energy > 0:
        return f"{show_number(action.energy / 1000, 1)} MWh"
    return f"{show_number(action.tonnes, 1)} t CO₂e" if action.tonnes else NONE
