"""Instruments of renewable electricity: what they cover of the activity data, and whether that counts.

The room lies below the inventory: the market-based figure takes from here what is covered and counts, and from nowhere
else.
"""

from core.instruments.cover import Cover, covers_of
from core.instruments.judged import LEVELS, Judged
from core.instruments.serials import Serials, joined, normal_number, parse_serials

__all__ = [
    "LEVELS",
    "Cover",
    "Judged",
    "Serials",
    "covers_of",
    "joined",
    "normal_number",
    "parse_serials",
]
