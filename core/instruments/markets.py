"""Markets in which an instrument may be used where it was not generated."""

from __future__ import annotations

from core.library.rulebook import Rulebook

EUROPE, NORTH_AMERICA = "renewables.market_europe", "renewables.market_north_america"


def market_of(country: str, rules: Rulebook) -> str:
    """The market of a country: the key of the parameter that names it with others, else the country itself."""
    for key in (EUROPE, NORTH_AMERICA):
        if country in rules[key].items:
            return key
    return country


def accepted(country: str, rules: Rulebook) -> tuple[str, ...]:
    """Schemes that are the certificate of a country; I-REC where there is no other."""
    found = tuple(scheme for scheme in OWN if country in rules[OWN[scheme]].items)
    return found or ("I-REC",)


OWN = {
    "GEC": "renewables.gec_countries",
    "GO": "renewables.go_countries",
    "REC": "renewables.rec_countries",
    "REGO": "renewables.rego_countries",
}
"""Schemes with countries of their own."""
