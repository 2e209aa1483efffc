"""What does not fit in a list of smelters: in a row by itself, between rows, and with what is published."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.i18n import T, Text, Value, verbatim
from core.minerals.problem import INCOMPLETE, REVIEW, Problem, some
from core.minerals.smelters import NAMELESS, UNIDENTIFIED, UNLISTED, Smelter
from core.minerals.standing import ABSENT
from core.minerals.words import NOT_CONFORMANT, mineral_name, plain

K = TypeVar("K", bound=Hashable)
PLACE = T("Smelter list")
_DETAILS = re.compile(r"!|enter smelter details", re.IGNORECASE)
"""What the form's own look-up leaves where it found nothing."""
_COMMON = frozenset(
    (
        "the", "of", "and", "co", "ltd", "limited", "company", "corporation", "corp", "inc", "gmbh", "ag", "sa", "spa",
        "srl", "pt", "pty", "llc", "group", "industry", "industries", "metal", "metals", "smelter", "smelting",
        "refinery", "refining", "refiner", "plant", "branch", "nonferrous", "materials", "material", "mining",
    )
)  # fmt: skip
"""Words of names that many smelters have."""


def check_rows(smelters: Sequence[Smelter]) -> Iterator[Problem]:
    """What a row lacks by itself, and what is written twice or differently."""
    yield from _lacking(smelters)
    yield from _same_id(smelters)
    yield from _same_name(smelters)


