"""Initial – verified – why: what each line of an inventory was before findings corrected it, and what it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.audit.areas import DATA, area_of
from core.audit.effects import Effect
from core.inventory import Inventory, compile_inventory
from core.ledger import Activity, AuditFinding, Correction, Ledger, Step, initial
from core.library import EXACT, Library, own_key
from core.methods import SCOPES, Line, exact_sum

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """A line that is not what it was, or whose record was corrected."""

    line: str
    """Id of the line; of the record where it never gave one."""
    activity: Activity
    """As it is now; as it was where it was deleted."""
    scope: str
    """Empty where the record never gave a line."""
    category: int
    initial: Decimal
    """Before any finding changed it; zero where there was no line. [t CO2e]"""
    verified: Decimal
    """Now; zero where there is no line any more. [t CO2e]"""
    findings: tuple[str, ...]
    """Ids of the findings that explain it, in the order of the corrections."""
    who: tuple[str, ...]
    """Who corrected it."""
    when: datetime | None
    """When it was corrected first; None when a correction elsewhere moved it and none names it."""

    @property
    def difference(self) -> Decimal:
        """Verified minus initial. [t CO2e]"""
        return EXACT.subtract(self.verified, self.initial)


@dataclass(frozen=True, slots=True)
class Corrected:
    """An inventory before and after the corrections."""

    lines: tuple[CorrectedLine, ...]
    """Ordered by id; all other lines are as they were."""
    initial: Mapping[str, Decimal]
    """Tonnes of each scope before, memos included. [t CO2e]"""
    verified: Mapping[str, Decimal]
    """Tonnes of each scope now. [t CO2e]"""

    @property
    def differences(self) -> dict[str, Decimal]:
        """What the lines differ by, of each scope; initial + differences = verified, exactly. [t CO2e]"""
        found: dict[str, list[Decimal]] = {scope: [] for scope in SCOPES}
        for one in self.lines:
            if one.scope:
                found[one.scope].append(one.difference)
        return {scope: exact_sum(tonnes) for scope, tonnes in found.items()}


def corrections_of(ledger: Ledger, corrections: Iterable[Correction], year: int) -> tuple[Correction, ...]:
    """Those because of findings of a year that changed data; proofs and the audit's own records move no tonnes."""
    return tuple(one for one in corrections if area_of(one.kind) == DATA and _year_of(ledger, one.finding) == year)


def initial_inventory(
    ledger: Ledger, inventory: Inventory, corrections: Iterable[Correction], library: Library | None = None
) -> Inventory:
    """The inventory as it was before findings of its year corrected anything, under the same choices.

    Parameters
    ----------
    ledger
        everything the plant knows now.
    inventory
        of the year as it is now; its choices hold, so that only data differ.
    corrections
        as the journal tells them.
    library
        of then, where a factor set was taken up or given back because of a finding; else that of the inventory.

    Notes
    -----
    Whatever was changed later for other reasons stays, so the difference is that of the findings alone.
    """
    before = initial(ledger, corrections_of(ledger, corrections, inventory.choices.period.end.year))
    return compile_inventory(before, inventory.choices, library or inventory.library)


def corrected(
    before: Inventory, inventory: Inventory, corrections: Iterable[Correction], ledger: Ledger
) -> tuple[CorrectedLine, ...]:
    """Each line that findings changed: initial, verified and why.

    Parameters
    ----------
    before
        :func:`initial_inventory`.
    inventory
        as it is now.
    corrections
        as the journal tells them.
    ledger
        everything the plant knows now.
    """
    known = corrections_of(ledger, corrections, inventory.choices.period.end.year)
    lines = [{line.id: line for line in one.lines} for one in (before, inventory)]
    direct = {one.id for one in known if one.kind == "activity"}
    alike = _by_method(before, inventory)
    rows: list[CorrectedLine] = []
    for key in sorted(lines[0].keys() | lines[1].keys()):
        old, new = lines[0].get(key), lines[1].get(key)
        line = new or old
        if line is not None and (_tonnes(old) != _tonnes(new) or line.activity.id in direct):
            reasons = _reasons(line, old, known, alike.get(line.activity.method, frozenset()))
            rows.append(_row(key, line.activity, line.scope, line.category, (_tonnes(old), _tonnes(new)), reasons))
    rows += _without_line(ledger, before, inventory, known, {row.activity.id for row in rows})
    return tuple(sorted(rows, key=lambda row: row.line))


