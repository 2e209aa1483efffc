"""Carbon in a product, and what it took from the air while it grew."""

from __future__ import annotations

from decimal import Decimal

from core.library import EXACT
from core.methods import KG

_CO2, _C = Decimal(44), Decimal(12)


def uptake(biogenic: Decimal) -> Decimal:
    """Carbon dioxide that the biomass in a product took up and that leaves the gate with it.

    Parameters
    ----------
    biogenic
        biogenic carbon in a declared unit. [kg C]

    Returns
    -------
    Decimal
        never above zero. [kg CO2]

    Notes
    -----
    −C × 44 / 12, to nine decimals. PACT Technical Specifications 3.0, ``biogenicCO2Uptake``; ISO 14067:2018, 6.4.9.2:
    apart from the footprint without uptake, and inside the one with it.

    Examples
    --------
    Ethanol of sugar beet with 0.44 kg of biogenic carbon (PACT Technical Specifications 3.0, example 1: −1.61):

    >>> uptake(Decimal("0.44"))
    Decimal('-1.613333333')
    """
    taken = EXACT.quantize(EXACT.divide(EXACT.multiply(biogenic, _CO2), _C), KG)
    return -taken if taken else Decimal(0)