def _lacking(smelters: Sequence[Smelter]) -> Iterator[Problem]:
    filled = [one for one in smelters if one.mineral]
    lacks = _Rows("smelter_mineral", [one for one in smelters if not one.mineral])
    yield from lacks.problem(
        INCOMPLETE,
        lambda rows: T("No mineral is chosen in rows {rows}.", rows=rows),
        T("Ask for the mineral of each row."),
    )
    nothing = _Rows("smelter_choice", [one for one in filled if not (one.chosen or one.name or one.id)])
    yield from nothing.problem(
        INCOMPLETE,
        lambda rows: T("No smelter is named in rows {rows}.", rows=rows),
        T("Ask for the smelter of each row."),
    )
    unlisted = [one for one in filled if one.kind == UNLISTED and not (one.name and one.country)]
    yield from _Rows("smelter_details", unlisted).problem(
        INCOMPLETE,
        lambda rows: T("A smelter that the form does not list needs name and country: rows {rows}.", rows=rows),
        T("Ask for name and country."),
    )
    wrong = [one for one in filled if one.id and not one.valid and not _DETAILS.search(one.id)]
    yield from _Rows("smelter_id", wrong).problem(
        INCOMPLETE,
        lambda rows: T("The number of a smelter is not of the form CID000000: rows {rows}.", rows=rows),
        T("Ask for the right number, or for an empty cell where the smelter has none."),
    )
    failed = [one for one in filled if any(_DETAILS.search(cell) for cell in (one.name, one.country, one.id))]
    yield from _Rows("smelter_lookup", failed).problem(
        INCOMPLETE,
        lambda rows: T("The form itself found no such smelter: rows {rows}.", rows=rows),
        T("Ask for the right mineral and smelter, or for name and country of one that is not listed."),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of which the same is said."""

    rule: str
    found: Sequence[Smelter]

    def problem(self, level: str, words: Callable[[list[Value]], Text], remedy: Text) -> Iterator[Problem]:
        """One for all of them; none without rows."""
        if self.found:
            rows = tuple(one.row for one in self.found)
            yield Problem(level, self.rule, PLACE, words(some(str(one) for one in rows)), remedy, rows=rows)


def _same_id(smelters: Sequence[Smelter]) -> Iterator[Problem]:
    for key, rows in _grouped((one for one in smelters if one.valid), lambda one: one.id).items():
        numbers = tuple(one.row for one in rows)
        minerals = list(dict.fromkeys(one.mineral for one in rows))
        if len(minerals) > 1:
            yield Problem(
                REVIEW, "smelter_minerals", PLACE,
                T("{id} stands for several minerals: {minerals}.", id=key,
                  minerals=[mineral_name(one) for one in minerals]),
                T("Compare with the published list and ask which one is right."), rows=numbers,
            )  # fmt: skip
        names = {plain(one.name): one.name for one in rows if one.name}
        if len(names) > 1:
            yield Problem(
                REVIEW, "smelter_names", PLACE,
                T("{id} has several names: {names}.", id=key, names=list(names.values())),
                T("Compare with the published list and ask which one is right."), rows=numbers,
            )  # fmt: skip
        twice = [one for one in _grouped(rows, lambda one: one.mineral).values() if len(one) > 1]
        if twice and len(names) <= 1:
            yield Problem(
                REVIEW, "smelter_twice", PLACE, T("{id} is listed {count} times.", id=key, count=len(twice[0])),
                T("Nothing is lost: it counts once. Look whether another smelter was meant."),
                mineral=twice[0][0].mineral, rows=tuple(one.row for one in twice[0]),
            )  # fmt: skip


def _same_name(smelters: Sequence[Smelter]) -> Iterator[Problem]:
    """One name under several numbers, or a name without a number beside the same with one."""
    named = [one for one in smelters if one.name and one.kind != UNIDENTIFIED]
    for (mineral, _, _), rows in _grouped(
        named, lambda one: (one.mineral, plain(one.name), plain(one.country))
    ).items():  # fmt: skip
        keys = list(dict.fromkeys(one.id for one in rows if one.valid))
        numbers = tuple(one.row for one in rows)
        if len(keys) > 1:
            yield Problem(
                REVIEW, "smelter_ids", PLACE,
                T("“{name}” has several numbers: {ids}.", name=verbatim(rows[0].name), ids=keys),
                T("Compare with the published list and ask which one is right."), mineral, numbers,
            )  # fmt: skip
        elif len(rows) > 1 and any(not one.valid for one in rows):
            yield Problem(
                REVIEW, "smelter_twice", PLACE,
                T("“{name}” is listed {count} times.", name=verbatim(rows[0].name), count=len(rows)),
                T("Nothing is lost: it counts once. Look whether another smelter was meant."), mineral, numbers,
            )  # fmt: skip


def _grouped(rows: Iterable[Smelter], key: Callable[[Smelter], K]) -> Mapping[K, list[Smelter]]:
    found: dict[K, list[Smelter]] = {}
    for one in rows:
        found.setdefault(key(one), []).append(one)
    return found


# ---------------------------------------------------------------------- published lists


def check_standings(smelters: Sequence[Smelter]) -> Iterator[Problem]:
    """Smelters without a number, and what published lists say against those that have one; by mineral."""
    for mineral, rows in _grouped((one for one in smelters if one.mineral), lambda one: one.mineral).items():
        yield from _unidentified(mineral, rows)
        yield from _listed(mineral, rows)


def _unidentified(mineral: str, rows: Sequence[Smelter]) -> Iterator[Problem]:
    unknown = [one for one in rows if one.kind == UNIDENTIFIED]
    if unknown:
        yield _about(
            mineral, "smelter_unknown", unknown,
            T("{mineral}: {count} smelters are not identified yet.", mineral=mineral_name(mineral), count=len(unknown)),
            T("Ask the supplier to name them, or to say by when it will."),
        )  # fmt: skip
    without = [one for one in rows if one.kind in (UNLISTED, NAMELESS) and (one.name or one.chosen)]
    if without:
        yield _about(
            mineral, "smelter_without_id", without,
            T("{mineral}: smelters without a number: {smelters}.", mineral=mineral_name(mineral),
              smelters=some(one.title for one in without)),
            T("Find out whether each is a smelter at all, and whether it is listed under another name."),
        )  # fmt: skip


def _listed(mineral: str, rows: Sequence[Smelter]) -> Iterator[Problem]:
    named = [one for one in rows if one.valid]
    absent = [one for one in named if one.standing.key == ABSENT and not one.standing.minerals]
    if absent:
        yield _about(
            mineral, "smelter_absent", absent,
            T("{mineral}: on no published list: {smelters}.", mineral=mineral_name(mineral),
              smelters=some(one.title for one in absent)),
            T("Look whether the list is the newest; else ask the supplier to use other smelters."),
        )  # fmt: skip
    failed = [one for one in named if one.standing.key == NOT_CONFORMANT]
    if failed:
        yield _about(
            mineral, "smelter_not_conformant", failed,
            T("{mineral}: not conformant: {smelters}.", mineral=mineral_name(mineral),
              smelters=some(one.title for one in failed)),
            T("Ask the supplier to use other smelters."),
        )  # fmt: skip
    elsewhere = [one for one in named if one.standing.key == ABSENT and one.standing.minerals]
    if elsewhere:
        yield _about(
            mineral, "smelter_other_mineral", elsewhere,
            T("{mineral}: published under another mineral: {smelters}.", mineral=mineral_name(mineral),
              smelters=some(one.title for one in elsewhere)),
            T("Ask the supplier which mineral is right."),
        )  # fmt: skip
    renamed = [one for one in named if one.name and one.standing.names and not _fits(one)]
    if renamed:
        yield _about(
            mineral, "smelter_other_name", renamed,
            T("{mineral}: published under another name: {smelters}.", mineral=mineral_name(mineral),
              smelters=some(T("{smelter}, not {name}", smelter=verbatim(one.standing.names[0]), name=one.title)
                            for one in renamed)),
            T("Look whether number and name belong together."),
        )  # fmt: skip


def _about(mineral: str, rule: str, rows: Sequence[Smelter], message: Text, remedy: Text) -> Problem:
    return Problem(REVIEW, rule, PLACE, message, remedy, mineral, tuple(one.row for one in rows))


def _fits(one: Smelter) -> bool:
    """Whether a name shares a telling word with one that is published, in letters that both are written in."""
    for latin in (True, False):
        own = _telling(one.name, latin=latin)
        published = [words for name in one.standing.names if (words := _telling(name, latin=latin))]
        if own and published:
            return any(own & words for words in published)
    return True


def _telling(name: str, *, latin: bool) -> frozenset[str]:
    """Words of a name that are its own; of scripts without spaces its pairs of characters."""
    words = [word for word in plain(name).split() if word.isascii() == latin]
    if latin:
        return frozenset(words) - _COMMON
    return frozenset(word[at : at + 2] for word in words for at in range(max(len(word) - 1, 1)))
