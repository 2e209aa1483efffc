"""A system cannot lose more than it holds, several times over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Rule, Series, Setting
from core.i18n import T
from core.library import EXACT
from core.methods import Finding, exact_sum
from core.methods.refrigerants import CHARGE, METHOD


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """More lost in the period than the largest charge that the records of a system state."""
    if series.method != METHOD.key:
        return
    stated = [Decimal(said) for a in series.records for key, said in a.parameters if key == CHARGE.key and said]
    charge = max(stated, default=Decimal(0))
    lost = exact_sum(amount.kg for line in series.lines for amount in line.amounts)
    if charge and lost > charge:
        yield Finding(
            RULE.key,
            RULE.severity,
            series.records[0].id,
            T(
                "{source}: {mass} kg of {item} were lost, but the system holds {charge} kg.",
                source=series.source,
                mass=lost.quantize(Decimal("0.001"), context=EXACT),
                item=setting.name(series.item),
                charge=charge,
            ),
            T("Compare with the log book: charge, unit, and whether several systems share the source."),
        )


RULE = Rule(
    "refrigerant_charge",
    "warning",
    T("Top-up above the charge"),
    "IPCC 2006 Guidelines, Vol. 3, ch. 7: mass balance; Regulation (EU) 2024/573: log books",
    check_series=check,
    field="quantity",
)
