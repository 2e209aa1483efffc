"""Mobile combustion: cars, lorries and fork-lifts that the plant runs."""

from __future__ import annotations

from core.i18n import T
from core.methods._combustion import AMBIGUOUS, burn
from core.methods._types import Context, Line, Method, Portion


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line; the form is that of the fuel family of the plant's country.

    Notes
    -----
    E = AD × NCV × CC × OF × 44/12 (China), E = AD × EF (UK), E = AD × NCV × EF (IPCC); CH4 and N2O with IPCC 2006
    factors for mobile sources.
    """
    return burn(portion, context, "mobile")


METHOD = Method(
    key="mobile_combustion",
    title=T("Mobile combustion"),
    kinds=("fuel",),
    dimensions=("mass", "volume", "energy", "energy_gross"),
    scopes=("scope1",),
    source="GB/T 32151-2024 appendix C; IPCC 2006 Vol. 2 ch. 3; GHG Protocol Corporate Standard, scope 1",
    calculate=calculate,
    example={"item": "diesel", "unit": "l"},
    ambiguous=AMBIGUOUS,
)
