"""Does a recalculation confirm what a package states?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.inventory.compile import Inventory
from core.inventory.package import Package
from core.inventory.plain import inventory_to_plain
from core.library import Factor, Library
from core.methods import Finding, plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a recalculation does not confirm."""

    where: str
    """``totals_tco2e.scope1`` or ``lines[a0001:market].tco2e``."""
    stated: str
    recalculated: str


def compare(stated: object, recalculated: object, where: str = "") -> tuple[Difference, ...]:
    """Every value of two plain inventories that differs; lists of objects with an ``id`` are matched by it."""
    if isinstance(stated, dict) and isinstance(recalculated, dict):
        return tuple(
            found
            for key in sorted({*stated, *recalculated})
            for found in compare(stated.get(key), recalculated.get(key), f"{where}.{key}" if where else str(key))
        )
    if isinstance(stated, list) and isinstance(recalculated, list):
        left, right = _by_id(stated), _by_id(recalculated)
        return tuple(
            found
            for key in dict.fromkeys((*left, *right))
            for found in compare(left.get(key), right.get(key), f"{where}[{key}]")
        )
    if stated == recalculated:
        return ()
    return (Difference(where, _short(stated), _short(recalculated)),)


def _by_id(values: list[object]) -> dict[str, object]:
    return {
        str(v["id"]) if isinstance(v, dict) and "id" in v else str(position): v for position, v in enumerate(values)
    }


def _short(value: object) -> str:
    return "—" if value is None else str(value)[:200]


WORDS = frozenset({"message", "remedy", "reason", "what", "title"})
"""Sentences: another program version may word them differently, which changes no number."""


def without_words(value: object) -> object:
    """A plain value with only what must be equal on any version: numbers, keys and dates."""
    if isinstance(value, dict):
        return {key: without_words(inner) for key, inner in value.items() if key not in WORDS}
    if isinstance(value, list):
        return [without_words(inner) for inner in value]
    return value


def differences(package: Package, inventory: Inventory, findings: Iterable[Finding]) -> tuple[Difference, ...]:
    """What of the stated inventory a recalculation does not confirm; empty when all is equal to the last digit."""
    again = inventory_to_plain(inventory, findings)
    return compare(without_words(package.plain["inventory"]), without_words(again))


def unknown_factors(package: Package, own: Library) -> tuple[Difference, ...]:
    """Factors and potentials inside the package that differ from the reader's own library under the same key."""
    mine = {f.key: f for f in own.factors}
    found = [
        Difference(f"factor {f.key}", _numbers(f), _numbers(mine[f.key]) if f.key in mine else "—")
        for f in package.library.factors
        if f.key not in mine or _numbers(f) != _numbers(mine[f.key])
    ]
    for key, gwp in package.library.gwp.items():
        known = own.gwp[key].species if key in own.gwp else {}
        for species in gwp.species.values():
            same = known.get(species.key)
            if same is None or (same.gwp, same.gas) != (species.gwp, species.gas):
                found.append(
                    Difference(f"GWP {key} {species.key}", plain(species.gwp), plain(same.gwp) if same else "—")
                )
    return tuple(found)


def _numbers(factor: Factor) -> str:
    amounts = ", ".join(f"{gas} {plain(value)}" for gas, value in sorted(factor.amounts.items()))
    return f"{amounts or plain(factor.value or Decimal(0))} {factor.unit}"
