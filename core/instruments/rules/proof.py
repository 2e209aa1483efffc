"""No proof is an error."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments.case import Case
from core.instruments.kinds import NON_TRADABLE, ON_SITE
from core.instruments.rule import Rule, Said, stop

CERTIFICATES, CONTRACTS = "renewables.proof_of_certificates", "renewables.proof_of_contracts"
SETTLEMENT = "renewables.settlement_countries"


def check(case: Case) -> Iterator[Said]:
    """A file proves the retirement; for a contract contract and settlement; for own generation a meter counts it."""
    instrument = case.instrument
    files = [case.setting.evidence[key].kind for key in instrument.evidence if key in case.setting.evidence]
    if instrument.kind == ON_SITE or instrument.scheme == NON_TRADABLE:
        if not files and (case.system is None or not case.system.generation):
            yield stop(
                T("No meter and no file proves the own generation."),
                T("Name the meters of the PV system, or attach monthly readings."),
            )
    elif case.certified:
        if not set(files) & set(case.rules[CERTIFICATES].items):
            yield stop(
                T("No file proves the retirement of the certificates."),
                T("Attach the statement of retirement as evidence of the kind “Certificate”."),
            )
    else:
        yield from _contract(case, files)


def _contract(case: Case, files: list[str]) -> Iterator[Said]:
    if not set(files) & set(case.rules[CONTRACTS].items):
        yield stop(
            T("No file proves the contract."),
            T("Attach the contract and its settlement as evidence."),
        )
    elif case.instrument.market in case.rules[SETTLEMENT].items and "certificate" not in files:
        if "contract" not in files:
            yield stop(T("The settlement is there, the contract is not."), T("Attach the contract as evidence."))
        elif "bill" not in files:
            yield from _unsettled(case)


def _unsettled(case: Case) -> Iterator[Said]:
    """The bill of a covered record is a settlement too."""
    for allocation, activity in case.covered:
        if "bill" not in case.setting.proofs.get(activity.id, ()):
            yield stop(
                T("The contract is there, its settlement is not."),
                T("Attach the settlement, as evidence of the contract or of the record of electricity."),
                allocation,
            )


RULE = Rule(
    T("Proof"),
    ("stop",),
    "GB/T 32151.34-2024, annex D; GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 3",
    "2024; 2015",
    check,
    (CERTIFICATES, CONTRACTS, SETTLEMENT),
)
