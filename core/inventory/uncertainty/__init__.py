"""How sure a number is: from the uncertainty of bills and factors to that of totals, by formula and by Monte Carlo.

Lines that share a factor share its error, and so do lines that follow from one meter: what is added is the error, not
its square. What nobody quantified stays so, and the result says how many tonnes that are.
"""

from core.inventory.uncertainty.combine import (
    combine_product,
    combine_sum,
    deviation_of_half,
    geometric_deviation,
    half_of_deviation,
    half_of_limits,
    interval,
)
from core.inventory.uncertainty.defaults import Default, classes, pedigree
from core.inventory.uncertainty.draws import Distribution, Simulation, simulate
from core.inventory.uncertainty.formula import Coverage, Estimate, InputShare, SourceShare, View, by_formula
from core.inventory.uncertainty.model import VIEWS, Inputs, Spread, Term
from core.inventory.uncertainty.quantify import quantify
from core.inventory.uncertainty.result import Uncertainty, uncertainty_of, uncertainty_to_plain

__all__ = [
    "VIEWS",
    "Coverage",
    "Default",
    "Distribution",
    "Estimate",
    "InputShare",
    "Inputs",
    "Simulation",
    "SourceShare",
    "Spread",
    "Term",
    "Uncertainty",
    "View",
    "by_formula",
    "classes",
    "combine_product",
    "combine_sum",
    "deviation_of_half",
    "geometric_deviation",
    "half_of_deviation",
    "half_of_limits",
    "interval",
    "pedigree",
    "quantify",
    "simulate",
    "uncertainty_of",
    "uncertainty_to_plain",
]
