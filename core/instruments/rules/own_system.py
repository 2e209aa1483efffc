"""Own generation counts only with its attributes kept."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import ON_SITE
from core.instruments.naming import likeness
from core.instruments.rule import Rule, Said, stop
from core.ledger import PvSystem


def check(case: Case) -> Iterator[Said]:
    """A system of the plant is named, the plant owns its attributes, and a third party's contract says so.

    Certificates that name a system of the plant are asked for the owner too.
    """
    system = case.system
    if system is not None:
        yield from _owner(system)
        if case.instrument.kind == ON_SITE:
            yield from _contract(case, system)
    elif case.instrument.kind == ON_SITE:
        yield stop(
            T("No PV system of the plant is named."),
            T("Enter the system on the page “Solar”, and name it here."),
        )


def _owner(system: PvSystem) -> Iterator[Said]:
    if system.attributes_owner == "other":
        yield stop(
            T("Somebody else owns the attributes of “{system}”.", system=system.name),
            T("What was sold with its attributes is not renewable here; take the allocation back."),
        )
    elif system.attributes_owner != "plant":
        yield stop(
            T("It is not known who owns the attributes of “{system}”.", system=system.name),
            T("Look into the contract, and enter the owner with the system."),
        )


def _contract(case: Case, system: PvSystem) -> Iterator[Said]:
    if case.instrument.attributes == "without":
        yield stop(
            T("The attributes do not come with the electricity."),
            T("What was sold with its attributes is not renewable here; take the allocation back."),
        )
    elif case.instrument.attributes != "with" and (others := _others(case, system)):
        yield stop(
            T("Roof or system belong to {others}, and the contract does not say that the attributes come with it.",
              others=others),
            T("Have the contract say so, and enter “with” attributes."),
        )  # fmt: skip


def _others(case: Case, system: PvSystem) -> tuple[str, ...]:
    """Owners of roof and system that are not the plant."""
    owners = dict.fromkeys((system.roof_owner.strip(), system.system_owner.strip()))
    return tuple(one for one in owners if one and likeness(one, case.names) == "other")


RULE = Rule(
    T("Own generation with its attributes"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 2; 国能发新能规〔2024〕67号 on own use",
    "2015; 2024-08-26",
    check,
)
