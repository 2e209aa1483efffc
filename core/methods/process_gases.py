"""Process gases of plasma etching, chamber cleaning and the like: what is neither used up nor destroyed escapes."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import convert, number
from core.methods._escaping import HUNDRED
from core.methods._fluorinated import emitted
from core.methods._types import Context, Finding, Line, Method, Parameter, Portion, TraceStep

UTILISATION = Parameter(
    "utilisation",
    T("Used up in the process"),
    "%",
    maximum=HUNDRED,
    help=T("Of the gas fed in, as measured or as the maker of the tool states; without it all counts as emitted."),
)
CAPTURE = Parameter(
    "capture", T("Led to the abatement"), "%", default=Decimal(0), maximum=HUNDRED,
    help=T("Share of the exhaust that passes the abatement while it runs."),
)  # fmt: skip
DESTRUCTION = Parameter(
    "destruction", T("Destroyed in the abatement"), "%", default=Decimal(0), maximum=HUNDRED,
    help=T("As measured or as the maker of the abatement states."),
)  # fmt: skip
BYPRODUCT = Parameter(
    "cf4_byproduct", T("CF₄ formed as by-product"), "kg/kg", default=Decimal(0), maximum=Decimal(1),
    help=T("Per kg of gas fed in."),
)  # fmt: skip
ONE = Decimal(1)


def process_emission(used: Decimal, utilisation: Decimal, capture: Decimal, destruction: Decimal) -> Decimal:
    """What escapes of a gas that is fed into a process.

    Parameters
    ----------
    used
        mass fed in, without the heel left in the cylinder. [kg]
    utilisation
        share used up in the process. [%]
    capture
        share of the exhaust led to an abatement. [%]
    destruction
        share of that destroyed. [%]

    Returns
    -------
    Decimal
        mass emitted. [kg]

    Notes
    -----
    E = FC × (1 - U) × (1 - a × d). IPCC 2006 Vol. 3 ch. 6, equation 6.2 (Tier 2); GB/T 32151.24-2024.

    Examples
    --------
    100 kg of which 80 % are used up; 90 % of the exhaust is abated by 95 %.

    >>> process_emission(Decimal(100), Decimal(80), Decimal(90), Decimal(95))
    Decimal('2.9000')
    """
    left = EXACT.subtract(ONE, EXACT.divide(utilisation, HUNDRED))
    return EXACT.multiply(EXACT.multiply(used, left), _passes(capture, destruction))


def _passes(capture: Decimal, destruction: Decimal) -> Decimal:
    """Share that an abatement lets through."""
    return EXACT.subtract(ONE, EXACT.divide(EXACT.multiply(capture, destruction), HUNDRED * HUNDRED))


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line for the gas, and one for CF4 where it is formed.

    Notes
    -----
    E = FC × (1 - U) × (1 - a × d); CF4 formed: FC × B × (1 - a × d). IPCC 2006 Vol. 3 ch. 6, equations 6.2 and 6.3.
    """
    used, conversion = convert(portion, "kg", context)
    capture, destruction = number(portion, CAPTURE), number(portion, DESTRUCTION)
    given = portion.given(UTILISATION.key)
    utilisation = Decimal(0) if given is None else given
    mass = process_emission(used, utilisation, capture, destruction)
    numbers = ((used, "kg"), (utilisation, "%"), (capture, "%"), (destruction, "%"))
    step = TraceStep(T("Neither used up nor destroyed"), "{0} × (1 − {1}) × (1 − {2} × {3})", numbers, mass, "kg")
    findings = _unknown(portion) if given is None else ()
    lines = emitted(portion, context, mass, (*portion.trace, *conversion, step), findings)
    return (*lines, *_formed(portion, context, used, _passes(capture, destruction)))


def _formed(portion: Portion, context: Context, used: Decimal, passes: Decimal) -> tuple[Line, ...]:
    """CF4 that other gases form in the plasma."""
    ratio = number(portion, BYPRODUCT)
    if not ratio:
        return ()
    mass = EXACT.multiply(EXACT.multiply(used, ratio), passes)
    numbers = ((used, "kg"), (ratio, "kg/kg"), (passes, ""))
    step = TraceStep(T("CF₄ formed as by-product"), "{0} × {1} × {2}", numbers, mass, "kg")
    return emitted(portion, context, mass, (*portion.trace, step), instead="PFC-14")


def _unknown(portion: Portion) -> tuple[Finding, ...]:
    return (
        Finding(
            "no_utilisation",
            "info",
            portion.activity.id,
            T("Nobody says how much of the gas is used up; all of it counts as emitted."),
            T("Enter the share used up, as measured or as the maker of the tool states."),
        ),
    )


METHOD = Method(
    key="process_gases",
    title=T("Process gases (PFC, HFC, NF₃, SF₆, N₂O)"),
    kinds=("process_gas", "switchgear_gas"),
    dimensions=("mass",),
    scopes=("scope1",),
    source="IPCC 2006 Vol. 3 ch. 6, equations 6.2 and 6.3; GB/T 32151.24-2024",
    calculate=calculate,
    usual_for=("process_gas",),
    example={"item": "process_c2f6", "unit": "kg", "utilisation": "40"},
    parameters=(UTILISATION, CAPTURE, DESTRUCTION, BYPRODUCT),
)
