"""The check as a whole: every step, the gravest first, and what can be read in a minute."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from core.errors import UserError
from core.i18n import Name, T, Text
from core.ledger import Claim
from core.library import Library
from core.solar.claims import _constant, _forecast, _open, _totals, _yield
from core.solar.claims._case import Case
from core.solar.claims._valid import check_claim
from core.solar.claims.model import (
    VERDICTS,
    Assumption,
    Assumptions,
    ClaimCheck,
    Expected,
    Step,
    Verdict,
    gravest,
    sentences,
)

STEPS: tuple[Callable[[Case], Step | None], ...] = (
    _forecast.forecast,
    _constant.constant,
    _constant.shared,
    _totals.generation,
    _totals.tonnes,
    _yield.specific_yield,
    _yield.density,
    _open.attributes,
    _open.place,
    _open.gas,
    _open.life_cycle,
    _open.use,
    _open.proof,
)
"""In the order of their weight."""
HEADLINES: Mapping[Verdict, Text] = {
    "contradicted": T("As published, this claim does not hold."),
    "doubtful": T("As published, this claim can neither be traced nor relied on."),
    "unknown": T("The claim says too little to be judged."),
    "holds": T("As far as it can be checked, nothing speaks against this claim."),
}
NUMBERS = ("constant", "forecast", "totals", "tonnes", "yield", "density", "attributes", "shared")
"""Steps whose verdict counts for the whole; an open question alone makes no claim doubtful."""
_LIMITS: Mapping[str, tuple[Decimal, Decimal]] = {
    "degradation": (Decimal(0), Decimal(10)),
    "first_year_loss": (Decimal(0), Decimal(20)),
    "decline_low": (Decimal(-10), Decimal(50)),
    "decline_high": (Decimal(-10), Decimal(50)),
    "years": (Decimal(1), Decimal(100)),
    "digits": (Decimal(1), Decimal(6)),
}


def judge(
    claim: Claim,
    library: Library,
    *,
    assumptions: Assumptions | None = None,
    expected: Expected | None = None,
    others: Sequence[Claim] = (),
    grid: str = "",
) -> ClaimCheck:
    """Take a published sentence about a PV system apart.

    Parameters
    ----------
    claim
        what was published, in numbers.
    library
        the plant's or the shipped one: every electricity factor of it near the place is compared.
    assumptions
        ours when not given.
    expected
        what a model of the system generates in a year, where there is one. [kWh/a]
    others
        further claims of the same publisher: the same constant in another grid is a finding.
    grid
        a publisher's sub-grid of the place, where the plant names one.

    Returns
    -------
    ClaimCheck
        the same for the same arguments on any machine.

    Raises
    ------
    UserError
        for a claim that :func:`check_claim` refuses, or an assumption out of its range.

    Examples
    --------
    >>> from datetime import date
    >>> from core.library import load_library
    >>> said = Claim("x", "Roof", "600 t from 1,000 MWh a year", date(2024, 5, 1), country="CN",
    ...              yearly=Decimal(1_000_000), yearly_tonnes=Decimal(600))
    >>> found = judge(said, load_library()).step("constant")
    >>> found.verdict, found.quantities[0].shown
    ('doubtful', '0.600')
    """
    check_claim(claim)
    assumed = assumptions or Assumptions()
    _check_assumptions(assumed)
    case = Case(claim, library, assumed, expected, tuple(others), grid)
    found = [step for make in STEPS if (step := make(case)) is not None]
    order = list(VERDICTS)
    steps = tuple(sorted(found, key=lambda step: order.index(step.verdict)))  # stable: equal ones keep their weight
    verdict = _overall(steps)
    briefs = [step.brief for step in found if step.brief is not None]
    headline = HEADLINES[verdict]
    return ClaimCheck(
        claim, verdict, headline, sentences(headline, *briefs), steps, explained(assumed), claim.published
    )


def _overall(steps: Sequence[Step]) -> Verdict:
    """The gravest verdict about the numbers; where they only hold, open until the factor is traced."""
    counted = {step.key: step.verdict for step in steps if step.key in NUMBERS}
    worst = gravest([verdict for verdict in counted.values() if verdict != "unknown"])
    return "unknown" if worst == "holds" and counted.get("constant") == "unknown" else worst


def default_assumptions() -> Assumptions:
    """What the check assumes unless somebody says otherwise, from ``resources/claims/assumptions.toml``."""
    said = _assumed()
    values = {name: Decimal(one["value"]) for name, one in said.items() if name != "digits"}
    return Assumptions(**values, digits=int(said["digits"]["value"]))


def explained(assumptions: Assumptions) -> tuple[Assumption, ...]:
    """Each assumption with its source; one that somebody changed says so."""
    ours = default_assumptions()
    found: list[Assumption] = []
    for name, one in _assumed().items():
        value = Decimal(getattr(assumptions, name))
        changed = value != Decimal(getattr(ours, name))
        source = Name("", "") if changed else Name(one["source_en"], one["source_zh"])
        status = "USER" if changed else one["status"]
        found.append(Assumption(name, value, one["unit"], Name(one["name_en"], one["name_zh"]), source, status))
    return tuple(found)


@cache
def _assumed() -> dict[str, Any]:
    said = tomllib.loads((files("resources") / "claims" / "assumptions.toml").read_text("utf-8"))
    if list(said) != [one.name for one in fields(Assumptions)]:
        raise RuntimeError("resources/claims/assumptions.toml does not fit the program: the installation is damaged")
    return said


def _check_assumptions(assumptions: Assumptions) -> None:
    for one in explained(assumptions):
        low, high = _LIMITS[one.key]
        if not one.value.is_finite() or not low <= one.value <= high:
            raise UserError(
                T("{name}: {value} {unit} is out of range.", name=one.name, value=str(one.value), unit=one.unit),
                T("Enter a number from {low} to {high}.", low=low, high=high),
            )
    if assumptions.decline_low > assumptions.decline_high:
        raise UserError(
            T("The lowest decline of the grid factor is above the highest."), T("Enter the smaller number first.")
        )
