"""Carbon that leaves as CO2: the step that urea, solvents, lubricants and oxidisers share."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT, Factor
from core.methods._build import amount, bare, mass_of, missing_factor, needed
from core.methods._types import Amount, Context, Parameter, Portion, TraceStep

HUNDRED = Decimal(100)
CARBON_TO_CO2 = (Decimal(44), Decimal(12))
"""Ratio of molar masses as the standards print it: 44/12."""


def share(portion: Portion, parameter: Parameter) -> Decimal:
    """A percentage of the record as a share. [1]

    Raises
    ------
    NotCovered
        when the record does not give it and there is no default.
    """
    given = portion.given(parameter.key)
    number = parameter.default if given is None else given
    if number is None:
        raise needed(portion, parameter)
    return EXACT.divide(number, HUNDRED)


def carbon_share(portion: Portion, context: Context, parameter: Parameter) -> tuple[Decimal, Factor | None]:
    """Mass of carbon per mass: of the record, else by stoichiometry.

    Raises
    ------
    NotCovered
        for a mixture whose carbon the record does not state.
    """
    if portion.given(parameter.key) is not None:
        return share(portion, parameter), None
    found = context.want(portion.activity.item, ("carbon_mass",), portion.start.year)
    if found is None:
        raise needed(portion, parameter)
    return bare(found.factor), found.factor


def to_carbon_dioxide(
    portion: Portion, context: Context, kg: Decimal, shares: tuple[tuple[Decimal, str], ...], *, biogenic: bool = False
) -> tuple[Amount, TraceStep]:
    """kg × shares × 44/12 and the step that shows it; each share with its unit."""
    carbon = kg
    for number, _ in shares:
        carbon = EXACT.multiply(carbon, number)
    molar, atomic = CARBON_TO_CO2
    made = amount("CO2", EXACT.divide(EXACT.multiply(carbon, molar), atomic), context.gwp, biogenic=biogenic)
    if made is None:
        raise missing_factor(portion, context)
    numbers = ((kg, "kg"), *shares, (molar, ""), (atomic, ""))
    form = " × ".join(f"{{{i}}}" for i in range(len(shares) + 1)) + f" × {{{len(shares) + 1}}}/{{{len(shares) + 2}}}"
    return made, TraceStep(mass_of("CO2"), form, numbers, made.kg, "kg CO2")


PURITY = Parameter("purity", T("Purity"), "%", default=HUNDRED, maximum=HUNDRED, help=T("Share of the pure substance."))
