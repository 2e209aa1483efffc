"""Smelters that suppliers named, each once, with everybody who named it and what does not fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.i18n import T, Text, verbatim
from core.ledger import MineralDeclaration
from core.minerals import ACCEPTED, STANDINGS, Examined, Smelter, Standing
from core.minerals.smelters import UNIDENTIFIED
from core.minerals.standing import ABSENT, NO_LIST
from core.minerals.words import NOT_CONFORMANT, mineral_name, plain

ODD = frozenset({"smelter_names", "smelter_ids", "smelter_other_mineral", "smelter_other_name"})
"""Rules of one declaration that speak of a smelter which does not fit with itself or with a list."""
_WORST = {key: place for place, key in enumerate((NOT_CONFORMANT, ABSENT, NO_LIST))}
"""Standings that count before all others where lists say several things."""


@dataclass(frozen=True, slots=True)
class NamedSmelter:
    """One row of the consolidated list."""

    id: str
    """Of the row."""
    number: str
    """Of the smelter; empty: it has none."""
    name: str
    """Empty: nobody knows it yet."""
    country: str
    minerals: tuple[str, ...]
    suppliers: tuple[str, ...]
    """Ids, in the order in which their declarations came."""
    standing: Standing
    accepted: bool
    """Whether an accepted declaration names it, so that it stands in the own one."""
    odd: tuple[Text, ...]
    """What does not fit together."""

    @property
    def off_list(self) -> bool:
        """Whether a list speaks of its mineral and not of it, or against it."""
        return bool(self.number) and self.standing.key in (ABSENT, NOT_CONFORMANT)


@dataclass
class _Row:
    """One of them while rows are gathered."""

    smelter: Smelter
    minerals: dict[str, None] = field(default_factory=dict)
    suppliers: dict[str, None] = field(default_factory=dict)
    standings: list[Standing] = field(default_factory=list)
    accepted: bool = False
    odd: dict[str, Text] = field(default_factory=dict)


def named_smelters(declared: Sequence[tuple[MineralDeclaration, Examined]]) -> tuple[NamedSmelter, ...]:
    """The smelters of declarations by number, else by mineral, name and country; unknown ones by their mineral."""
    found: dict[tuple[str, ...], _Row] = {}
    for declaration, examined in declared:
        odd = _odd(examined)
        for one in examined.smelters:
            row = found.setdefault(_key(one), _Row(one))
            row.minerals[one.mineral] = None
            row.suppliers[declaration.supplier] = None
            row.standings.append(one.standing)
            row.accepted = row.accepted or declaration.verdict == ACCEPTED
            row.odd |= {str(text): text for text in odd.get(one.row, ())}
    _compare(found.values())
    rows = [_made(key, row) for key, row in found.items()]
    return tuple(sorted(rows, key=lambda one: (not one.number, one.number, plain(one.name), one.minerals)))


def _key(one: Smelter) -> tuple[str, ...]:
    if one.valid:
        return (one.id,)
    if one.kind == UNIDENTIFIED:
        return ("", one.mineral)
    return ("", one.mineral, plain(one.name or one.chosen), plain(one.country))


def _odd(examined: Examined) -> Mapping[int, list[Text]]:
    """By row of the list."""
    found: dict[int, list[Text]] = {}
    for problem in examined.problems:
        for row in problem.rows if problem.rule in ODD else ():
            found.setdefault(row, []).append(problem.message)
    return found


def _compare(rows: Iterable[_Row]) -> None:
    """What shows only between declarations: one number under several minerals, one name with several numbers."""
    called: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        if not row.smelter.valid:
            continue
        if len(row.minerals) > 1:
            minerals = [mineral_name(one) for one in row.minerals]
            text = T("{id} stands for several minerals: {minerals}.", id=row.smelter.id, minerals=minerals)
            row.odd[str(text)] = text
        if row.smelter.name:
            called.setdefault((row.smelter.mineral, plain(row.smelter.name)), []).append(row)
    for same in called.values():
        if len(same) > 1:
            text = T("“{name}” has several numbers: {ids}.", name=verbatim(same[0].smelter.name),
                     ids=[one.smelter.id for one in same])  # fmt: skip
            for row in same:
                row.odd[str(text)] = text


def _made(key: tuple[str, ...], row: _Row) -> NamedSmelter:
    one = row.smelter
    known = one.kind != UNIDENTIFIED
    return NamedSmelter(
        "|".join(key), one.id if one.valid else "", (one.name or one.chosen) if known else "",
        one.country if known else "", tuple(row.minerals), tuple(row.suppliers), min(row.standings, key=_gravest),
        row.accepted, tuple(row.odd.values()),
    )  # fmt: skip


def _gravest(one: Standing) -> tuple[int, int]:
    return _WORST.get(one.key, len(_WORST)), -STANDINGS.index(one.key)
