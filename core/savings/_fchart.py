"""The f-chart method for solar hot water, equation by equation, in exact arithmetic.

Beckman, Klein and Duffie, *Solar Heating Design by the f-Chart Method* (Wiley, 1977); Duffie and Beckman, *Solar
Engineering of Thermal Processes* (4th ed., 2013), ch. 20 and 6.19.
"""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT

ONE, HUNDRED, THOUSAND = Decimal(1), Decimal(100), Decimal(1000)
REFERENCE = Decimal(100)
"""Empirical reference temperature of the method. [°C]"""
STANDARD_STORAGE = Decimal(75)
"""[L/m²]"""
LEAST_STORAGE, MOST_STORAGE = Decimal("37.5"), Decimal(300)
"""Between these the correction for the storage holds. [L/m²]"""
MOST_X, MOST_Y = Decimal(18), Decimal(3)
"""The chart ends here. [1]"""
WATER_J = Decimal("4186.8")
"""Heat capacity of water. [J/(kg·K)]"""
WATER_KWH = Decimal("1.163")
"""The same per volume, at 1000 kg/m³. [kWh/(m³·K)]"""


def water_load(volume: Decimal, hot: Decimal, mains: Decimal) -> Decimal:
    """Heat that a volume of hot water needs.

    Parameters
    ----------
    volume
        drawn. [m³]
    hot
        temperature that is delivered. [°C]
    mains
        temperature that arrives. [°C]

    Returns
    -------
    Decimal
        [kWh]

    Notes
    -----
    L = ρ c V (T_w - T_m), ρ c = 1.163 kWh/(m³ K). Duffie and Beckman (4th ed.), ch. 9; c = 4.1868 kJ/(kg K).

    Examples
    --------
    >>> water_load(Decimal(10), Decimal(60), Decimal(10))
    Decimal('581.500')
    """
    return EXACT.multiply(EXACT.multiply(volume, WATER_KWH), EXACT.subtract(hot, mains))


def linear_loss(a1: Decimal, a2: Decimal, rise: Decimal) -> Decimal:
    """One loss coefficient in place of the two of a certificate.

    Parameters
    ----------
    a1
        [W/(m²·K)]
    a2
        [W/(m²·K²)]
    rise
        of the collector above the air, at which it mostly works. [K]

    Returns
    -------
    Decimal
        [W/(m²·K)]

    Notes
    -----
    a = a1 + a2 ΔT. ISO 9806:2017, equation of the efficiency; SAP 2012, appendix H, takes ΔT = 45 K.

    Examples
    --------
    >>> linear_loss(Decimal("3.51"), Decimal("0.017"), Decimal(45))
    Decimal('4.275')
    """
    return EXACT.add(a1, EXACT.multiply(a2, rise))


def inlet_factor(loss: Decimal, flow: Decimal) -> Decimal:
    """From an efficiency over the mean temperature of the fluid to one over its inlet temperature.

    Parameters
    ----------
    loss
        coefficient over the mean temperature. [W/(m²·K)]
    flow
        of water in the test. [kg/(s·m²)]

    Returns
    -------
    Decimal
        by which both numbers of the certificate are multiplied. [1]

    Raises
    ------
    UserError
        without flow.

    Notes
    -----
    F_R(τα) = F_av(τα) / (1 + F_av U_L / (2 ṁ c / A)), and F_R U_L alike. Duffie and Beckman (4th ed.), ch. 6.19.

    Examples
    --------
    >>> round(inlet_factor(Decimal("4.275"), Decimal("0.02")), 4)
    Decimal('0.9751')
    """
    if not flow:
        raise UserError(T("The flow through the collector must be above 0."), T("Certificates mostly name 0.02."))
    capacity = EXACT.multiply(EXACT.multiply(Decimal(2), flow), WATER_J)
    return EXACT.divide(ONE, EXACT.add(ONE, EXACT.divide(loss, capacity)))


def loss_ratio(
    loss: Decimal, exchanger: Decimal, ambient: Decimal, hours: Decimal, area: Decimal, load: Decimal
) -> Decimal:
    """X: losses of the collector at the reference temperature, divided by the load.

    Parameters
    ----------
    loss
        F_R U_L. [W/(m²·K)]
    exchanger
        F'_R/F_R, for a heat exchanger between collector and storage. [1]
    ambient
        mean temperature of the month. [°C]
    hours
        of the month. [h]
    area
        of the collectors. [m²]
    load
        of the month. [kWh]

    Returns
    -------
    Decimal
        [1]

    Notes
    -----
    X = F_R U_L (F'_R/F_R) (100 - T_a) Δt A / L. Duffie and Beckman (4th ed.), ch. 20.2.

    Examples
    --------
    Kalogirou, *Solar Energy Engineering* (2009), example 11.1: 35 m², F_R U_L = 5.56, F'_R/F_R = 0.98, 10.1 °C, 31
    days, 35.2 GJ.

    >>> load = Decimal("35.2e9") / 3600000
    >>> numbers = [Decimal(one) for one in ("5.56", "0.98", "10.1", "744", "35")]
    >>> round(loss_ratio(*numbers, load), 2)
    Decimal('1.30')
    """
    watts = EXACT.multiply(EXACT.multiply(EXACT.multiply(loss, exchanger), EXACT.subtract(REFERENCE, ambient)), area)
    return EXACT.divide(EXACT.divide(EXACT.multiply(watts, hours), THOUSAND), load)


