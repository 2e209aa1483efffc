"""Each market has its certificate; another one beside it would count the same electricity twice."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import CERTIFICATE, NON_TRADABLE
from core.instruments.markets import OWN, accepted
from core.instruments.rule import Rule, Said, stop
from core.library.places import area_name

LAST = "renewables.i_rec_china_last"


def check(case: Case) -> Iterator[Said]:
    """The scheme is the one of the country of generation."""
    scheme, country = case.instrument.scheme, case.instrument.market
    if not scheme:
        if case.instrument.kind == CERTIFICATE:
            yield stop(T("The scheme of the certificates is not entered."), T("Enter it; the registry names it."))
        return
    if not country:
        return  # stopped for that
    known = accepted(country, case.rules)
    if scheme == "I-REC" and "GEC" in known:
        last = case.rules[LAST].day
        if case.instrument.end > last:
            yield stop(
                T("I-REC of {country} end with the generation of {last}.", country=area_name(country), last=last),
                T("Use green electricity certificates (GEC) for what was generated later."),
            )
    elif ("GEC" if scheme == NON_TRADABLE else scheme) not in known:
        yield stop(
            T("{scheme} is not the certificate of {country}; that is {known}.",
              scheme=scheme, country=area_name(country), known=known),
            T("Check scheme and country in the registry; use the certificate of the market."),
        )  # fmt: skip


RULE = Rule(
    T("Certificate of the market"),
    ("stop",),
    "发改能源〔2023〕1044号; I-TRACK Foundation on China; elsewhere the scheme of the market, or I-REC",
    "2023-08-03; 2024-09-13",
    check,
    (*OWN.values(), LAST),
)
