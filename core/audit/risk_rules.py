"""What of the data raises a risk, and how far: one table.

No standard gives numbers, so the limits are ours (``resources/audit/risk.toml``). What raises a risk is named by ISO
14064-3:2019, 6.1.2 and annex A: size, complexity, estimates, changes, and whether the plant's own controls would
notice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.audit.sources import EXPIRED, UNKNOWN, SourceShare, percent_of
from core.i18n import T, Text
from core.library import EXACT

LOW, MEDIUM, HIGH = "low", "medium", "high"
INHERENT, CONTROL = "inherent", "control"


@dataclass(frozen=True, slots=True)
class RiskRule:
    """One row of the table."""

    key: str
    of: str
    """``inherent`` or ``control``."""
    measure: Callable[[SourceShare, Decimal], Decimal | None]
    """What is held against the limits, from the source and the materiality [%]; None: there is nothing to judge."""
    say: Callable[[SourceShare, Decimal], Text]
    """The reason, from the source and what was measured."""

    def judge(self, share: SourceShare, materiality: Decimal) -> Hit | None:
        """The level that follows, with its reason; None when nothing raises the risk."""
        found = self.measure(share, materiality)
        if found is None:
            return None
        limits = limits_of(self.key)
        level = next((one for one in (HIGH, MEDIUM) if one in limits and found > limits[one]), None)
        return None if level is None else Hit(self, level, self.say(share, found))


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that spoke."""

    rule: RiskRule
    level: str
    """``medium`` or ``high``."""
    reason: Text


@cache
def limits_of(key: str) -> Mapping[str, Decimal]:
    """Above which a measure makes a risk medium or high; of facts that are so or not: from 0 on.

    Examples
    --------
    >>> limits_of("estimated")
    {'medium': Decimal('5'), 'high': Decimal('20')}
    """
    said = tomllib.loads((files("resources") / "audit" / "risk.toml").read_text("utf-8"))[key]
    return {level: Decimal(value) for level, value in said.items()}


def highest_of(share: SourceShare, materiality: Decimal) -> str:
    """The highest inherent risk of a source of this size: what cannot be material alone is never high.

    Parameters
    ----------
    share
        the source.
    materiality
        of the engagement. [%]
    """
    limits = limits_of("small")
    size = _size(share, materiality)
    if size is None:
        return HIGH
    return LOW if size < limits[LOW] else MEDIUM if size < limits[MEDIUM] else HIGH


def _one(percent: Decimal) -> Decimal:
    return round(percent, 1)


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _size(share: SourceShare, materiality: Decimal) -> Decimal | None:
    return EXACT.divide(share.percent, materiality) if materiality else None


def _change(share: SourceShare, _materiality: Decimal) -> Decimal | None:
    return None if share.change_percent is None else abs(share.change_percent)


def _new(share: SourceShare, _materiality: Decimal) -> Decimal:
    return Decimal(share.last_year == 0 and share.location != 0)


def _typed(share: SourceShare, _materiality: Decimal) -> Decimal:
    return percent_of(Decimal(share.typed), Decimal(share.records))


def _corrected(share: SourceShare, _materiality: Decimal) -> Decimal:
    return percent_of(Decimal(share.corrections), Decimal(share.records))


RULES = (
    RiskRule(
        "size", INHERENT, _size,
        lambda share, found: T("It is {percent} % of the total, {times} times materiality.",
                               percent=_one(share.percent), times=_one(found)),
    ),
    RiskRule(
        "estimated", INHERENT, lambda share, _m: share.estimated_percent,
        lambda _share, found: T("{percent} % of its tonnes are estimated.", percent=_one(found)),
    ),
    RiskRule(
        "spend_based", INHERENT, lambda share, _m: Decimal(share.spend_based),
        lambda _share, _found: T("Money spent stands in for what was used."),
    ),
    RiskRule(
        "change", INHERENT, _change,
        lambda share, _found: T("It changed by {percent} % from last year.",
                                percent=_one(share.change_percent or Decimal(0))),
    ),
    RiskRule("new", INHERENT, _new, lambda _share, _found: T("It did not exist last year.")),
    RiskRule(
        "excluded", INHERENT, lambda share, _m: Decimal(share.excluded),
        lambda share, _found: T("Records that no factor covers: {count}.", count=share.excluded),
    ),
    RiskRule(
        "unproven", CONTROL, lambda share, _m: share.unproven_percent,
        lambda _share, found: T("No proof is kept of {percent} % of its tonnes.", percent=_one(found)),
    ),
    RiskRule(
        "typed", CONTROL, _typed,
        lambda share, _found: T("Typed by hand: {count} of {records} records.",
                                count=share.typed, records=share.records),
    ),
    RiskRule(
        "calibration_expired", CONTROL, lambda share, _m: Decimal(share.calibration == EXPIRED),
        lambda share, _found: T("The calibration of its meter ended on {day}.", day=_day(share.calibrated_to)),
    ),
    RiskRule(
        "calibration_unknown", CONTROL, lambda share, _m: Decimal(share.calibration == UNKNOWN),
        lambda _share, _found: T("It is metered, and no calibration is known."),
    ),
    RiskRule(
        "corrected", CONTROL, _corrected,
        lambda share, _found: T("Records that findings corrected: {count}.", count=share.corrections),
    ),
    RiskRule(
        "unplanned", CONTROL, lambda share, _m: Decimal(not share.planned),
        lambda _share, _found: T("The management plan does not say how its figures come about."),
    ),
)  # fmt: skip
"""Every rule; the highest level that one gives is proposed."""
