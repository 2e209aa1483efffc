"""What kind of electricity an instrument stands for: renewable, low in carbon, or neither."""

from __future__ import annotations

from collections.abc import Iterable

from core.instruments import is_renewable
from core.ledger import Instrument
from core.library.rulebook import Rulebook

RENEWABLE, LOW_CARBON, OTHER = "renewable", "low_carbon", "other"


def nature(instrument: Instrument, rules: Rulebook) -> str:
    """``renewable``, ``low_carbon`` (nuclear) or ``other``.

    Parameters
    ----------
    instrument
        as it is recorded.
    rules
        as they hold for the plant.

    Notes
    -----
    Nuclear electricity emits nothing and is not renewable (RE100 technical criteria), unless the parameter says so; a
    contract that states emissions delivers a mixture.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from core.library.rulebook import rulebook
    >>> y = date(2024, 1, 1), date(2024, 12, 31)
    >>> of = Instrument("i1", "Dukovany", "certificate", "CZ", *y, Decimal(5), scheme="GO", technology="nuclear")
    >>> nature(of, rulebook())
    'low_carbon'
    """
    if is_renewable(instrument, rules):
        return RENEWABLE
    return LOW_CARBON if instrument.technology == "nuclear" else OTHER


def natures(instruments: Iterable[Instrument], rules: Rulebook) -> dict[str, str]:
    """By id of the instrument."""
    return {one.id: nature(one, rules) for one in instruments}
