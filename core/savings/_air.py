"""Formulas of compressed air: leaks, pressure, recovered heat."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT

ONE = Decimal(1)
ISENTROPIC = Decimal("0.2857142857142857142857142857142857")
"""(κ - 1)/κ of air, κ = 1.4: 2/7."""


def leak_share(on_load: Decimal, off_load: Decimal) -> Decimal:
    """Share of its delivery that a compressor puts into leaks, from a test without consumers.

    Parameters
    ----------
    on_load
        time in which it delivers. [min]
    off_load
        time in which it idles. [min]

    Returns
    -------
    Decimal
        [1]

    Raises
    ------
    UserError
        when both times are zero.

    Notes
    -----
    Leakage = T / (T + t). DOE, Improving Compressed Air System Performance: A Sourcebook for Industry (3rd ed., 2016),
    fact sheet "Compressed air system leaks"; ISO 11011:2013.

    Examples
    --------
    >>> leak_share(Decimal("1.5"), Decimal("4.5"))
    Decimal('0.25')
    """
    whole = EXACT.add(on_load, off_load)
    if not whole:
        raise UserError(T("The unload test has no time on load and off load."), T("Enter both times."))
    return EXACT.divide(on_load, whole)


def leak_energy(leaks: Decimal, power: Decimal, hours: Decimal) -> Decimal:
    """Electricity that leaks cost.

    Parameters
    ----------
    leaks
        air that escapes. [m³/min]
    power
        specific power of the compressors. [kW/(m³/min)]
    hours
        under pressure. [h/a]

    Returns
    -------
    Decimal
        [kWh/a]

    Notes
    -----
    E = q × P_spec × h. DOE, Compressed Air Tip Sheet 3 (2004), "Minimize compressed air leaks": cfm × kW/cfm × h.

    Examples
    --------
    100 leaks of 1/32 inch at 90 psig, 1.46 cfm each by the table for round edges and 0.61 of that for sharp ones, 18 kW
    per 100 cfm, 7,000 hours, 0.05 $/kWh: 5,611 $.

    >>> energy = leak_energy(100 * Decimal("1.46") * Decimal("0.61"), Decimal("0.18"), Decimal(7000))
    >>> round(energy * Decimal("0.05"))
    5611
    """
    return EXACT.multiply(EXACT.multiply(leaks, power), hours)


def compression_work(ratio: Decimal, isothermal: bool = False, stages: Decimal = ONE) -> Decimal:
    """Work of compressing air, up to a factor that does not depend on the pressure.

    Parameters
    ----------
    ratio
        absolute pressure behind / before. [1]
    isothermal
        with cooling throughout, else without any. [1]
    stages
        with cooling between them. [1]

    Returns
    -------
    Decimal
        [1]

    Notes
    -----
    Isentropic: N (r^((κ-1)/(κ N)) - 1) × κ/(κ-1), κ = 1.4; isothermal: ln r. Both are w / (R T_1). Bloch, A Practical
    Guide to Compressor Technology (2006), ch. 1; VDI 2045-2:1993.

    Examples
    --------
    >>> round(compression_work(Decimal(8)), 4), round(compression_work(Decimal(8), True), 4)
    (Decimal('2.8401'), Decimal('2.0794'))
    """
    if isothermal:
        return EXACT.ln(ratio)
    rise = EXACT.subtract(EXACT.power(ratio, EXACT.divide(ISENTROPIC, stages)), ONE)
    return EXACT.divide(EXACT.multiply(stages, rise), ISENTROPIC)


def pressure_ratio(
    before: Decimal, after: Decimal, ambient: Decimal, isothermal: bool = False, stages: Decimal = ONE
) -> Decimal:
    """Specific power at another pressure, divided by that from before.

    Parameters
    ----------
    before, after
        pressure at the outlet, above ambient. [bar]
    ambient
        absolute pressure of the air that is drawn in. [bar]
    isothermal
        see :func:`compression_work`. [1]
    stages
        [1]

    Returns
    -------
    Decimal
        [1]

    Raises
    ------
    UserError
        when one of the pressures is zero.

    Notes
    -----
    w(after) / w(before) with :func:`compression_work` of the absolute pressures. The rule of thumb of the DOE
    sourcebook (3rd ed., 2016) is 1 % less power for 2 psi less around 100 psig.

    Examples
    --------
    100 psig lowered by 2 psi, in bar: 1.1 % less.

    >>> psi = Decimal("0.0689476")
    >>> round(1 - pressure_ratio(100 * psi, 98 * psi, Decimal("1.01325")), 4)
    Decimal('0.0113')
    """
    if not before or not after:
        raise UserError(T("The pressure of the net must be above that of the air around."), T("Enter it in bar."))
    works = []
    for pressure in (before, after):
        ratio = EXACT.divide(EXACT.add(pressure, ambient), ambient)
        works.append(compression_work(ratio, isothermal, stages))
    return EXACT.divide(works[1], works[0])


def recovered_heat(power: Decimal, share: Decimal, hours: Decimal) -> Decimal:
    """Heat that compressors give off and that is used.

    Parameters
    ----------
    power
        mean electrical power. [kW]
    share
        recovered of it. [1]
    hours
        in which the heat is used. [h/a]

    Returns
    -------
    Decimal
        [kWh/a]

    Notes
    -----
    Q = share × P × h. DOE sourcebook (3rd ed., 2016), fact sheet "Heat recovery with compressed air systems".

    Examples
    --------
    100 bhp, 80 %, 4,160 hours at 2,545 Btu a horsepower-hour: 846,976,000 Btu.

    >>> horsepower = Decimal(100) * 2545  # Btu/h
    >>> recovered_heat(horsepower, Decimal("0.8"), Decimal(4160))
    Decimal('846976000.0')
    """
    return EXACT.multiply(EXACT.multiply(share, power), hours)
