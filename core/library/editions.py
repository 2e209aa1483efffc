"""The same question in other editions and areas: how a published factor changed, and how others answer it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.library.factors import Factor
from core.library.library import Library
from core.library.units import EXACT, Units

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Edition:
    """One answer beside the factor it is compared with."""

    factor: Factor
    value: Decimal | None
    """In the unit and the gas of the factor it is compared with; None where it cannot be expressed so."""
    difference: Decimal | None
    """From that factor, in %; None where it cannot be said."""


def gas_of(factor: Factor) -> str:
    """The gas whose amount is the headline of a factor; empty for a bare number.

    >>> from core.library import load_library
    >>> gas_of(load_library().about("electricity", "location")[0])
    'CO2'
    """
    if factor.value is not None:
        return ""
    return next((gas for gas in ("CO2e", "CO2") if gas in factor.amounts), next(iter(factor.amounts), ""))


def in_terms_of(factor: Factor, other: Factor, units: Units) -> Decimal | None:
    """The number of ``other`` for the gas and in the unit of ``factor``.

    Notes
    -----
    value = number(other, gas of factor) × (other.of → factor.of) / (other.per → factor.per). A CO2e never stands for a
    CO2 nor the other way round; None where the gas is missing or the units are of other dimensions.
    """
    gas = gas_of(factor)
    number = other.amounts.get(gas) if gas else other.value
    if number is None or bool(factor.per) != bool(other.per):
        return None
    try:
        above = units.convert(Decimal(1), other.of, factor.of) if other.of != factor.of else Decimal(1)
        below = units.convert(Decimal(1), other.per, factor.per) if other.per != factor.per else Decimal(1)
    except UserError:  # another dimension
        return None
    return EXACT.divide(EXACT.multiply(number, above), below)


def editions(library: Library, factor: Factor) -> tuple[Edition, ...]:
    """Every published or own factor for the same item and use, the one itself included.

    Ordered by area (that of ``factor`` first), then newest year, then publication.

    Examples
    --------
    >>> from core.library import load_library
    >>> library = load_library()
    >>> coal = library.factor("cn_electricity_2023.electricity.location.CN.2023.kWh")
    >>> [one.factor.data_year for one in editions(library, coal) if one.factor.region == "CN"][:2]
    [2023, 2022]
    """
    same = [*library.about(factor.item, factor.use), *_own(library, factor)]
    if all(one.key != factor.key for one in same):
        same.append(factor)
    same.sort(key=lambda one: (one.region != factor.region, one.region, -one.data_year, one.set.key, one.key))
    return tuple(_edition(factor, one, library.units) for one in same)


def _own(library: Library, factor: Factor) -> list[Factor]:
    """Of each own factor one row, though it has one for each year of its validity: that of the year compared with."""
    rows: dict[str, Factor] = {}
    for one in library.own:
        if (one.item, one.use) == (factor.item, factor.use):
            held = rows.setdefault(one.set.key, one)
            if one.key == factor.key or (one.data_year == factor.data_year and held.key != factor.key):
                rows[one.set.key] = one
    return list(rows.values())


def _edition(factor: Factor, other: Factor, units: Units) -> Edition:
    value, here = in_terms_of(factor, other, units), in_terms_of(factor, factor, units)
    if value is None or not here:
        return Edition(other, value, None)
    change = EXACT.divide(EXACT.multiply(EXACT.subtract(value, here), _HUNDRED), here)
    return Edition(other, value, change)
