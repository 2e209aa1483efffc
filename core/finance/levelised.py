"""What a unit of energy costs over the life of a plant."""

from __future__ import annotations

import math

from core.errors import UserError
from core.finance.flows import Flows, npv
from core.i18n import T


def _per(cost: float, energy: float) -> float:
    if not math.isfinite(energy) or energy <= 0.0:
        raise UserError(
            T("Without energy there is no cost of a unit of energy."), T("Enter the energy of a year, above 0.")
        )
    return cost / energy


def lcoe_fcr(charge_rate: float, capital: float, fixed_cost: float, energy: float, variable_cost: float = 0.0) -> float:
    """Simple levelised cost of energy with a fixed charge rate.

    Parameters
    ----------
    charge_rate
        share of the capital that a year has to earn. [1/a]
    capital
        installed cost. [money]
    fixed_cost
        operation and maintenance. [money/a]
    energy
        of a year. [kWh/a]
    variable_cost
        for each unit of energy. [money/kWh]

    Returns
    -------
    float
        [money/kWh]

    Raises
    ------
    UserError
        without energy.

    Notes
    -----
    LCOE = (FCR · ICC + FOC) / AEP + VOC. NREL/TP-462-5173 (levelised cost of energy); NREL SAM, "LCOE
    calculator".

    Examples
    --------
    >>> lcoe_fcr(0.098, 374_660_500, 5_531_900, 241_044_037.1676289, 0.004)
    0.1792734873529317
    """
    return _per(charge_rate * capital + fixed_cost, energy) + variable_cost


def lcoe(costs: Flows, energy: Flows, rate: float, energy_rate: float | None = None) -> float:
    """Levelised cost of energy: discounted costs over discounted energy.

    Parameters
    ----------
    costs
        what each year costs, that of today first, tax effects and incomes other than those of the energy included as
        negative costs; shape (n,). [money]
    energy
        of each year, in the same years; shape (n,). [kWh]
    rate
        nominal for nominal costs, real for costs in the money of today. [1/a]
    energy_rate
        for the energy; ``rate`` when it is not given. With nominal costs the nominal rate here gives the nominal and
        the real rate the real LCOE. [1/a]

    Returns
    -------
    float
        [money/kWh]

    Raises
    ------
    UserError
        for a rate of -100 % or less, years that do not match, or no energy.

    Notes
    -----
    LCOE = Σ C_n/(1 + d)^n / Σ E_n/(1 + d_E)^n, n from 0. NREL/TP-462-5173 (levelised cost of energy); NREL
    SAM, "LCOE real and nominal".

    Examples
    --------
    >>> round(lcoe([1000.0, 10.0, 10.0], [0.0, 6000.0, 5970.0], 0.05), 6)
    0.091524
    """
    if len(costs) != len(energy):
        raise UserError(
            T("{costs} years of costs do not match {energy} years of energy.", costs=len(costs), energy=len(energy)),
            T("Enter both for the same years, 0 where there is none."),
        )
    return _per(npv(rate, costs), npv(rate if energy_rate is None else energy_rate, energy))
