"""Every electricity factor that was published near a place: those of the library, and constants that claims use and no
inventory may, from ``resources/claims``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from core.errors import UserError
from core.i18n import T, Text
from core.library import Factor, Library
from core.library.editions import gas_of
from core.library.load import read_factors
from core.library.places import grids_of

ELECTRICITY = "electricity"
EXPECTED_USE = "location"
"""The kind of factor that avoided emissions are calculated with."""
FAMILIES: dict[str, Text] = {
    "location": T("Grid average (location-based)"),
    "residual": T("Residual mix (market-based)"),
    "supplier": T("Supplier's own"),
    "quota": T("Reporting factor of an emission trading system"),
    "operating_margin": T("Operating margin of project baselines"),
    "combined_margin": T("Combined margin of project baselines"),
    "fossil": T("Fossil-fired electricity alone"),
    "footprint": T("Product footprint over the life cycle"),
    "life_cycle": T("Life-cycle intensity of generation"),
}
"""Kinds of factors that a claim can have used, by the use of the library; the first is the one to expect."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published factor in tonnes per megawatt-hour."""

    factor: Factor
    value: Decimal
    """[t/MWh]"""
    gas: str
    """``CO2`` or ``CO2e``."""
    known: bool
    """Whether it had been published on the day asked about."""


@cache
def constants() -> tuple[Factor, ...]:
    """Factors that claims use and that the library must not carry, for no inventory may use them: those of emission
    trading systems, averages that are superseded, averages of others as quoted."""
    folder = files("resources") / "claims" / "constants"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".csv")), key=lambda one: one.name)
    if not found:
        raise RuntimeError(f"{folder} holds no data: the installation is incomplete")
    return tuple(factor for one in found for factor in read_factors(one.name, one.read_text("utf-8")))


def areas(country: str, region: str = "", grid: str = "") -> tuple[str, ...]:
    """Areas whose factors count as near, the smallest first."""
    return tuple(dict.fromkeys(area for area in (region, grid, *grids_of(region), country) if area))


def published_near(
    library: Library, day: date, country: str, region: str = "", grid: str = ""
) -> tuple[Published, ...]:
    """All published electricity factors of a place, whatever their year, use and status; own factors of a plant too.

    Parameters
    ----------
    library
        the plant's or the shipped one.
    day
        of the claim.
    country, region, grid
        ISO 3166-1 and -2 codes and a publisher's sub-grid; empty where not known.

    Returns
    -------
    tuple
        in the order of areas (smallest first), families and years. [t/MWh]

    Examples
    --------
    >>> from core.library import load_library
    >>> near = published_near(load_library(), date(2023, 12, 31), "CN", "CN-BJ")
    >>> [str(one.value) for one in near if one.factor.region == "CN-BJ" and one.factor.use == "quota"]
    ['0.604']
    """
    near = areas(country, region, grid)
    families = list(FAMILIES)
    found = [
        Published(factor, value, gas_of(factor), _known(factor, day))
        for factor in _all(library)
        if (factor.region in near or factor in library.own) and (value := per_mwh(library, factor)) is not None
    ]

    def place(one: Published) -> tuple[object, ...]:
        area = near.index(one.factor.region) if one.factor.region in near else -1
        return area, families.index(one.factor.use), one.factor.data_year, one.factor.key

    return tuple(sorted(found, key=place))


def elsewhere(library: Library, day: date, country: str, near: Iterable[Published]) -> tuple[Published, ...]:
    """Factors of other parts of the same country: what a claim may have taken by mistake."""
    here = {one.factor.key for one in near}
    return tuple(
        Published(factor, value, gas_of(factor), _known(factor, day))
        for factor in _all(library)
        if factor.region[:3] in (f"{country}-", f"{country}.")
        and factor.key not in here
        and (value := per_mwh(library, factor)) is not None
    )


def per_mwh(library: Library, factor: Factor) -> Decimal | None:
    """The headline of a factor in tonnes per megawatt-hour; None where its unit is of other dimensions."""
    try:
        above = library.units.convert(factor.headline, factor.of, "t")
        return library.units.convert(above, "MWh", factor.per)
    except UserError:
        return None


def _all(library: Library) -> Iterable[Factor]:
    everything = (*library.about(ELECTRICITY), *library.own, *constants())
    return (one for one in everything if one.item == ELECTRICITY and one.use in FAMILIES and one.amounts)


def _known(factor: Factor, day: date) -> bool:
    """Publications name their day as exactly as it is known: a year, a month or a day."""
    written = factor.set.published
    return written <= day.isoformat()[: len(written)]
