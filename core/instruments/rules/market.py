"""Generated in the market in which it is used."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.markets import EUROPE, NORTH_AMERICA, market_of
from core.instruments.rule import Rule, Said, stop
from core.library.places import area_name


def check(case: Case) -> Iterator[Said]:
    """Generating plant and this plant lie in one country, or in countries of one market."""
    there, here = case.instrument.market, case.plant.country
    if market_of(there, case.rules) == market_of(here, case.rules) and there:
        return
    if there:
        yield stop(
            T("Generated in {there}, which is another market than {here}.",
              there=area_name(there), here=area_name(here)),
            T("Use instruments of the market in which the plant lies."),
        )  # fmt: skip
    else:
        yield stop(
            T("The country of the generation is not entered."),
            T("Enter it; the registry or the contract names it."),
        )


RULE = Rule(
    T("Same market"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 5: sourced from the market in which it is used",
    "2015",
    check,
    (EUROPE, NORTH_AMERICA),
)
