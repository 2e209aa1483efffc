"""Does a recalculation confirm what a package states?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.inventory.caused import contradictions
from core.inventory.compile import Inventory
from core.inventory.frozen import relevant
from core.inventory.package import Package, derived
from core.inventory.uncertainty.result import Uncertainty, uncertainty_of
from core.inventory.uncertainty.stated import disagreements
from core.library import Factor, Item, Library
from core.methods import Finding, former, plain

_ABSENT = object()
_encoded = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
"""One value, one text; unlike Python's own comparison it tells ``true`` from 1."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a recalculation does not confirm."""

    where: str
    """``totals_tco2e.scope1`` or ``lines[a0001:market].tco2e``."""
    stated: str
    recalculated: str


def unconfirmed(stated: object, recalculated: object, where: str = "") -> tuple[Difference, ...]:
    """Every value of two plain inventories that differs; lists of objects with ids of their own are matched by them."""
    if isinstance(stated, dict) and isinstance(recalculated, dict):
        return tuple(
            found
            for key in sorted({*stated, *recalculated})
            for found in unconfirmed(
                stated.get(key, _ABSENT), recalculated.get(key, _ABSENT), f"{where}.{key}" if where else str(key)
            )
        )
    if isinstance(stated, list) and isinstance(recalculated, list):
        return _unconfirmed_in_lists(stated, recalculated, where)
    if type(stated) is type(recalculated) and stated == recalculated:
        return ()
    return (Difference(where, _short(stated), _short(recalculated)),)


def _unconfirmed_in_lists(stated: list[object], recalculated: list[object], where: str) -> tuple[Difference, ...]:
    left, right = _by_id(stated), _by_id(recalculated)
    if left is None or right is None:  # an id used twice would hide one of its lines
        left, right = _by_position(stated), _by_position(recalculated)
    found = tuple(
        difference
        for key in dict.fromkeys((*left, *right))
        for difference in unconfirmed(left.get(key, _ABSENT), right.get(key, _ABSENT), f"{where}[{key}]")
    )
    if not found and list(left) != list(right):
        return (Difference(f"{where}: order", ", ".join(left)[:200], ", ".join(right)[:200]),)
    return found


def _by_id(values: list[object]) -> dict[str, object] | None:
    """The values by their id; None when one has none or shares it."""
    filed: dict[str, object] = {str(v["id"]): v for v in values if isinstance(v, dict) and "id" in v}
    return filed if len(filed) == len(values) else None


def _by_position(values: list[object]) -> dict[str, object]:
    return {str(position): value for position, value in enumerate(values)}


def _same(stated: object, recalculated: object) -> bool:
    """Whether nothing differs, which is the usual case and takes a tenth of the time that naming a difference takes."""
    if stated == recalculated and _alike(stated, recalculated):
        return True
    return _encoded(stated) == _encoded(recalculated)


_EXACT = frozenset({dict, list, str, int, bool, type(None)})


def _alike(stated: object, recalculated: object) -> bool:
    """Whether two equal values are written alike for certain: nothing in them is of another type.

    ``True`` and 1 are equal in Python, and so are 0.0 and -0.0.
    """
    waiting = [(stated, recalculated)]
    while waiting:
        one, other = waiting.pop()
        kind = type(one)
        if kind is not type(other) or kind not in _EXACT:
            return False
        if isinstance(one, dict) and isinstance(other, dict):
            waiting += [(inner, other[key]) for key, inner in one.items() if type(inner) is not str]
        elif isinstance(one, list) and isinstance(other, list):
            waiting += [pair for pair in zip(one, other, strict=True) if type(pair[0]) is not str]
    return True


def _short(value: object) -> str:
    return "—" if value is _ABSENT else str(value)[:200]


_WORDS = frozenset({"findings", "message", "remedy", "reason", "what", "title", "uncertainty"})
"""Classes of uncertainty are what a version of the program knows, like its rules."""


_ADDED = frozenset({"categories_tco2e", "exported_tco2e", "category", "parameters", "lower", "upper"})
"""What an inventory states since version 1.1 of the package, and its ledger can say since then."""
_FIRST = "1.0"


def _numbers_only(value: object, apart: frozenset[str] = _WORDS) -> object:
    """A plain value without findings and sentences: what every version of the program must calculate alike."""
    if isinstance(value, dict):
        return {key: _numbers_only(inner, apart) for key, inner in value.items() if key not in apart}
    return [_numbers_only(inner, apart) for inner in value] if isinstance(value, list) else value


