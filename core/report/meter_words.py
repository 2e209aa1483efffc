"""How meters are spoken of in the report: media, signs of units."""

from __future__ import annotations

from core.inventory.energy.meters import StatedMeter
from core.report.data import ReportData
from core.report.facts import short
from core.series.media import MEDIA

_SIGNS = {"m3": "m³", "m2": "m²", "degC": "°C", "W/m2": "W/m²", "1": ""}


def sign(unit: str) -> str:
    """``m3`` as it is printed: ``m³``."""
    return _SIGNS.get(unit, short(unit, 12))


def medium_name(report: ReportData, meter: StatedMeter, lang: str) -> str:
    """What is measured; its key where this program does not know it."""
    return report.tr(MEDIA[meter.medium].title, lang) if meter.medium in MEDIA else meter.medium
