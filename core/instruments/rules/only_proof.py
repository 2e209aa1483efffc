"""Where a certificate is the only proof, a contract should name the certificates that came with it."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.rule import Rule, Said, warning
from core.library.places import area_name

COUNTRIES = "renewables.only_proof_countries"


def check(case: Case) -> Iterator[Said]:
    """A contract of such a country names its certificates."""
    country = case.instrument.market
    if country in case.rules[COUNTRIES].items and not case.serials:
        yield warning(
            T("In {country} only certificates prove the attribute, and the contract names none.",
              country=area_name(country)),
            T("Enter the serial numbers that were transferred under the contract."),
        )  # fmt: skip


RULE = Rule(
    T("Certificates of the contract"),
    ("warning",),
    "发改能源〔2023〕1044号; GB/T 32151.34-2024 accepts contract with settlement too, hence a warning",
    "2023-08-03",
    check,
    (COUNTRIES,),
    ("ppa_physical", "green_tariff"),
)
