"""Mobile combustion: cars, lorries and fork-lifts that the plant runs."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import chosen
from core.methods._combustion import AMBIGUOUS, burn
from core.methods._laboratory import PARAMETERS
from core.methods._types import Context, Line, Method, Parameter, Portion

MACHINE = Parameter(
    "machine",
    T("Kind of machine"),
    choices=(("road", T("road vehicle")), ("offroad", T("fork-lift or other machine off the road"))),
    help=T("CH₄ and N₂O differ; CO₂ does not."),
)


def _uses(portion: Portion) -> tuple[str, ...]:
    return ("mobile_offroad", "mobile") if chosen(portion, MACHINE) == "offroad" else ("mobile",)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line; the form is that of the fuel family of the plant's country.

    Notes
    -----
    E = AD × NCV × CC × OF × 44/12 (China), E = AD × EF (UK, US), E = AD × NCV × EF (IPCC); CH4 and N2O with IPCC 2006
    factors for mobile sources.
    """
    return burn(portion, context, *_uses(portion))


METHOD = Method(
    key="mobile_combustion",
    title=T("Mobile combustion"),
    kinds=("fuel",),
    dimensions=("mass", "volume", "energy", "energy_gross"),
    scopes=("scope1",),
    source="GB/T 32151-2024 app. C; IPCC 2006 Vol. 2 ch. 3; EPA Emission Factors Hub; GHG Protocol, scope 1",
    calculate=calculate,
    usual_for=("fuel",),
    example={"item": "diesel", "unit": "l"},
    ambiguous=AMBIGUOUS,
    parameters=(MACHINE, *PARAMETERS),
)
