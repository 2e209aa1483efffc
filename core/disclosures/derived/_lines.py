"""Lines of the inventory, filed once, and the way from them down to records and bills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.disclosures.derived._made import Basis
from core.disclosures.known import Known
from core.disclosures.value import Origin
from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.by import by_scope
from core.inventory.evidence import NO_DOCUMENT
from core.ledger import Activity
from core.methods import SCOPE_TITLES, Line, Portion
from core.methods.solar_generation import GENERATED

ACTIVITY = "activity"
"""Page of the records that lines follow from."""


@dataclass(frozen=True, slots=True)
class Filed:
    """An inventory, filed for whoever asks."""

    scopes: Mapping[str, tuple[Line, ...]]
    """Memos included."""
    methods: Mapping[str, tuple[Portion, ...]]
    """What each method was asked: portions of lines, and of records that no factor covers; each once."""
    proofs: Mapping[str, tuple[str, ...]]
    """Kept documents of each record; neither the workbook it came from nor the certificate of its meter."""
    records: Mapping[str, Activity]
    """By id."""


def filed(known: Known) -> Filed:
    """The inventory of the year, filed once."""
    return known.once("filed", lambda one: _filed(one.inventory))


def _filed(inventory: Inventory) -> Filed:
    portions: dict[str, dict[str, Portion]] = {}
    for portion in (*(li.portion for li in inventory.lines), *(e.portion for e in inventory.excluded)):
        portions.setdefault(portion.activity.method, {}).setdefault(portion.activity.id, portion)
    proofs: dict[str, list[str]] = {}
    for one in inventory.evidence:
        if one.kind not in NO_DOCUMENT:
            for key in one.activities:
                proofs.setdefault(key, []).append(one.id)
    return Filed(
        by_scope(inventory.lines),
        {method: tuple(own.values()) for method, own in portions.items()},
        {key: tuple(own) for key, own in proofs.items()},
        {one.id: one for one in inventory.activities},
    )


def lines_in(known: Known, *scopes: str) -> tuple[Line, ...]:
    """The lines of some scopes."""
    found = filed(known).scopes
    return tuple(line for scope in scopes for line in found[scope])


def of_method(known: Known, *methods: str) -> tuple[Portion, ...]:
    """What some methods were asked, covered by a factor or not."""
    found = filed(known).methods
    return tuple(portion for method in methods for portion in found.get(method, ()))


def of_lines(known: Known, lines: Iterable[Line], words: Text) -> Basis:
    """What some lines rest on: the records behind them, and their documents."""
    return of_records(known, (line.activity for line in lines), words, "line")


def of_scopes(known: Known, *scopes: str) -> Basis:
    """What all lines of some scopes rest on, one origin a scope; where there are none, all activity data."""
    bases = (
        of_lines(known, lines, T("Records of {what}: {count}", what=SCOPE_TITLES[scope], count=_count(lines)))
        for scope in scopes
        if (lines := lines_in(known, scope))
    )
    found = Basis()
    for one in bases:
        found = found + one
    return found if found.origins else everything(known)


def everything(known: Known) -> Basis:
    """All activity data of the period: what a nought rests on."""
    held = known.inventory.activities
    return of_records(known, held, T("Activity data: {count}", count=len(held))) if held else Basis()


def of_portions(known: Known, portions: Iterable[Portion], what: Text) -> Basis:
    """What some portions of activity data rest on."""
    held = tuple(portions)
    if not held:
        return Basis()
    count = len({one.activity.id for one in held})
    return of_records(known, (one.activity for one in held), T("Records of {what}: {count}", what=what, count=count))


def of_records(known: Known, activities: Iterable[Activity], words: Text, kind: str = ACTIVITY) -> Basis:
    """Activity data with their documents."""
    ids = tuple(dict.fromkeys(key for one in activities for key in origins_of(known, one)))
    proofs = filed(known).proofs
    evidence = tuple(dict.fromkeys(proof for key in ids for proof in proofs.get(key, ())))
    return Basis((Origin(kind, ids, words, ACTIVITY),), evidence, frozenset(ids) - proofs.keys())


def origins_of(known: Known, activity: Activity) -> tuple[str, ...]:
    """The records as they were entered: what a method derived from two meters stands in both of them."""
    held = filed(known)
    if activity.id in held.records:
        return (activity.id,)
    entered = activity.id.rpartition(":")[0]
    if entered not in held.records:
        return (activity.id,)
    return (entered, *(one for one in _beside(known).get(_place(activity), ()) if one != entered))


def _beside(known: Known) -> Mapping[tuple[object, ...], tuple[str, ...]]:
    """Records of own generation that were entered for the same days, by source and days."""
    return known.once("beside", _by_place)


def _by_place(known: Known) -> dict[tuple[object, ...], tuple[str, ...]]:
    found: dict[tuple[object, ...], tuple[str, ...]] = {}
    for one in known.inventory.activities:
        if one.method == "solar_generation" and one.item != GENERATED:
            found[_place(one)] = (*found.get(_place(one), ()), one.id)
    return found


def _place(one: Activity) -> tuple[object, ...]:
    return one.source, one.start, one.end


def _count(lines: Iterable[Line]) -> int:
    return len({line.activity.id for line in lines})


def nothing_recorded(known: Known) -> Text | None:
    """Why the inventory says nothing; None when it has lines."""
    if known.inventory.lines:
        return None
    return T(
        "No activity data of {year} are calculated: enter bills on the page “Activity data”.", year=str(known.year)
    )