def compared(
    ledger: Ledger, inventory: Inventory, corrections: Iterable[Correction], library: Library | None = None
) -> Corrected:
    """Everything that findings of its year changed in an inventory; parameters as in :func:`initial_inventory`."""
    known = tuple(corrections)
    before = initial_inventory(ledger, inventory, known, library)
    lines = corrected(before, inventory, known, ledger)
    return Corrected(lines, before.totals.scopes, inventory.totals.scopes)


def effect_removed(
    ledger: Ledger, inventory: Inventory, corrections: Iterable[Correction], finding: AuditFinding
) -> Effect:
    """What the corrections because of one finding took off the inventory, of each scope. [t CO2e]

    Parameters
    ----------
    ledger, inventory, corrections
        as in :func:`initial_inventory`.
    finding
        whose corrections are looked at.

    Returns
    -------
    Effect
        tonnes before its corrections less those after them, everything else as it is now; positive when the
        inventory became smaller, as the effect of the finding is positive when too much was reported.

    Notes
    -----
    Where several findings corrected one record, the effect of one ends where that of the next begins: at the record as
    it was before the next finding first changed it.
    """
    known = corrections_of(ledger, corrections, finding.year)
    steps: list[list[Step]] = [[], []]
    for place, one in enumerate(known):
        if one.finding != finding.id:
            continue
        now = ledger.get(one.kind, one.id)
        later = (n.before for n in known[place + 1 :] if (n.kind, n.id) == (one.kind, one.id))
        steps[0].append(Step(one.kind, one.id, now, one.before))
        steps[1].append(Step(one.kind, one.id, now, next(later, now)))
    before, after = (
        compile_inventory(ledger.apply(one), inventory.choices, inventory.library).totals.scopes for one in steps
    )
    return Effect({scope: EXACT.subtract(before[scope], after[scope]) for scope in before})


def _year_of(ledger: Ledger, key: str) -> int:
    found = ledger.get("finding", key)
    return found.year if isinstance(found, AuditFinding) else 0


def _tonnes(line: Line | None) -> Decimal:
    return _ZERO if line is None else line.tco2e


def _by_method(*inventories: Inventory) -> dict[str, set[str]]:
    """Ids of the records of each method."""
    found: dict[str, set[str]] = {}
    for inventory in inventories:
        for one in inventory.activities:
            found.setdefault(one.method, set()).add(one.id)
    return found


def _reasons(line: Line, old: Line | None, known: tuple[Correction, ...], alike: Set[str]) -> tuple[Correction, ...]:
    """The corrections that explain a line: of its record; of the plant's own factors it used; else those that may.

    A line may follow from several records, as what a roof feeds in from what it generates and what the plant uses: one
    of the same method explains it before one of another.
    """
    own = tuple(one for one in known if one.kind == "activity" and one.id == line.activity.id)
    parts = {part for each in (line, old) if each is not None for part in each.factor.parts}
    factors = tuple(
        one for one in known if one.kind == "factor" and any(part.startswith(f"{own_key(one.id)}.") for part in parts)
    )
    if own or factors:
        return (*own, *factors)
    others = (o for o in known if (o.id in alike if o.kind == "activity" else o.kind != "factor"))
    return tuple(others) or known


def _row(
    key: str,
    activity: Activity,
    scope: str,
    category: int,
    tonnes: tuple[Decimal, Decimal],
    reasons: tuple[Correction, ...],
) -> CorrectedLine:
    findings = tuple(dict.fromkeys(one.finding for one in reasons))
    who = tuple(dict.fromkeys(one.who for one in reasons))
    when = min((one.when for one in reasons), default=None)
    return CorrectedLine(key, activity, scope, category, *tonnes, findings, who, when)


def _without_line(
    ledger: Ledger, before: Inventory, inventory: Inventory, known: tuple[Correction, ...], shown: set[str]
) -> list[CorrectedLine]:
    """Corrected records of the period that gave a line neither before nor now."""
    touching = {one.id: one for one in (*before.activities, *inventory.activities)}
    keys = dict.fromkeys(c.id for c in known if c.kind == "activity" and c.id in touching and c.id not in shown)
    rows = []
    for key in keys:
        reasons = tuple(one for one in known if (one.kind, one.id) == ("activity", key))
        rows.append(_row(key, touching[key], "", 0, (_ZERO, _ZERO), reasons))
    return rows
