"""Stationary combustion: boilers, furnaces, dryers, generators."""

from __future__ import annotations

from core.i18n import T
from core.methods._combustion import AMBIGUOUS, burn
from core.methods._laboratory import PARAMETERS
from core.methods._types import Context, Line, Method, Portion


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line; the form is that of the fuel family of the plant's country.

    Notes
    -----
    E = AD × NCV × CC × OF × 44/12 (China), E = AD × EF (UK, US), E = AD × NCV × EF (IPCC); CH4 and N2O with IPCC 2006
    factors for stationary sources.
    """
    return burn(portion, context, "stationary")


METHOD = Method(
    key="stationary_combustion",
    title=T("Stationary combustion"),
    kinds=("fuel",),
    dimensions=("mass", "volume", "energy", "energy_gross"),
    scopes=("scope1",),
    source="GB/T 32151-2024 app. C; IPCC 2006 Vol. 2 ch. 2; EPA Emission Factors Hub; GHG Protocol, scope 1",
    calculate=calculate,
    usual_for=("fuel",),
    example={"item": "natural_gas", "unit": "m3"},
    ambiguous=AMBIGUOUS,
    parameters=PARAMETERS,
)
