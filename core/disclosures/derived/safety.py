"""Accidents, from key figures of the plant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.derived._figures import basis_of, figure, of_figure, why_missing
from core.disclosures.derived._made import lacking, ratio
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T
from core.library import EXACT

RATE = "1/1e6 h"
MILLION = Decimal(1_000_000)


def _rate(known: Known) -> PointValue:
    """Injuries with lost time in a million hours worked."""
    key = "safety.ltifr"
    injuries, hours = figure(known, "lost_time_injuries"), figure(known, "hours_worked", "person_hour")
    for one in (injuries, hours):
        if one.quantity is None:
            return lacking(key, why_missing(one), unit=RATE)
    basis = basis_of(known, injuries) + basis_of(known, hours)
    if not hours.quantity or injuries.quantity is None:
        return lacking(key, T("The key figure is 0: there is nothing to divide by."), basis, RATE)
    return ratio(key, injuries.quantity, EXACT.divide(hours.quantity, MILLION), basis, RATE)


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "safety.ltifr": _rate,
    "safety.fatal": of_figure("safety.fatal", "fatalities", said="cases"),
}
