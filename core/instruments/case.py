"""What a rule sees: one instrument with what it covers, and what else the plant knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Protocol

from core.errors import UserError
from core.instruments.clashes import Clash, Elsewhere, Ranges, clashes
from core.instruments.days import day_of
from core.instruments.kinds import CERTIFICATE, FAMILIES, VIRTUAL
from core.instruments.serials import Serials, parse_serials
from core.ledger import Allocation, Evidence, Instrument, Ledger, Plant, PvSystem, RuleValue, SerialsElsewhere
from core.library.rulebook import Rulebook, rulebook


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What holds for all instruments of a plant.

    Of another instrument a rule may see the name, where both name the same certificates: whoever lets rules see more
    of it lets :func:`core.instruments.judging.known_after` follow it.
    """

    plant: Plant
    rules: Rulebook
    instruments: Mapping[str, Instrument]
    evidence: Mapping[str, Evidence]
    proofs: Mapping[str, frozenset[str]]
    """Kinds of the files that prove a record of activity data, by its id."""
    systems: Mapping[str, PvSystem]
    serials: Ranges
    """Of each instrument; without those that name none or write them so that they cannot be read."""
    twice: Mapping[str, Clash]
    """Instruments whose certificates another one names too."""
    elsewhere: Mapping[str, SerialsElsewhere]
    used_elsewhere: Elsewhere


class Use(Protocol):
    """What rules may see of a record of electricity: its days. An edited amount asks no rule again."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


@dataclass(frozen=True, slots=True, eq=False)
class Allocated:
    """One allocation with the record that it covers."""

    allocation: Allocation
    activity: Use | None
    """None: there is no such record."""


@dataclass(frozen=True, eq=False)
class Case:
    """One instrument before its rules."""

    setting: Setting
    instrument: Instrument
    allocated: tuple[Allocated, ...] = ()
    """In the order of the allocations' ids."""

    @property
    def plant(self) -> Plant:
        return self.setting.plant

    @property
    def rules(self) -> Rulebook:
        """Parameters as they hold."""
        return self.setting.rules

    @property
    def names(self) -> tuple[str, str]:
        """Of the plant and of the company that operates it."""
        return self.setting.plant.name, self.setting.plant.organisation

    @cached_property
    def serials(self) -> tuple[Serials, ...]:
        return self.setting.serials.get(self.instrument.id, ())

    @cached_property
    def certified(self) -> bool:
        """Certificates are what counts, so they must be retired: not for a contract that names none."""
        return self.instrument.kind in (CERTIFICATE, VIRTUAL) or bool(self.instrument.serials.strip())

    @cached_property
    def retired(self) -> date | None:
        return day_of(self.instrument.retired)

    @cached_property
    def system(self) -> PvSystem | None:
        """The plant's own, that generated it."""
        return self.setting.systems.get(self.instrument.system)

    @cached_property
    def covered(self) -> list[tuple[str, Use]]:
        """Ids of the allocations with the records that they cover; without those whose record is missing."""
        return [(one.allocation.id, one.activity) for one in self.allocated if one.activity is not None]


def setting_of(ledger: Ledger) -> Setting:
    """Everything that rules may look at besides the instrument itself."""
    instruments = {one.id: one for one in ledger.held(Instrument)}
    serials = {key: read for key, one in instruments.items() if (read := readable(one.serials))}
    elsewhere = {one.id: one for one in ledger.held(SerialsElsewhere)}
    return Setting(
        ledger.plant,
        rulebook(ledger.held(RuleValue)),
        instruments,
        {one.id: one for one in ledger.evidence},
        _proofs(ledger.evidence),
        {one.id: one for one in ledger.held(PvSystem)},
        serials,
        clashes(serials, {key: FAMILIES.get(instruments[key].scheme, "") for key in serials}),
        elsewhere,
        Elsewhere({key: readable(one.serials) for key, one in elsewhere.items()}),
    )


def with_files(setting: Setting, evidence: tuple[Evidence, ...]) -> Setting:
    """The same with other evidence."""
    return replace(setting, evidence={one.id: one for one in evidence}, proofs=_proofs(evidence))


@lru_cache(maxsize=16384)  # after an edit all but one are as they were
def readable(text: str) -> tuple[Serials, ...]:
    """Serial numbers; none for none and for what cannot be read."""
    try:
        return parse_serials(text) if text.strip() else ()
    except UserError:
        return ()


def _proofs(evidence: tuple[Evidence, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in evidence:
        for activity in one.activities:
            found.setdefault(activity, set()).add(one.kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}
