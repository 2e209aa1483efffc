"""The base year: its end, its emissions and how it is treated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.disclosures.derived._made import Basis, found, lacking, record, table
from core.disclosures.derived._years import base_year, basis_of, categories, tonnes
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T
from core.methods import plain
from core.targets.base_year import policy_of

NONE = T("The plant has no base year: choose one on the page “Targets”.")
UNKNOWN = T(
    "The emissions of the base year are not known: close that year, or enter it as an earlier year with its source."
)


def _chosen(known: Known) -> Basis:
    policy = policy_of(known.ledger)
    if policy is not None:
        return record("base_policy", (policy.id,), T("Base-year policy"), "targets")
    return record("audit", (str(known.year),), T("Choices of {year}", year=str(known.year)), "report")


def _end(known: Known) -> PointValue:
    year = base_year(known)
    if year is None:
        return lacking("base.year_end", NONE)
    audit = known.ledger.audit(year)
    return found("base.year_end", f"{year}-12-31" if audit is None else audit.end.isoformat(), _chosen(known))


def _scope(key: str, part: str) -> Callable[[Known], PointValue]:
    def derive(known: Known) -> PointValue:
        year = base_year(known)
        if year is None:
            return lacking(key, NONE, unit="tCO2e")
        said = tonnes(known, year, part)
        if said is None:
            return lacking(key, UNKNOWN, _chosen(known), "tCO2e")
        return found(key, said, basis_of(known, year, part) + _chosen(known), "tCO2e")

    return derive


def _scope3(known: Known) -> PointValue:
    year = base_year(known)
    if year is None:
        return lacking("base.s3", NONE, unit="tCO2e")
    said = categories(known, year)
    if not said:
        return lacking("base.s3", UNKNOWN, _chosen(known), "tCO2e")
    rows = ((str(number), plain(value)) for number, value in sorted(said.items()))
    return table("base.s3", rows, basis_of(known, year, "scope3") + _chosen(known), "tCO2e")


def _recalculation(known: Known) -> PointValue:
    """The policy as the plant wrote it."""
    policy = policy_of(known.ledger)
    if policy is None:
        return lacking("base.recalc", NONE)
    words = policy.rules.strip() or policy.note.strip()
    if not words:
        return lacking("base.recalc", T("The policy does not say what recalculates the base year: write it on the page "
                                        "“Targets”."), _chosen(known))  # fmt: skip
    return found("base.recalc", f"{words} (≥ {plain(policy.threshold)} %)", _chosen(known))


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "base.year_end": _end,
    "base.s1": _scope("base.s1", "scope1"),
    "base.s2_lb": _scope("base.s2_lb", "scope2_location"),
    "base.s2_mb": _scope("base.s2_mb", "scope2_market"),
    "base.s3": _scope3,
    "base.recalc": _recalculation,
}
