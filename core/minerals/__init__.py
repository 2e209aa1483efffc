"""Declarations of minerals: whether one is complete, smelters and their standing, the own roll-up."""

from core.minerals.deciding import deciding
from core.minerals.problem import LEVELS, STATUS_NAMES, STATUSES, Problem
from core.minerals.rollup import OwnDeclaration, OwnSmelter, OwnTemplate, rollup
from core.minerals.share import asked_suppliers, newest, response_share
from core.minerals.smelters import Smelter
from core.minerals.standing import STANDING_NAMES, STANDINGS, Standing, Standings
from core.minerals.status import ACCEPTED, SENT_BACK, Examined, examine

__all__ = [
    "ACCEPTED",
    "LEVELS",
    "SENT_BACK",
    "STANDINGS",
    "STANDING_NAMES",
    "STATUSES",
    "STATUS_NAMES",
    "Examined",
    "OwnDeclaration",
    "OwnSmelter",
    "OwnTemplate",
    "Problem",
    "Smelter",
    "Standing",
    "Standings",
    "asked_suppliers",
    "deciding",
    "examine",
    "newest",
    "response_share",
    "rollup",
]
