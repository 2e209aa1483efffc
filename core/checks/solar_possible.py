"""The sun sets a limit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Rule, Series, Setting, days, median
from core.i18n import T
from core.ledger import Activity
from core.library import EXACT
from core.methods import Finding
from core.methods.solar_generation import GENERATED, METHOD, PEAK_POWER

FULL_LOAD = Decimal(10)
"""No place gives a module, tracking or not, more hours at peak power under a clear sky, averaged over days. [h/d]"""
RATIO = Decimal("2.5")
"""Up to 60° of latitude the best month of a year gives at most about twice the median month."""
ENOUGH = 6
KWH = Decimal("3.6")
"""[MJ/kWh]"""
MONTH = range(20, 41)


def _daily(setting: Setting, record: Activity) -> Decimal | None:
    """[kWh/d]"""
    base = setting.base(record)
    return None if base is None or base[0] != "energy" else EXACT.divide(base[1], KWH * days(record))


def _peak(record: Activity) -> Decimal:
    """[kWp]; 0 when the record does not say."""
    return Decimal(next((said for key, said in record.parameters if key == PEAK_POWER.key), "0") or "0")


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Solar electricity above peak power × 10 h a day, and months of generation above 2.5 times the median month."""
    if series.method != METHOD.key:
        return
    rates = [(a, rate) for a in series.records if (rate := _daily(setting, a)) is not None and rate > 0]
    months = [rate for a, rate in rates if days(a) in MONTH and series.item == GENERATED]
    most = EXACT.multiply(median(months), RATIO) if len(months) >= ENOUGH else None
    for record, rate in rates:
        power = _peak(record)
        if power and rate > EXACT.multiply(power, FULL_LOAD):
            yield _impossible(record, EXACT.divide(rate, power).quantize(Decimal("0.1"), context=EXACT))
        elif most is not None and days(record) in MONTH and rate > most:
            yield Finding(
                RULE.key,
                RULE.severity,
                record.id,
                T(
                    "{source}, {start} to {end}: more than {times} times as much was generated per day as in the "
                    "median month.",
                    source=record.source,
                    start=record.start,
                    end=record.end,
                    times=RATIO,
                ),
                T("Compare the reading with the inverter's log; check multiplier, unit and dates."),
            )


def _impossible(record: Activity, hours: Decimal) -> Finding:
    return Finding(
        RULE.key,
        RULE.severity,
        record.id,
        T(
            "{source}, {start} to {end}: {hours} hours a day at peak power are more than a clear sky gives.",
            source=record.source,
            start=record.start,
            end=record.end,
            hours=hours,
        ),
        T("Compare the reading with the inverter's log; check peak power, multiplier and unit."),
    )


RULE = Rule(
    "solar_possible",
    "warning",
    T("PV above clear-sky possibility"),
    "IEC 61724-1: final yield; limits of this program: 10 h a day at peak power, 2.5 times the median month",
    check_series=check,
    field="quantity",
)
