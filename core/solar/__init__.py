"""What the roof did: generated, used on site, fed in, and what that avoided elsewhere, with the factor behind it.

Avoided tonnes are a memo and never part of a total. :func:`summary` is pure and follows from an inventory alone.
"""

from core.solar.summary import SolarFigures, SolarSource, SolarSummary, summary

__all__ = ["SolarFigures", "SolarSource", "SolarSummary", "summary"]
