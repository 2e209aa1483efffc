"""The steps by which verifiers in China widen a sample, as data with their source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.i18n import Name


@dataclass(frozen=True, slots=True)
class Ladder:
    """Shares of the records of a source, the smallest first."""

    steps: tuple[int, ...]
    """[%]"""
    sampled_below: Decimal
    """Of the total; of larger sources all records are looked at. [%]"""
    source: Name
    status: str
    """How sure the source is, as for factors."""


@cache
def ladder() -> Ladder:
    """The steps of ``resources/audit/escalation.toml``."""
    said = tomllib.loads((files("resources") / "audit" / "escalation.toml").read_text("utf-8"))
    source = said["source"]
    return Ladder(
        tuple(sorted(said["steps"])), Decimal(said["sampled_below"]), Name(source["en"], source["zh"]), source["status"]
    )
