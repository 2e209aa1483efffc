"""Emissions of other years: of the base year, of the year before."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.disclosures.derived._made import NOTHING, Basis, record
from core.disclosures.known import Known
from core.disclosures.value import Origin
from core.i18n import T
from core.inventory import Inventory
from core.inventory.evidence import NO_DOCUMENT
from core.ledger import EarlierYear, Recalculation
from core.targets.base_year import policy_of
from core.targets.parts import CATEGORIES
from core.targets.series import Series, SeriesYear, actuals, applies, effects_of

PAGE = "targets"


def series(known: Known) -> Series:
    """Every year that is known: closings, inventories at hand, and what earlier reports state of the others."""
    return known.once("series", lambda one: actuals(one.ledger, (one.inventory, *one.earlier.values())))


def base_year(known: Known) -> int | None:
    """The base year of the plant's policy, else the one that the audit of the year compares with."""
    policy = policy_of(known.ledger)
    if policy is not None:
        return policy.year
    return int(known.inventory.base_year) if known.inventory.base_year.isdecimal() else None


def tonnes(known: Known, year: int, part: str) -> Decimal | None:
    """Emissions of a part in another year, in the series to compare with."""
    return series(known).tonnes((part,), year)


def categories(known: Known, year: int) -> dict[int, Decimal] | None:
    """Scope 3 by category in another year, without those of nothing; None where no category is known."""
    parts = series(known).parts(year)
    found = {int(part.partition(":")[2]): parts[part] for part in CATEGORIES if part in parts}
    return {number: value for number, value in found.items() if value} if found else None


def basis_of(known: Known, year: int, *scopes: str) -> Basis:
    """What the emissions of another year rest on: its records, its closing, or the reports that state it."""
    inventory, of_year = known.earlier.get(year), series(known).year(year)
    changed = _recalculated(known, year, of_year, scopes)
    if inventory is not None:
        return _lines(inventory, year, scopes) + changed
    if known.ledger.closing(year) is not None:
        return record("closing", (str(year),), T("Closing of {year}", year=str(year)), "compare") + changed
    held = [
        one for one in known.ledger.held(EarlierYear)
        if one.year == year and (one.part in scopes or (one.part.partition(":")[0] in scopes))
    ]  # fmt: skip
    if not held:
        return changed
    proofs = (proof for one in held for proof in one.evidence)
    words = T("Earlier reports of {year}: entries {count}", year=str(year), count=len(held))
    return record("earlier_year", (one.id for one in held), words, PAGE, proofs) + changed


def _lines(inventory: Inventory, year: int, scopes: Iterable[str]) -> Basis:
    wanted = frozenset(scopes)
    lines = [li for li in inventory.lines if li.scope in wanted] or inventory.lines  # a nought rests on all of them
    ids = tuple(dict.fromkeys(li.activity.id for li in lines))
    if not ids:
        return NOTHING
    named = frozenset(ids)
    proofs = [e for e in inventory.evidence if e.kind not in NO_DOCUMENT and named.intersection(e.activities)]
    unproven = named.difference(*(e.activities for e in proofs))
    words = T("Records of {year}: {count}", year=str(year), count=len(ids))
    return Basis((Origin("line", ids, words, "activity", year),), tuple(e.id for e in proofs), unproven)


def _recalculated(known: Known, year: int, of_year: SeriesYear | None, scopes: Iterable[str]) -> Basis:
    """Decisions that changed the year."""
    if of_year is None or of_year.original == of_year.recalculated:
        return NOTHING
    wanted = frozenset(scopes)
    held = [
        one for one in known.ledger.held(Recalculation)
        if one.decision == "recalculate" and applies(one)
        and any(at == year and part.partition(":")[0] in wanted for at, part in effects_of(one))
    ]  # fmt: skip
    if not held:
        return NOTHING
    words = T("Recalculations of {year}: {count}", year=str(year), count=len(held))
    proofs = (proof for one in held for proof in one.evidence)
    return record("recalculation", (one.id for one in held), words, PAGE, proofs)
