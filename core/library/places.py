"""Countries and their parts, as ISO 3166 names them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from core.errors import UserError
from core.i18n import Name, T
from core.ledger import Plant

_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@cache
def countries() -> dict[str, Name]:
    """ISO 3166-1 codes with their names."""
    return _names("countries.csv")


@cache
def regions() -> dict[str, Name]:
    """ISO 3166-2 codes of the parts we know by name; others are accepted too when well formed."""
    return _names("regions.csv")


@cache
def grids() -> dict[str, Name]:
    """Sub-grids that publishers of factors name and ISO does not: Chinese grid areas, eGRID subregions."""
    return _names("grids.csv")


@cache
def grids_of(region: str) -> tuple[str, ...]:
    """The sub-grids that a part of a country belongs to.

    Examples
    --------
    >>> grids_of("CN-BJ")
    ('CN.north',)
    """
    return tuple(row["grid"] for row in _rows("region_grids.csv") if row["region"] == region)


@cache
def currency_of(country: str) -> str:
    """The money of a country by ISO 4217; empty where we know none.

    Examples
    --------
    >>> currency_of("PL"), currency_of("AQ")
    ('PLN', '')
    """
    return next((row["currency"] for row in _rows("currencies.csv") if row["code"] == country), "")


def grid_named(text: str) -> str:
    """The key of a sub-grid, whatever the case it was typed in.

    Raises
    ------
    UserError
        when no publisher names it.
    """
    if not text:
        return ""
    for key in grids():
        if key.lower() == text.strip().lower():
            return key
    raise UserError(
        T("“{grid}” is not a sub-grid that any factor set names.", grid=text),
        T("Leave it empty, or use e.g. US-RFCM (eGRID) or CN.north."),
    )


def area_name(code: str) -> Name:
    """An area of a factor for people: ``Hebei (CN-HE)``; a code nobody named stays a code."""
    if code == "World":
        return Name("the world", "全球")
    found = regions().get(code) or grids().get(code) or countries().get(code)
    return Name(f"{found.en} ({code})", f"{found.zh}（{code}）") if found else Name(code, code)


def _names(file: str) -> dict[str, Name]:
    return {row["code"]: Name(row["name_en"], row["name_zh"]) for row in _rows(file)}


def _rows(file: str) -> Iterator[dict[str, str]]:
    """Of a table, below what is said of it."""
    text = (files("resources") / file).read_text("utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def check_place(plant: Plant) -> None:
    """Refuse a plant without name, in an unknown country, or whose region belongs to another.

    Raises
    ------
    UserError
        saying what is wrong and what a right value looks like.
    """
    if not plant.name:
        raise UserError(T("The plant has no name."), T("Enter the name that shall stand on the report."))
    if plant.country not in countries():
        raise UserError(
            T("“{country}” is not a country code.", country=plant.country), T("Use ISO 3166-1, e.g. CN, PL or MX.")
        )
    if not plant.region:
        return
    known = [code for code in regions() if code.startswith(f"{plant.country}-")]
    wrong = plant.region not in known if known else not _REGION.fullmatch(plant.region)
    if wrong or not plant.region.startswith(f"{plant.country}-"):
        raise UserError(
            T("“{region}” is not a region of {country}.", region=plant.region, country=countries()[plant.country]),
            T("Use ISO 3166-2, e.g. CN-HE for Hebei, or leave it empty."),
        )
