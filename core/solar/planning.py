"""The assumptions of a forecast from what the ledger knows of a system and from a named factor."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from core.errors import UserError
from core.i18n import T, show_number
from core.ledger.energy import PvSystem
from core.library import EXACT
from core.solar.avoided import Named
from core.solar.economics import Parameter, economics_of, number_of
from core.solar.forecast import COMPONENTS, Assumptions
from core.solar.grid_path import GridPath

HUNDRED = Decimal(100)
SIGMA = "sigma_"
"""Beginning of the key under which a system's ``parameters`` carry a component of the uncertainty. [%]"""


def sigmas() -> dict[str, Parameter]:
    """What the yield is uncertain by, as parameters of a system.

    Examples
    --------
    >>> sigmas()["sigma_model"].unit
    '%'
    """
    return {
        SIGMA + key: Parameter(title, "%", Decimal(repr(round(100.0 * share, 6))), Decimal(0), Decimal(100))
        for key, (title, share) in COMPONENTS.items()
    }


GRID_YEAR = "grid_"
"""Beginning of the key under which a system's ``parameters`` carry a grid factor of a year to come. [t/MWh]"""


def grid_table(system: PvSystem) -> tuple[tuple[int, float], ...]:
    """Grid factors of years to come that somebody stated for a system. [t/MWh]

    Examples
    --------
    >>> from datetime import date
    >>> where = Decimal(40), Decimal(116)
    >>> grid_table(PvSystem("r", "Roof", date(2024, 1, 1), *where, parameters=(("grid_2030", "0.45"),)))
    ((2030, 0.45),)
    """
    pairs = ((key.removeprefix(GRID_YEAR), value) for key, value in system.parameters if key.startswith(GRID_YEAR))
    try:
        return tuple(sorted((int(year), float(Decimal(value))) for year, value in pairs if year.isdecimal()))
    except InvalidOperation as error:
        raise UserError(
            T("A grid factor of the years to come is no number."), T("Correct the assumptions of the forecast.")
        ) from error


def assumptions_of(
    system: PvSystem,
    energy: float,
    first_year: int,
    factor: Named,
    modules: Named | None = None,
    table: tuple[tuple[int, float], ...] = (),
) -> Assumptions:
    """The assumptions of a forecast for a system of the ledger.

    Parameters
    ----------
    system
        its degradation and first-year loss, and by key of ``parameters``: costs and prices
        (:data:`core.solar.economics.PARAMETERS`) and uncertainties (:func:`sigmas`).
    energy
        of a year with new modules in average weather: the expected yield. [kWh/a]
    first_year
        calendar year in which the forecast begins.
    factor
        of the grid, from then on. [t/MWh]
    modules
        life-cycle emissions of PV electricity; None: not known. [t/MWh]
    table
        grid factors of years to come; empty: :func:`grid_table` of the system, else its ``grid_decline``. [t/MWh]

    Returns
    -------
    Assumptions

    Raises
    ------
    UserError
        for a number that is none or out of range.

    Examples
    --------
    >>> from datetime import date
    >>> from core.library import load_library
    >>> from core.solar.avoided import answers
    >>> roof = PvSystem("r", "Roof", date(2024, 1, 1), Decimal(40), Decimal(116), parameters=(("grid_decline", "3"),))
    >>> grid = answers(load_library(), ("CN", "World"), 2023)[0].factor
    >>> found = assumptions_of(roof, 1_200_000.0, 2024, grid)
    >>> found.degradation, found.grid.decline, found.grid.year
    (0.005, 0.03, 2023)
    """
    table = table or grid_table(system)
    path = GridPath(
        float(factor.value),
        factor.year or first_year,
        0.0 if table else number_of(system, "grid_decline"),
        table,
        f"{factor.publisher}, {factor.edition}, {show_number(factor.value)} t/MWh",
    )
    return Assumptions(
        first_year,
        energy,
        path,
        int(number_of(system, "years")),
        float(EXACT.divide(system.degradation, HUNDRED)),
        float(EXACT.divide(system.first_year_loss, HUNDRED)),
        tuple((key.removeprefix(SIGMA), number_of(system, key, one)) for key, one in sigmas().items()),
        None if modules is None else float(modules.value),
        economics_of(system),
    )
