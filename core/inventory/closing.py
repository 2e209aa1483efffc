"""A closed year: its inventory comes out of the kept package for ever, whatever factors and records become later.

Closing and restating are acts and live in ``core.handover``; here a closing is read, and held against what the same
year would be now.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.i18n import T, Text
from core.inventory.by import by_key
from core.inventory.compile import Inventory, choices_of, compile_inventory
from core.inventory.covering import SOLD
from core.inventory.period import touches
from core.inventory.totals import ZERO, Totals
from core.ledger import (
    Activity,
    Allocation,
    Audit,
    Closing,
    Evidence,
    Instrument,
    Judgement,
    Ledger,
    Meter,
    Plant,
    PvSystem,
    Record,
    Step,
    canonical,
)
from core.library import Library
from core.methods import Line, plain

if TYPE_CHECKING:
    from core.inventory.package import Package
    from core.inventory.waterfall import Waterfall

SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")


def pack(package: Mapping[str, object]) -> bytes:
    """A package as it is kept: canonical bytes, compressed."""
    return zlib.compress(canonical(package), 9)


def unpack(data: bytes) -> bytes:
    """The canonical bytes of a kept package; stops before a small file becomes a huge one.

    Raises
    ------
    UserError
        when they are damaged or larger than a package may be.
    """
    from core.inventory.package import LARGEST

    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, LARGEST + 1)
    except zlib.error as error:
        raise _damaged() from error
    if len(found) > LARGEST:
        raise UserError(
            T("The data of the closed year are larger than {limit} MB.", limit=LARGEST // 2**20),
            T("Do not use this file. Ask for it again."),
        )
    if not reader.eof or reader.unused_data:
        raise _damaged()
    return found


def _damaged() -> UserError:
    return UserError(
        T("The data of the closed year are damaged."), T("Take the last copy of the plant file that is sound.")
    )


def closed_package(closing: Closing, blob: bytes) -> Package:
    """The package that a closing names, from the bytes that are kept.

    Raises
    ------
    UserError
        when the bytes are not those that were closed, or no package of the year.
    """
    if hashlib.sha256(blob).hexdigest() != closing.sha256 or len(blob) != closing.size:
        raise _damaged()
    from core.inventory.package import read

    package = read(unpack(blob))
    if package.audit.id != closing.id:
        raise _damaged()
    return package


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed year, read."""

    closing: Closing
    package: Package
    inventory: Inventory
    """What was closed, to the last digit."""


def opened(closing: Closing, blob: bytes) -> Closed:
    """A closed year, from the bytes that are kept.

    Its inventory is calculated again from the factors that were closed with it where that confirms every number; else,
    under a program that calculates otherwise, it has the lines as they were stated.

    Raises
    ------
    UserError
        see :func:`closed_package`.
    """
    package = closed_package(closing, blob)
    return Closed(closing, package, _frozen(package))


def closed_inventory(closing: Closing, blob: bytes) -> Inventory:
    """The inventory of a closed year, see :func:`opened`."""
    return opened(closing, blob).inventory


def _frozen(package: Package) -> Inventory:
    if confirmed(package):
        return package.inventory()
    try:
        from core.inventory.stated import stated_inventory

        return stated_inventory(package)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _damaged() from error


def confirmed(package: Package) -> bool:
    """Whether this program calculates the lines that the package states; totals are sums of them."""
    try:
        inventory = package.inventory()
    except UserError:  # a policy that this program no longer has
        return False
    said = package.plain["inventory"]
    lines, gaps = (said.get("lines"), said.get("excluded")) if isinstance(said, dict) else (None, None)
    if not isinstance(lines, list) or not isinstance(gaps, list):
        return False
    try:
        left_out = [one["id"] for one in gaps] == [e.portion.activity.id for e in inventory.excluded]
        return left_out and len(lines) == len(inventory.lines) and all(map(_states, lines, inventory.lines))
    except (KeyError, TypeError):
        return False


def _states(said: Mapping[str, Any], line: Line) -> bool:
    """Every number of a line, none of its sentences."""
    amounts = [
        {"gas": a.gas, "species": a.species, "kg": plain(a.kg), "gwp": plain(a.gwp), "tco2e": plain(a.tco2e)}
        for a in line.amounts
    ]
    known = (line.id, line.scope, line.category, plain(line.portion.quantity), plain(line.factor.value))
    stated = (said["id"], said["scope"], said["category"], said["quantity"], said["factor"]["value"])
    return known == stated and amounts == said["amounts"]


def with_closings(inventory: Inventory, ledger: Ledger) -> Inventory:
    """The same with the closings and the engagement of today, at which a review looks too.

    The plan stays that of the closing: nobody could have kept to one that was made later.
    """
    return replace(
        inventory,
        closings=tuple(sorted(ledger.closings, key=attrgetter("id"))),
        engagement=ledger.engagement(inventory.choices.period.end.year),
    )


