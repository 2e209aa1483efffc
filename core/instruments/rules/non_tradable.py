"""Certificates that cannot be traded belong to whoever used the electricity."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.days import day_of
from core.instruments.kinds import NON_TRADABLE
from core.instruments.rule import Rule, Said, stop, warning

HYDRO = "renewables.non_tradable_hydro_before"


def check(case: Case) -> Iterator[Said]:
    """They come from a system of the plant; from old hydro power only where the grid passed them on."""
    instrument = case.instrument
    if instrument.scheme != NON_TRADABLE or case.system is not None:
        return
    began = day_of(instrument.commissioned)
    if instrument.technology == "hydro" and began is not None and began < case.rules[HYDRO].day:
        yield warning(
            T("Certificates of older hydro power are not traded; the grid company may pass them on."),
            T("Attach what shows that they were passed on to this plant."),
        )
    else:
        yield stop(
            T("Certificates that cannot be traded are earned by own use, and no PV system of the plant is named."),
            T("Name the PV system that generated it, or use tradable certificates."),
        )


RULE = Rule(
    T("Certificates that cannot be traded"),
    ("stop", "warning"),
    "国能发新能规〔2024〕67号: own use and older hydro power earn certificates that are not traded",
    "2024-08-26",
    check,
    (HYDRO,),
)
