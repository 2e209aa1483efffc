"""What follows from the records of suppliers, worked out beside the window after each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.disclosures.undertakings import Coverage, coverages_of, delivering
from core.ledger import MineralDeclaration, SmelterList, Supplier
from core.ledger.filing import Records
from core.minerals import (
    SENT_BACK,
    Examined,
    OwnDeclaration,
    Standings,
    asked_suppliers,
    examine,
    newest,
    response_share,
    rollup,
)
from core.minerals.share import answering
from gui.suppliers.naming import NamedSmelter, named_smelters


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Everything the page shows besides the records themselves."""

    records: Records
    today: date
    names: Mapping[str, str]
    """Of suppliers by id."""
    delivering: tuple[Supplier, ...]
    coverages: tuple[Coverage, ...]
    """By text."""
    examined: Mapping[str, Examined]
    """By id of the declaration."""
    current: frozenset[str]
    """Ids of declarations after which no newer one of the same supplier and template came."""
    share: tuple[int, int]
    """Suppliers of minerals that have answered, of how many."""
    silent: frozenset[str]
    """Ids of those that have not."""
    own: OwnDeclaration
    smelters: tuple[NamedSmelter, ...]
    """Of current declarations that nobody sent back."""
    lists: tuple[SmelterList, ...]

    signed: Mapping[str, frozenset[str]]
    """Texts that hold, by id of the supplier."""
    declared: Mapping[str, tuple[MineralDeclaration, ...]]
    """By id of the supplier, newest first; of the company itself under an empty one."""

    def declarations(self, supplier: str) -> tuple[MineralDeclaration, ...]:
        """Those of a supplier, newest first; of the company itself without one."""
        return self.declared.get(supplier, ())

    def undecided(self) -> tuple[MineralDeclaration, ...]:
        """Current declarations of suppliers about which nobody has decided."""
        return tuple(
            one for one in self.records.held(MineralDeclaration)
            if one.supplier and one.id in self.current and not one.verdict
        )  # fmt: skip


def answer_of(records: Records, today: date, before: Answer | None = None) -> Answer:
    """Of a plant or of head office.

    ``before`` is the last answer: what it found of declarations that are still the same is not worked out again.
    """
    suppliers, declarations = records.held(Supplier), records.held(MineralDeclaration)
    examined = _examined(records, today, before)
    coverages = coverages_of(records, today)
    counting = newest(one for one in declarations if one.supplier and one.verdict != SENT_BACK).values()
    replied = answering(records, today)
    return Answer(
        records,
        today,
        {one.id: one.name for one in suppliers},
        delivering(records, today),
        coverages,
        examined,
        frozenset(one.id for one in newest(declarations).values()),
        response_share(records, today),
        frozenset(one.id for one in asked_suppliers(records, today) if one.id not in replied),
        rollup(records, today),
        named_smelters(tuple((one, examined[one.id]) for one in counting)),
        tuple(sorted(records.held(SmelterList), key=lambda one: (one.day, one.id), reverse=True)),
        _signed(coverages),
        _by_supplier(declarations),
    )


def _examined(records: Records, today: date, before: Answer | None) -> dict[str, Examined]:
    """By id; published lists are looked through once."""
    known: dict[str, MineralDeclaration] = {}
    if (
        before is not None
        and before.today == today
        and all(before.records.records[kind] is records.records[kind] for kind in ("supplier", "smelter_list"))
    ):
        known = {one.id: one for one in before.records.held(MineralDeclaration)}
    standings: Standings | None = None
    found: dict[str, Examined] = {}
    for one in records.held(MineralDeclaration):
        if before is not None and known.get(one.id) is one:
            found[one.id] = before.examined[one.id]
            continue
        standings = standings or Standings.of(records.held(SmelterList))
        found[one.id] = examine(one, standings, records.held(Supplier), today)
    return found


def _signed(coverages: tuple[Coverage, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in coverages:
        for key in one.signed:
            found.setdefault(key, set()).add(one.text)
    return {key: frozenset(texts) for key, texts in found.items()}


def _by_supplier(declarations: tuple[MineralDeclaration, ...]) -> dict[str, tuple[MineralDeclaration, ...]]:
    found: dict[str, list[MineralDeclaration]] = {}
    for one in sorted(declarations, key=lambda each: (each.effective, each.received, each.id), reverse=True):
        found.setdefault(one.supplier, []).append(one)
    return {key: tuple(own) for key, own in found.items()}
