"""What is low in carbon need not be renewable, and what is renewable need not be sustainable."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.rule import Rule, Said, info, warning

NUCLEAR = "renewables.nuclear_is_renewable"


def check(case: Case) -> Iterator[Said]:
    """The technology is named; nuclear, mixed, biomass and hydro get a word."""
    match case.instrument.technology:
        case "nuclear" if not case.rules[NUCLEAR].flag:
            yield warning(
                T("Nuclear electricity lowers the market-based figure, and is not part of the renewable share."),
                T("Claim it as low in carbon, not as renewable."),
            )
        case "mixed":
            yield warning(
                T("A mix of technologies: the renewable part is not known."),
                T("Ask the supplier for the mix, and make an instrument of each technology."),
            )
        case "":
            yield warning(
                T("The technology is not named."),
                T("Enter it; registry or contract name it."),
            )
        case "biomass":
            yield warning(
                T("Biomass counts as renewable only from sustainable sources."),
                T("Attach the certificate of sustainability; methane and nitrous oxide belong into scope 1 or 2."),
            )
        case "hydro":
            yield info(
                T("Initiatives ask for sustainable hydro power."),
                T("Keep its label or its size at hand."),
            )
        case _:
            return


RULE = Rule(
    T("Technology"),
    ("warning", "info"),
    "RE100 Technical Criteria: wind, solar, geothermal, sustainable biomass and hydropower",
    "4.1, 2022-12-12",
    check,
    (NUCLEAR,),
)
