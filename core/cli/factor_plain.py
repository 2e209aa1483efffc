"""Factors and factor sets as JSON for other programs."""

from __future__ import annotations

from core.errors import UserError
from core.i18n import T
from core.library import Factor, FactorSet, Library


def set_of(library: Library, key: str) -> tuple[FactorSet, list[Factor]]:
    """A factor set and its factors.

    Raises
    ------
    UserError
        when the key is none of a set.
    """
    rows = [factor for factor in (*library.own, *library.factors) if factor.set.key == key]
    if not rows:
        raise UserError(
            T("There is no factor and no factor set “{key}”.", key=key),
            T("“factors list” shows the keys; with --plant also those of a plant."),
        )
    return rows[0].set, rows


def factor_to_plain(factor: Factor, lang: str) -> dict[str, object]:
    """JSON-ready: numbers as strings with all their digits."""
    return {
        "key": factor.key,
        "set": factor.set.key,
        "item": factor.item,
        "use": factor.use,
        "region": factor.region,
        "year": factor.data_year,
        "unit": factor.unit,
        "amounts": {gas: f"{amount:f}" for gas, amount in factor.amounts.items()},
        "value": None if factor.value is None else f"{factor.value:f}",
        "lower": None if factor.lower is None else f"{factor.lower:f}",
        "upper": None if factor.upper is None else f"{factor.upper:f}",
        "status": factor.status,
        "place": factor.place,
        "publisher": factor.set.publisher,
        "edition": factor.set.edition,
        "title": factor.set.title.in_language(lang),
        "note": factor.note,
    }


def set_to_plain(publication: FactorSet, lang: str) -> dict[str, object]:
    """JSON-ready head of a set."""
    return {
        "key": publication.key,
        "title": publication.title.in_language(lang),
        "publisher": publication.publisher,
        "edition": publication.edition,
        "year": publication.year,
        "published": publication.published,
        "licence": publication.licence,
        "gwp": publication.gwp,
        "note": publication.note,
    }
