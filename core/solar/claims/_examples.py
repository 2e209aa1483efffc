"""Published sentences that the program is shipped with, from ``resources/demo/claims.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from core.ledger import Claim
from core.solar.claims._valid import NUMBERS


@dataclass(frozen=True, slots=True)
class PublishedClaim:
    """A claim with where it was published."""

    claim: Claim
    source: str
    status: str
    """``VERIFIED``: read at the source; ``QUOTED``: quoted to us, the page itself has not been seen."""


@cache
def published_claims() -> tuple[PublishedClaim, ...]:
    """The public claims of the demo; nothing but the assumed days of publication was added to what they say."""
    said = tomllib.loads((files("resources") / "demo" / "claims.toml").read_text("utf-8"))
    return tuple(PublishedClaim(_claim(one), one["source"], one["status"]) for one in said["claim"])


def _claim(one: dict[str, Any]) -> Claim:
    known = {field.name for field in fields(Claim)}
    values: dict[str, Any] = {key: value for key, value in one.items() if key in known}
    return Claim(**values | {key: Decimal(value) for key, value in values.items() if key in NUMBERS})