def _unsaid(package: Package) -> frozenset[str]:
    """What the version of the package has no place for."""
    schema = package.plain["schema"]
    return _ADDED if isinstance(schema, dict) and schema.get("version") == _FIRST else frozenset()


def differences(
    package: Package, inventory: Inventory, findings: Iterable[Finding], *, same_program: bool = True
) -> tuple[Difference, ...]:
    """What a recalculation does not confirm of the package; empty when all is equal to the last digit.

    Parameters
    ----------
    package
        as it was read.
    inventory
        ``package.inventory()``, compiled again.
    findings
        of the calculation and the review rules, found again.
    same_program
        False when another version wrote the package: its rules and sentences may differ, its numbers may not.
    """
    uncertainty = package.uncertainty if inventory is package.inventory() else uncertainty_of(inventory, draws=0)
    again: object = derived(package.ledger, package.audit, inventory, findings, uncertainty)
    said: object = dict(package.plain)
    if not same_program:
        said, again = _numbers_only(said), _numbers_only(again, _WORDS | _unsaid(package))
    assert isinstance(said, dict) and isinstance(again, dict)
    found = tuple(
        one
        for part, value in again.items()
        if part not in said or not _same(said[part], value)
        for one in unconfirmed(said.get(part, _ABSENT), value, "" if part == "inventory" else part)
    )
    return (*found, *_unlikely(package, uncertainty)) if same_program else found


def _unlikely(package: Package, uncertainty: Uncertainty) -> tuple[Difference, ...]:
    """Numbers that nobody calculates again, where they do not fit those that are: draws, and causes of differences."""
    drawn = () if package.draws is None else disagreements(package.draws, uncertainty)
    totals = package.inventory().totals
    return (
        *(
            Difference(f"monte_carlo.views.{where}", plain(stated), plain(round(formula, 6)))
            for where, stated, formula in drawn
        ),
        *(
            Difference(f"comparisons[{one.year}].{where}", stated, expected)
            for one in package.comparisons
            for where, stated, expected in contradictions(one, package.ledger, totals)
        ),
    )


def unknown_factors(package: Package, own: Library) -> tuple[Difference, ...]:
    """What the library inside the package says otherwise than the reader's own: factors, potentials, items.

    A factor that the reader's library has in the same publication, that would have been a candidate, and that the
    package leaves out, is named too: leaving it out could have led to another choice.
    """
    own = former.library_for(own, package.ledger.activities)
    found = [
        Difference(f"factor {f.key}", _factor(f), _factor(own.factor(f.key)))
        for f in package.library.factors
        if _factor(f) != _factor(own.factor(f.key))
    ]
    carried, sets = {f.key for f in package.library.factors}, {f.set.key for f in package.library.factors}
    candidates = relevant(own, package.inventory()).factors if package.choices.gwp_set in own.gwp else ()
    found += [
        Difference(f"factor {f.key}", "—", _factor(f)) for f in candidates if f.set.key in sets and f.key not in carried
    ]
    found += [
        Difference(f"item {i.key}", _item(i), _item(own.items.get(i.key)))
        for i in package.library.items.values()
        if _item(i) != _item(own.items.get(i.key))
    ]
    return (*found, *_unknown_potentials(package.library, own))


def _unknown_potentials(inside: Library, own: Library) -> tuple[Difference, ...]:
    found: list[Difference] = []
    for key, gwp in inside.gwp.items():
        known = own.gwp[key].species if key in own.gwp else {}
        for species in gwp.species.values():
            same = known.get(species.key)
            if same is None or (same.gwp, same.gas) != (species.gwp, species.gas):
                found.append(
                    Difference(f"GWP {key} {species.key}", plain(species.gwp), plain(same.gwp) if same else "—")
                )
    return tuple(found)


def _factor(factor: Factor | None) -> str:
    """Everything that decides where a factor applies and what it says, for people to compare."""
    if factor is None:
        return "—"
    amounts = ", ".join(f"{gas} {plain(value)}" for gas, value in sorted(factor.amounts.items()))
    cited = factor.set
    number = f"{amounts or plain(factor.value or Decimal(0))} {factor.unit}"
    question = f"{factor.item} {factor.use} {factor.region} {factor.data_year or '—'}"
    source = f"{cited.publisher}, {cited.edition}, {factor.place}, {factor.status}"
    return "; ".join((number, question, source, f"{cited.published} {cited.rank} {cited.gwp}".rstrip()))


def _item(item: Item | None) -> str:
    if item is None:
        return "—"
    parts = " + ".join(f"{share} {species}" for species, share in item.composition)
    return "; ".join(filter(None, (item.kind, parts, item.basis, "biogenic" if item.biogenic else "")))
