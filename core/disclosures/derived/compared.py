"""Against other years, and against what the plant made and earned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.derived._figures import basis_of as basis_of_figure
from core.disclosures.derived._figures import figure, per, why_missing
from core.disclosures.derived._lines import nothing_recorded, of_scopes
from core.disclosures.derived._made import found, lacking, ratio, table
from core.disclosures.derived._years import basis_of, categories, series, tonnes
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.inventory.waterfall import CAUSES, difference
from core.library import EXACT
from core.methods import exact_sum, plain

TONNES = "tCO2e"
DIRECT = ("scope1", "scope2_location")
"""What intensities and the change are of: scope 2 location-based, as everywhere where one view must be chosen."""


def _unknown(year: int) -> Text:
    return T("{year} is not known: close that year, or enter it as an earlier year with its source.", year=str(year))


def _previous(key: str, part: str) -> Callable[[Known], PointValue]:
    def derive(known: Known) -> PointValue:
        year = known.year - 1
        said = tonnes(known, year, part)
        if said is None:
            return lacking(key, _unknown(year), unit=TONNES)
        return found(key, said, basis_of(known, year, part), TONNES)

    return derive


def _previous_scope3(known: Known) -> PointValue:
    """Every earlier year of which categories are known, latest first."""
    years = sorted({one.year for one in series(known).years} | set(known.earlier), reverse=True)
    held = [(year, said) for year in years if year < known.year and (said := categories(known, year))]
    if not held:
        return lacking("ghg.prev_s3", _unknown(known.year - 1), unit=TONNES)
    rows = [(str(year), str(number), plain(value)) for year, said in held for number, value in sorted(said.items())]
    basis = basis_of(known, held[0][0], "scope3")
    for year, _ in held[1:]:
        basis = basis + basis_of(known, year, "scope3")
    return table("ghg.prev_s3", rows, basis, TONNES)


def _change(known: Known) -> PointValue:
    """Why scopes 1 and 2 (location-based) differ from last year: the exact split of the waterfall."""
    before = known.earlier.get(known.year - 1)
    if before is None or not before.lines:
        year = str(known.year - 1)
        why = T("The inventory of {year} is not at hand, so the change cannot be taken apart.", year=year)
        return lacking("ghg.change", why, unit=TONNES)
    if (missing := nothing_recorded(known)) is not None:
        return lacking("ghg.change", missing, unit=TONNES)
    causes = difference(before, known.inventory).causes(DIRECT)
    rows = ((cause, plain(causes[cause])) for cause in CAUSES if causes[cause])
    basis = of_scopes(known, *DIRECT) + basis_of(known, known.year - 1, *DIRECT)
    return table("ghg.change", rows, basis, TONNES)


# ---------------------------------------------------------------------- intensities


def _intensity(key: str, name: str, unit: str, factor: int) -> Callable[[Known], PointValue]:
    """Scopes 1 and 2 (location-based) divided by a key figure; ``factor`` turns tonnes into the mass of the unit."""

    def derive(known: Known) -> PointValue:
        measured = figure(known, name)
        if (why := nothing_recorded(known)) is not None:
            return lacking(key, why)
        if measured.quantity is None:
            return lacking(key, why_missing(measured))
        basis = of_scopes(known, *DIRECT) + basis_of_figure(known, measured)
        if not measured.quantity:
            return lacking(key, T("The key figure is 0: there is nothing to divide by."), basis)
        emitted = exact_sum(known.inventory.totals.scopes[scope] for scope in DIRECT)
        above = EXACT.multiply(emitted, Decimal(factor))
        return ratio(key, above, measured.quantity, basis, f"{unit}/{per(measured)}")

    return derive


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "ghg.prev_s1": _previous("ghg.prev_s1", "scope1"),
    "ghg.prev_s2_lb": _previous("ghg.prev_s2_lb", "scope2_location"),
    "ghg.prev_s2_mb": _previous("ghg.prev_s2_mb", "scope2_market"),
    "ghg.prev_s3": _previous_scope3,
    "ghg.change": _change,
    "ghg.int_rev": _intensity("ghg.int_rev", "revenue", "tCO2e", 1),
    "ghg.int_unit": _intensity("ghg.int_unit", "production", "kgCO2e", 1000),
}
