"""Emission methods, one file each; the file's name is the method's key and it defines ``METHOD``.

A method takes a :class:`Portion` of activity data and a :class:`Context` and gives :class:`Line` s, or raises
:class:`NotCovered`. Methods do not know each other; what they share is in the modules that start with ``_``.
"""

import sys
from functools import cache

from core.dropins import dropped_in
from core.instruments import Serials, joined, normal_number, parse_serials
from core.methods import _former as former
from core.methods._covering import INSTRUMENT, instrument_title
from core.methods._extras import check_extras, check_parameter
from core.methods._types import (
    BIOGENIC,
    CATEGORIES,
    COMMON,
    KG,
    MONEY,
    OTHER,
    SCOPE_TITLES,
    SCOPES,
    SEVERITIES,
    Amount,
    AppliedFactor,
    Context,
    Finding,
    Line,
    Method,
    NotCovered,
    Parameter,
    Portion,
    TraceStep,
    exact_sum,
    plain,
)

__all__ = [
    "BIOGENIC",
    "CATEGORIES",
    "COMMON",
    "INSTRUMENT",
    "KG",
    "MONEY",
    "OTHER",
    "SCOPES",
    "SCOPE_TITLES",
    "SEVERITIES",
    "Amount",
    "AppliedFactor",
    "Context",
    "Finding",
    "Line",
    "Method",
    "NotCovered",
    "Parameter",
    "Portion",
    "Serials",
    "TraceStep",
    "all_methods",
    "check_extras",
    "check_parameter",
    "exact_sum",
    "former",
    "instrument_title",
    "joined",
    "normal_number",
    "parse_serials",
    "plain",
]


@cache
def all_methods() -> dict[str, Method]:
    """Every method by key.

    Raises
    ------
    RuntimeError
        when the folder is empty: a frozen program that lost its methods must not start.
    """
    methods: dict[str, Method] = {name: module.METHOD for name, module in dropped_in(sys.modules[__name__]).items()}
    for name, method in methods.items():
        if method.key != name:
            raise RuntimeError(f"method {method.key} lives in {name}.py")
    return methods
