"""Category 3 from what is known already: every fuel burned and every energy bought has an upstream.

The same bill tells both, so nobody should type it twice. Rows are proposed, never added by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.i18n import T, Text
from core.inventory.compile import Excluded, Inventory, compile_inventory
from core.ledger import Activity, Evidence, Ledger, Step
from core.library import Library
from core.methods import Line, all_methods

UPSTREAM, LOSSES = "upstream_energy", "transmission_losses"
METHODS = (UPSTREAM, LOSSES)
"""The two parts of category 3: what happens before the fuel or power arrives, and what is lost on the way."""
_BURNED, _BOUGHT = "scope1", "scope2_location"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row that follows from a record."""

    origin: Activity
    activity: Activity
    """Without an id of its own yet: that of its origin and its method."""
    lines: tuple[Line, ...]
    """What it would emit."""


@dataclass(frozen=True, slots=True)
class Upstream:
    """What category 3 still lacks."""

    rows: tuple[Proposed, ...]
    """In the order of the records."""
    uncovered: tuple[Excluded, ...]
    """Rows for which nobody at hand publishes a factor; they are not proposed."""


def upstream_of(inventory: Inventory) -> Upstream:
    """Rows of category 3 for the fuels burned and the energy bought that have none yet.

    Parameters
    ----------
    inventory
        of any period; records reach over its ends as they were entered.

    Returns
    -------
    Upstream
        rows with the dates, quantity, unit, source and proof of the record they follow from.

    Notes
    -----
    GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), category 3: A upstream of purchased fuels,
    B upstream of purchased energy, C losses on the way. A record has a counterpart when a row of the same method, item
    and source touches its days.
    """
    wanted = tuple(_missing(inventory))
    records = {activity.id: activity for _origin, activity in wanted}
    ledger = Ledger.of((inventory.plant, *inventory.own_factors, *records.values()))
    found = compile_inventory(ledger, inventory.choices, inventory.library)
    lines: dict[str, list[Line]] = {}
    for line in found.lines:
        lines.setdefault(line.activity.id, []).append(line)
    rows = (Proposed(origin, one, tuple(lines[one.id])) for origin, one in wanted if one.id in lines)
    return Upstream(tuple(rows), found.excluded)


def _missing(inventory: Inventory) -> Iterable[tuple[Activity, Activity]]:
    """Records with the row each of them lacks."""
    burned = {line.activity.id for line in inventory.lines if line.scope == _BURNED}
    bought = {line.activity.id for line in inventory.lines if line.scope == _BOUGHT}
    held: dict[tuple[str, str, str], list[Activity]] = {}
    for one in inventory.activities:
        if one.method in METHODS:
            held.setdefault((one.method, one.source, one.item), []).append(one)
    for one in inventory.activities:
        item = inventory.library.items.get(one.item)
        kind = "" if item is None else item.kind
        if not (one.id in burned and kind == "fuel") and one.id not in bought:
            continue
        for method in METHODS:
            if _takes(method, kind, one.unit, inventory.library) and not _touched(one, held, method):
                yield one, _row(one, method)


def _takes(method: str, kind: str, unit: str, library: Library) -> bool:
    known = all_methods()[method]
    found = library.units.find(unit)
    return kind in known.kinds and found is not None and found.dimension in known.dimensions


def _touched(one: Activity, held: dict[tuple[str, str, str], list[Activity]], method: str) -> bool:
    others = held.get((method, one.source, one.item), ())
    return any(other.start <= one.end and one.start <= other.end for other in others)


def _row(origin: Activity, method: str) -> Activity:
    """What a meter says of a fuel it says of its upstream too; other parameters belong to the burning."""
    kept = tuple((key, value) for key, value in origin.parameters if key == "uncertainty")
    return replace(origin, id=f"{origin.id}:{method}", method=method, category=0, parameters=kept)


def adding_upstream(rows: Sequence[Proposed], ids: Sequence[str], evidence: Iterable[Evidence]) -> tuple[Step, ...]:
    """The steps that add rows; the files that prove a record prove the row that follows from it.

    Parameters
    ----------
    rows
        those that the person wants.
    ids
        one free id for each of them.
    evidence
        every kept file of the plant.
    """
    names: dict[str, list[str]] = {}
    for row, key in zip(rows, ids, strict=True):
        names.setdefault(row.origin.id, []).append(key)
    fresh = tuple(
        Step("activity", key, None, replace(row.activity, id=key)) for row, key in zip(rows, ids, strict=True)
    )
    links = []
    for file in evidence:
        more = tuple(key for origin in file.activities for key in names.get(origin, ()))
        if more:
            links.append(Step("evidence", file.id, file, replace(file, activities=(*file.activities, *more))))
    return (*fresh, *links)


def why_upstream(count: int) -> Text:
    """What the journal says."""
    return T("{count} rows added for the upstream of fuels and energy (category 3)", count=count)
