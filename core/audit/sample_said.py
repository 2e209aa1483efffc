"""What is recorded with a sample, in words: names, units, and what stands for a choice."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.audit.choosing import BY_SIZE, BY_SOURCE, NEYMAN, PROPORTIONAL
from core.audit.sampling import ALLOCATIONS, STRATA
from core.i18n import T, Text, show_number, verbatim

TONNES = "t CO₂e"
SETTINGS: dict[str, tuple[Text, str]] = {
    "population": (T("Records in the frame"), ""),
    "weight": (T("Tonnes in the frame"), TONNES),
    "confidence": (T("Confidence"), "%"),
    "tolerable": (T("Tolerable misstatement"), TONNES),
    "expected": (T("Expected misstatement"), TONNES),
    "tolerable_rate": (T("Tolerable share of wrong records"), "%"),
    "expected_rate": (T("Expected share of wrong records"), "%"),
    "factor": (T("Confidence factor"), ""),
    "interval": (T("Sampling interval"), TONNES),
    "strata": (T("Strata"), ""),
    "allocation": (T("Shared out"), ""),
    "proposed": (T("Size that would follow"), ""),
}
"""Name and unit of each."""
_WORDS: dict[str, Text] = {
    BY_SOURCE: STRATA[BY_SOURCE],
    BY_SIZE: STRATA[BY_SIZE],
    NEYMAN: ALLOCATIONS[NEYMAN],
    PROPORTIONAL: ALLOCATIONS[PROPORTIONAL],
}


def setting_said(key: str, value: str, tonnes: Callable[[Decimal], str]) -> tuple[Text, Text]:
    """Name and value of what is recorded with a sample; ``tonnes`` writes masses as the place it stands in does.

    Examples
    --------
    >>> name, value = setting_said("confidence", "95", str)
    >>> name.in_language("en"), value.in_language("en")
    ('Confidence', '95 %')
    """
    kind, _colon, source = key.partition(":")
    if kind == "level" and source:
        return T("Level of {source}", source=source), verbatim(f"{value} %")
    if key not in SETTINGS:
        return verbatim(key), verbatim(value)
    title, unit = SETTINGS[key]
    if value in _WORDS:
        return title, _WORDS[value]
    shown = tonnes(Decimal(value)) if unit == TONNES else show_number(Decimal(value))
    return title, verbatim(f"{shown} {unit}".rstrip())