def figures_of(totals: Totals, lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    """Totals by scope, category of scope 3, gas and source; sources and gases location-based. [t CO2e]"""
    figures = {scope: totals.scopes[scope] for scope in SCOPES} | by_key(totals, lines)
    return tuple((key, plain(value)) for key, value in figures.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a closed year would be if it were restated now."""

    inventory: Inventory
    waterfall: Waterfall
    """From what is closed to the candidate."""
    differs: bool
    """Something differs that a restatement would take over, if only a proof or a note."""


def candidate(
    ledger: Ledger, closed: Closed, library: Library, compiled: Callable[[], Inventory] | None = None
) -> Candidate:
    """Calculate a closed year again from what the plant and the library know today.

    Parameters
    ----------
    ledger, library
        of today.
    closed
        the year, see :func:`opened`.
    compiled
        optional: gives the inventory of today, for whoever remembers lines between edits.
    """
    year = int(closed.closing.id)
    then = closed.inventory
    choices = choices_of(ledger.audit(year) or closed.package.audit, year)
    now = compile_inventory(ledger, choices, library) if compiled is None else compiled()
    from core.inventory.waterfall import difference

    found = difference(then, now)
    same = found.empty and _lines(then) == _lines(now)
    return Candidate(now, found, not same or _records(then, closed.package.ledger) != _records(now, ledger))


def pending(ledger: Ledger, year: int, library: Library, blob: bytes) -> Waterfall | None:
    """What a restatement of a closed year would change; None when it would change nothing, or the year is open.

    Parameters
    ----------
    ledger, year, library
        of today.
    blob
        the kept package of the year.

    Raises
    ------
    UserError
        when the blob is not the one that was closed.
    """
    closing = ledger.closing(year)
    if closing is None:
        return None
    found = candidate(ledger, opened(closing, blob), library)
    return found.waterfall if found.differs else None


def _lines(inventory: Inventory) -> list[tuple[object, ...]]:
    """Every number of the lines; sentences may be worded otherwise by another version of the program."""
    return [
        (li.id, li.scope, li.category, li.portion.quantity, li.amounts, li.factor.parts, li.factor.value)
        for li in inventory.lines
    ]


def _records(inventory: Inventory, ledger: Ledger) -> tuple[object, ...]:
    """What people entered about the year."""
    told = telling(ledger.audit(inventory.choices.period.end.year))
    ids = {a.id for a in inventory.activities}
    proofs = [e for e in inventory.evidence if ids.intersection(e.activities)]
    covers = [(one.allocation, one.instrument) for own in inventory.covers.values() for one in own]
    return inventory.plant, told, inventory.activities, proofs, inventory.judgements, covers


def closed_years(ledger: Ledger, steps: Iterable[Step]) -> tuple[int, ...]:
    """Closed years whose records a change touches and that it does not close itself; their closed numbers stay."""
    done = tuple(steps)
    sealed = {step.id for step in done if step.kind == "closing"}
    touched = [step for step in done if telling(step.before) != telling(step.after)]
    records = [record for step in touched for record in (step.before, step.after) if record is not None]
    years = (one for one in ledger.closings if one.id not in sealed and ledger.closing(int(one.id)) == one)
    return tuple(sorted(int(one.id) for one in years if any(belongs(r, int(one.id), ledger) for r in records)))


def telling(record: Record | None) -> Record | None:
    """Counting signed reports says nothing about the year, nor does a PV system besides whose its attributes are, nor
    how the last file of a meter was read."""
    if isinstance(record, PvSystem):
        return PvSystem(
            record.id, "", date.min, ZERO, ZERO, source=record.source, attributes_owner=record.attributes_owner
        )
    if isinstance(record, Meter):
        return replace(record, mapping=())
    return replace(record, revision=0, previous="") if isinstance(record, Audit) else record


def belongs(record: Record, year: int, ledger: Ledger) -> bool:
    """Whether the inventory of a year rests on a record. Factors are left to :func:`pending`."""
    period = choices_of(ledger.audit(year), year).period

    def touching(key: str) -> bool:
        found = ledger.get("activity", key)
        return isinstance(found, Activity) and touches(found, period)

    if isinstance(record, Activity):
        return touches(record, period)
    if isinstance(record, Evidence):
        return any(map(touching, record.activities)) or any(
            record.id in one.evidence and _covers(one.id, ledger, touching) for one in ledger.held(Instrument)
        )
    if isinstance(record, Allocation):
        return touching(record.activity)
    if isinstance(record, Instrument):
        return _covers(record.id, ledger, touching)
    if isinstance(record, PvSystem):
        return record.attributes_owner == SOLD and any(
            a.source == record.source and touches(a, period) for a in ledger.activities
        )
    if isinstance(record, Judgement):
        return record.year == year
    return isinstance(record, Plant) or (isinstance(record, Audit) and record.id == str(year))


def _covers(instrument: str, ledger: Ledger, touching: Callable[[str], bool]) -> bool:
    """Whether something of an instrument is allocated to such a record."""
    return any(one.instrument == instrument and touching(one.activity) for one in ledger.held(Allocation))


def waiting(years: Iterable[int]) -> Text | None:
    """What to tell somebody who edits records of closed years; None when there are none."""
    named = [str(year) for year in years]
    if not named:
        return None
    return T("{years} is closed: the change waits for a restatement.", years=named)
