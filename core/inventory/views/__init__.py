"""The same lines seen from different sides. Every view adds up to the same totals.

Three standards (:func:`ghgp_view`, :func:`iso_view`, :func:`gbt_view`), months (:func:`matrix`), years (:func:`years`),
and what is missing (:func:`completeness`, :func:`exclusions`). In each of the three every line is in exactly one row.
"""

from core.inventory.by import by_month, by_scope, by_source, months_by_source, spread, spread_days
from core.inventory.totals import LOCATION, MARKET
from core.inventory.views.completeness import Exclusion, Node, completeness, exclusions
from core.inventory.views.gbt import Component, GbtLine, GbtRow, GbtView, components, gbt_view, unproven
from core.inventory.views.ghgp import Category, GhgpView, ghgp_view
from core.inventory.views.iso import IsoCategory, IsoView, iso_view
from core.inventory.views.matrix import Cell, Matrix, MatrixRow, matrix
from core.inventory.views.rows import Row
from core.inventory.views.titles import (
    CATEGORY_TITLES,
    COMPONENT_TITLES,
    GBT_TITLES,
    ISO_PART_TITLES,
    ISO_TITLES,
    NATURE_TITLES,
)
from core.inventory.views.years import YearFigures, Years, figures_of, years

__all__ = [
    "CATEGORY_TITLES",
    "COMPONENT_TITLES",
    "GBT_TITLES",
    "ISO_PART_TITLES",
    "ISO_TITLES",
    "LOCATION",
    "MARKET",
    "NATURE_TITLES",
    "Category",
    "Cell",
    "Component",
    "Exclusion",
    "GbtLine",
    "GbtRow",
    "GbtView",
    "GhgpView",
    "IsoCategory",
    "IsoView",
    "Matrix",
    "MatrixRow",
    "Node",
    "Row",
    "YearFigures",
    "Years",
    "by_month",
    "by_scope",
    "by_source",
    "completeness",
    "components",
    "exclusions",
    "figures_of",
    "gbt_view",
    "ghgp_view",
    "iso_view",
    "matrix",
    "months_by_source",
    "spread",
    "spread_days",
    "unproven",
    "years",
]
