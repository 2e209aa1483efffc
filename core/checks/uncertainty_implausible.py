"""Nobody measures without error, and an error larger than the value is none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.ledger import Activity
from core.ledger.codec import read_decimal
from core.methods import Finding

UNCERTAINTY = "uncertainty"
LEAST, MOST = Decimal("0.1"), Decimal(100)
"""[%]"""


def _stated(record: Activity) -> Decimal | None:
    said = next((value for key, value in record.parameters if key == UNCERTAINTY), "")
    try:
        return read_decimal(said) if said else None
    except ValueError:
        return None


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records that state an uncertainty below 0.1 % or above 100 % of their quantity."""
    stated = [(a, value) for a in series.records if a.parameters and (value := _stated(a)) is not None]
    strange = [(a, value) for a, value in stated if not LEAST <= value <= MOST]
    if strange:
        record, value = strange[0]
        yield Finding(
            RULE.key,
            RULE.severity,
            record.id,
            T(
                "{source}: {count} records of {item} state an uncertainty that is hardly possible, first {value} %.",
                source=series.source,
                count=len(strange),
                item=setting.name(series.item),
                value=value,
            ),
            T("Take half of the 95 % interval from the class of the meter or scale, in % of the quantity."),
        )


RULE = Rule(
    "uncertainty_implausible",
    "info",
    T("Implausible uncertainty"),
    "IPCC 2006 Guidelines, Vol. 1, ch. 3; limits of this program: 0.1 % and 100 %",
    check_series=check,
    field="quantity",
)
