"""Instruments of renewable electricity: what they cover of the activity data, and whether that counts.

The room lies below the inventory: the market-based figure takes from here what is covered and counts, and from nowhere
else.
"""

from core.instruments.case import Allocated, Case, Setting, Use
from core.instruments.cover import Cover, Covers, covers_of
from core.instruments.days import last_use
from core.instruments.explaining import Explained, explain_rules
from core.instruments.judged import LEVELS, Judged
from core.instruments.judging import Verdicts, judge
from core.instruments.kinds import is_renewable
from core.instruments.markets import market_of
from core.instruments.rule import Rule, Said
from core.instruments.rules import all_rules
from core.instruments.serials import Serials, joined, normal_number, parse_serials

__all__ = [
    "LEVELS",
    "Allocated",
    "Case",
    "Cover",
    "Covers",
    "Explained",
    "Judged",
    "Rule",
    "Said",
    "Serials",
    "Setting",
    "Use",
    "Verdicts",
    "all_rules",
    "covers_of",
    "explain_rules",
    "is_renewable",
    "joined",
    "judge",
    "last_use",
    "market_of",
    "normal_number",
    "parse_serials",
]
