"""Allocating instruments to records of electricity: by hand, as a proposal says, and back again.

The steps of one undoable change; what cannot be true is refused. Whether what is allocated counts, the rules say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.instruments.kinds import ON_SITE
from core.inventory.covering import sold_sources
from core.inventory.judging import Decision
from core.ledger import Activity, Allocation, Instrument, Ledger, Step
from core.library import EXACT, Library, Units
from core.methods import exact_sum
from core.methods.solar_generation import SELF_USED
from core.renewables.consumption import COVERABLE, ZERO, whole_of
from core.renewables.proposed import Proposal

THOUSAND = Decimal(1000)
"""[kWh/MWh]"""


def coverable(activity: Activity, sold: Mapping[str, str]) -> bool:
    """Whether an instrument may cover a record: what was bought, and own sun whose attributes were sold."""
    if activity.method == COVERABLE:
        return True
    return activity.method == "solar_generation" and activity.item == SELF_USED and activity.source in sold


def given_of(ledger: Ledger) -> dict[str, Decimal]:
    """What of each instrument is allocated, whether it counts or not, by its id. [kWh]"""
    return _sums((one.instrument, one.quantity) for one in ledger.held(Allocation))


def taken_of(ledger: Ledger) -> dict[str, Decimal]:
    """What is allocated to each record, whether it counts or not, by its id. [kWh]"""
    return _sums((one.activity, one.quantity) for one in ledger.held(Allocation))


def _sums(pairs: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for key, quantity in pairs:
        found[key] = EXACT.add(found.get(key, ZERO), quantity)
    return found


def has(instrument: Instrument) -> Decimal:
    """All that an instrument covers. [kWh]"""
    return EXACT.multiply(instrument.quantity, THOUSAND)


def allocate(
    ledger: Ledger, library: Library, key: str, instrument: str, activity: str, kwh: Decimal, note: str = ""
) -> Decision:
    """Let an instrument cover so much of a record; more of the same pair is added to what is allocated.

    Parameters
    ----------
    ledger
        everything the plant knows.
    library
        for the units.
    key
        id of a new allocation.
    instrument, activity
        ids.
    kwh
        of the whole record. [kWh]
    note
        kept with it.

    Raises
    ------
    UserError
        for more than was used or than there is, a record that is no purchased electricity, or what does not exist.
    """
    covers, record = _instrument(ledger, instrument), _record(ledger, activity)
    if kwh <= 0:
        raise UserError(T("{kwh} kWh cannot be allocated.", kwh=kwh), T("Enter more than zero."))
    _check_use(record, library.units, taken_of(ledger).get(activity, ZERO), kwh)
    _check_stock(covers, given_of(ledger).get(instrument, ZERO), kwh)
    why = T(
        "{kwh} kWh of {instrument} for {source}, {start} to {end}",
        kwh=kwh,
        instrument=covers.name,
        source=record.source,
        start=record.start,
        end=record.end,
    )
    return Decision(why, (_step(ledger, key, covers.id, record.id, kwh, note),))


def accept(ledger: Ledger, library: Library, proposal: Proposal, ids: Sequence[str]) -> Decision:
    """All allocations of a proposal as one change.

    Parameters
    ----------
    ledger, library
        as for the proposal.
    proposal
        of :func:`core.renewables.proposal.propose`.
    ids
        of new allocations, at least as many as are proposed.

    Raises
    ------
    UserError
        when there is nothing to accept, or something was allocated since and it does not fit any more.
    """
    if not proposal.allocations:
        raise UserError(
            T("The proposal allocates nothing."), T("Enter instruments that count for records not yet covered.")
        )
    given, taken = given_of(ledger), taken_of(ledger)
    steps = []
    for key, one in zip(ids, proposal.allocations, strict=False):
        covers, record = _instrument(ledger, one.instrument), _record(ledger, one.activity)
        _check_use(record, library.units, taken.get(record.id, ZERO), one.kwh)
        _check_stock(covers, given.get(covers.id, ZERO), one.kwh)
        taken[record.id] = EXACT.add(taken.get(record.id, ZERO), one.kwh)
        given[covers.id] = EXACT.add(given.get(covers.id, ZERO), one.kwh)
        steps.append(_step(ledger, key, covers.id, record.id, one.kwh, ""))
    if len(steps) < len(proposal.allocations):
        raise ValueError(f"{len(ids)} ids for {len(proposal.allocations)} allocations")
    why = T(
        "{kwh} kWh of renewable electricity allocated as proposed",
        kwh=exact_sum(one.kwh for one in proposal.allocations),
    )
    return Decision(why, tuple(steps))


def take_back(ledger: Ledger, ids: Iterable[str]) -> Decision:
    """Allocations as if they had never been made; the instruments stay.

    Raises
    ------
    UserError
        for an unknown one, or none.
    """
    held = []
    for key in dict.fromkeys(ids):
        found = ledger.get("allocation", key)
        if not isinstance(found, Allocation):
            raise UserError(T("There is no allocation {id}.", id=key[:40]), T("Choose one of the list."))
        held.append(found)
    if not held:
        raise UserError(T("No allocation is chosen."), T("Choose one of the list."))
    why = T("Allocation taken back: {kwh} kWh", kwh=exact_sum(one.quantity for one in held))
    return Decision(why, tuple(Step("allocation", one.id, one, None) for one in held))


def _step(ledger: Ledger, key: str, instrument: str, activity: str, kwh: Decimal, note: str) -> Step:
    for one in sorted(ledger.held(Allocation), key=lambda held: held.id):
        if (one.instrument, one.activity) == (instrument, activity):
            more = replace(one, quantity=EXACT.add(one.quantity, kwh), note=note or one.note)
            return Step("allocation", one.id, one, more)
    return Step("allocation", key, None, Allocation(key, instrument, activity, kwh, note))


def _instrument(ledger: Ledger, key: str) -> Instrument:
    found = ledger.get("instrument", key)
    if not isinstance(found, Instrument):
        raise UserError(T("There is no instrument {id}.", id=key[:40]), T("Choose one of the list."))
    if found.kind == ON_SITE:
        raise UserError(
            T("{instrument} is own generation: it lowers the bill by itself.", instrument=found.name),
            T("Enter what was used on site as activity data, and who owns its attributes at the PV system."),
        )
    return found


def _record(ledger: Ledger, key: str) -> Activity:
    found = ledger.get("activity", key)
    if not isinstance(found, Activity):
        raise UserError(T("There is no record {id}.", id=key[:40]), T("Choose one of the list."))
    if not coverable(found, sold_sources(ledger)):
        raise UserError(
            T("The record {id} of {source} is no purchased electricity.", id=found.id, source=found.source),
            T("Certificates and contracts cover electricity that was bought and used; exports never count."),
        )
    return found


def _check_use(record: Activity, units: Units, taken: Decimal, kwh: Decimal) -> None:
    left = EXACT.subtract(whole_of(record, units), taken)
    if kwh > left:
        raise UserError(
            T(
                "{kwh} kWh are more than what is left of {source}, {start} to {end}: {left} kWh.",
                kwh=kwh,
                source=record.source,
                start=record.start,
                end=record.end,
                left=max(left, ZERO),
            ),
            T("Allocate at most what was used and is not covered yet."),
        )


def _check_stock(instrument: Instrument, given: Decimal, kwh: Decimal) -> None:
    left = EXACT.subtract(has(instrument), given)
    if kwh > left:
        raise UserError(
            T(
                "{kwh} kWh are more than what is left of {instrument}: {left} kWh.",
                kwh=kwh,
                instrument=instrument.name,
                left=max(left, ZERO),
            ),
            T("One certificate covers one megawatt-hour once; choose another instrument for the rest."),
        )
