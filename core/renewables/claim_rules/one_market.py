"""All instruments of a claim come from the market in which the electricity was used."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments import market_of
from core.instruments.markets import EUROPE, NORTH_AMERICA
from core.library.places import area_name
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, stop


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Countries of allocated instruments that lie in another market than the plant."""
    here = case.inventory.plant.country
    countries = {cover.instrument.market for own in case.inventory.covers.values() for cover in own}
    foreign = sorted(one for one in countries if market_of(one, case.rules) != market_of(here, case.rules))
    if foreign:
        yield stop(
            T(
                "Instruments of {countries} are allocated to electricity used in {here}.",
                countries=[area_name(one) if one else T("an unnamed country") for one in foreign],
                here=area_name(here),
            ),
            T("Take these allocations back and use instruments of the market in which the plant lies."),
        )


RULE = ClaimRule(
    T("One market"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 5; RE100 technical criteria, market boundaries",
    "2015; 2022",
    check,
    (EUROPE, NORTH_AMERICA),
)
