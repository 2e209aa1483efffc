"""Footprints of what the plant makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.derived._lines import filed, of_records
from core.disclosures.derived._made import Basis, lacking, percent, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.library import EXACT
from core.methods import KG, plain

PAGE = "products"
_NONE = T("No footprint is calculated: enter products and what was made of them on the page “Products”.")


def _why(known: Known) -> Text:
    problems = () if known.footprints is None else known.footprints.problems
    return problems[0] if problems else _NONE


def _basis(known: Known) -> Basis:
    """Products, and the activity data that were shared among them."""
    assert known.footprints is not None
    held = known.footprints.footprints
    basis = record("product", (one.product.id for one in held), T("Products: {count}", count=len(held)), PAGE)
    named = {key for one in held for part in one.contributions for key in part.records}
    own = [one for key, one in sorted(filed(known).records.items()) if key in named]
    return basis + of_records(known, own, T("Activity data: {count}", count=len(own))) if own else basis


def _list(known: Known) -> PointValue:
    key, made = "pcf.list", known.footprints
    if made is None or not made.footprints:
        return lacking(key, _why(known), unit="kgCO2e")
    rows = (
        (one.product.name, one.product.number, one.product.unit, _mass(one.product.mass), plain(one.quantity),
         _kept(one.per_unit), _kept(one.biogenic_per_unit), _kept(one.primary_share))
        for one in made.footprints
    )  # fmt: skip
    return table(key, rows, _basis(known), "kgCO2e")


def _mass(mass: Decimal | None) -> str:
    return "" if mass is None else plain(mass)


def _kept(value: Decimal) -> str:
    return plain(EXACT.quantize(value, KG))


def _share(known: Known) -> PointValue:
    """Scope 1 and 2 of the plant that was given to products, of all of it."""
    key, made = "pcf.share", known.footprints
    if made is None or not made.footprints:
        return lacking(key, _why(known), unit="%")
    whole = EXACT.add(made.shared, made.apart)
    if not whole:
        return lacking(key, T("The plant emits nothing that could be given to products."), _basis(known), "%")
    return percent(key, made.shared, whole, _basis(known))


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {"pcf.list": _list, "pcf.share": _share}