def gain_ratio(
    optical: Decimal, exchanger: Decimal, incidence: Decimal, irradiation: Decimal, area: Decimal, load: Decimal
) -> Decimal:
    """Y: energy absorbed by the collector, divided by the load.

    Parameters
    ----------
    optical
        F_R (τα)_n. [1]
    exchanger
        F'_R/F_R. [1]
    incidence
        (τα)/(τα)_n, mean of the month. [1]
    irradiation
        of the month in the plane of the collectors. [kWh/m²]
    area
        of the collectors. [m²]
    load
        of the month. [kWh]

    Returns
    -------
    Decimal
        [1]

    Notes
    -----
    Y = F_R(τα)_n (F'_R/F_R) (τα)/(τα)_n H_T N A / L. Duffie and Beckman (4th ed.), ch. 20.2.

    Examples
    --------
    The same example: F_R(τα)_n = 0.78, (τα)/(τα)_n = 0.96, 12.5 MJ/m² a day.

    >>> load = Decimal("35.2e9") / 3600000
    >>> month = Decimal("12.5") * 31 / Decimal("3.6")
    >>> numbers = [Decimal(one) for one in ("0.78", "0.98", "0.96")]
    >>> round(gain_ratio(*numbers, month, Decimal(35), load), 2)
    Decimal('0.28')
    """
    absorbed = EXACT.multiply(EXACT.multiply(EXACT.multiply(optical, exchanger), incidence), irradiation)
    return EXACT.divide(EXACT.multiply(absorbed, area), load)


def storage_correction(storage: Decimal) -> Decimal:
    """What another size of the storage makes of X.

    Parameters
    ----------
    storage
        per area of the collectors. [L/m²]

    Returns
    -------
    Decimal
        [1]

    Notes
    -----
    X_c/X = (M/75)^-0.25 for 37.5 to 300 L/m². Duffie and Beckman (4th ed.), ch. 20.3.

    Examples
    --------
    >>> round(storage_correction(Decimal(75)), 4), round(storage_correction(Decimal(150)), 4)
    (Decimal('1.0000'), Decimal('0.8409'))
    """
    return EXACT.power(EXACT.divide(storage, STANDARD_STORAGE), Decimal("-0.25"))


def water_correction(ambient: Decimal, hot: Decimal, mains: Decimal) -> Decimal:
    """What it makes of X that the whole load is hot water.

    Parameters
    ----------
    ambient
        mean temperature of the month. [°C]
    hot
        lowest temperature that is accepted. [°C]
    mains
        temperature that arrives. [°C]

    Returns
    -------
    Decimal
        [1]

    Notes
    -----
    X_c/X = (11.6 + 1.18 T_w + 3.86 T_m - 2.32 T_a) / (100 - T_a). Duffie and Beckman (4th ed.), ch. 20.5; losses of a
    well-insulated storage are in it.

    Examples
    --------
    >>> round(water_correction(Decimal(10), Decimal(60), Decimal(10)), 4)
    Decimal('1.0867')
    """
    parts = (Decimal("11.6"), EXACT.multiply(Decimal("1.18"), hot), EXACT.multiply(Decimal("3.86"), mains))
    above = EXACT.subtract(EXACT.add(EXACT.add(parts[0], parts[1]), parts[2]), EXACT.multiply(Decimal("2.32"), ambient))
    return EXACT.divide(above, EXACT.subtract(REFERENCE, ambient))


def solar_fraction(x: Decimal, y: Decimal) -> Decimal:
    """f: share of the month's load that the sun covers.

    Parameters
    ----------
    x, y
        of the month, corrected; beyond 18 and 3 the chart ends and these count. [1]

    Returns
    -------
    Decimal
        from 0 to 1. [1]

    Notes
    -----
    f = 1.029 Y - 0.065 X - 0.245 Y² + 0.0018 X² + 0.0215 Y³. Duffie and Beckman (4th ed.), ch. 20.3 (liquid systems);
    Klein, Beckman and Duffie (1976).

    Examples
    --------
    >>> round(solar_fraction(Decimal("1.30"), Decimal("0.28")), 3)
    Decimal('0.188')
    """
    x, y = min(x, MOST_X), min(y, MOST_Y)
    terms = (
        EXACT.multiply(Decimal("1.029"), y),
        EXACT.multiply(Decimal("-0.065"), x),
        EXACT.multiply(Decimal("-0.245"), EXACT.multiply(y, y)),
        EXACT.multiply(Decimal("0.0018"), EXACT.multiply(x, x)),
        EXACT.multiply(Decimal("0.0215"), EXACT.multiply(y, EXACT.multiply(y, y))),
    )
    total = Decimal(0)
    for term in terms:
        total = EXACT.add(total, term)
    return min(max(total, Decimal(0)), ONE)
