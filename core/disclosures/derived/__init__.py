"""What data points follow from: one area a file, which defines ``DERIVED``.

A derivation gets everything known of a plant and year and gives the value with its origins and proofs, or says why
there is none and what to do. It never gives zero for what is not known. Cells of its tables are keys, names that people
gave, and plain digits: what keys mean says :mod:`core.disclosures.cells`.
"""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import TypeAlias

from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.dropins import dropped_in

__all__ = ["Derivation", "all_derived", "also_asked", "dated"]

Derivation: TypeAlias = Callable[[Known], PointValue]


@cache
def all_derived() -> Mapping[str, Derivation]:
    """Every derivation by the key of its data point.

    Raises
    ------
    RuntimeError
        when two files derive the same data point, or the folder is empty.
    """
    found: dict[str, Derivation] = {}
    for name, module in _areas().items():
        for key, derivation in module.DERIVED.items():
            if key in found:
                raise RuntimeError(f"{key} is derived in {name}.py and in another file")
            found[key] = derivation
    return found


@cache
def also_asked() -> frozenset[str]:
    """Data points that a person may answer where no record says them: ``ALSO_ASKED`` of their files."""
    return frozenset(key for module in _areas().values() for key in getattr(module, "ALSO_ASKED", ()))


@cache
def dated() -> frozenset[str]:
    """Data points of which it matters on which day one asks: ``DATED`` of their files."""
    return frozenset(key for module in _areas().values() for key in getattr(module, "DATED", ()))


def _areas() -> Mapping[str, ModuleType]:
    return dropped_in(sys.modules[__name__])
