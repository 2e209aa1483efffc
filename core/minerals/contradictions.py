"""Answers that do not agree with each other, or with the list of smelters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.i18n import T, Text
from core.minerals.asked import Asked
from core.minerals.checker import LIST, question_place
from core.minerals.problem import REJECTED, REVIEW, Problem, some
from core.minerals.smelters import UNIDENTIFIED, Smelter
from core.minerals.templates import ADDED, COVERED, IDENTIFIED, RECYCLED, REMAINS, REPORTED, SHARE
from core.minerals.words import NO, YES, covered_countries, is_word, mineral_name


def check_contradictions(asked: Asked, smelters: Sequence[Smelter]) -> Iterator[Problem]:
    """Mineral by mineral."""
    for mineral in asked.minerals:
        rows = [one for one in smelters if one.mineral == mineral]
        yield from _not_in(asked, mineral, rows)
        yield from _identified(asked, mineral, rows)
        yield from _origin(asked, mineral, rows)


def _not_in(asked: Asked, mineral: str, rows: Sequence[Smelter]) -> Iterator[Problem]:
    added, remains = asked.answer(ADDED, mineral), asked.answer(REMAINS, mineral)
    if added == NO and remains == YES:
        yield _answers(asked, REMAINS, REVIEW, mineral,
                       T("{mineral} is not added on purpose, and yet remains in the product.",
                         mineral=mineral_name(mineral)))  # fmt: skip
    if rows and not asked.stays(mineral):
        level = REJECTED if NO in (added, remains) else REVIEW
        yield Problem(
            level, "smelters_without", LIST,
            T("{mineral} is declared not to be in the products, and yet {count} smelters are listed.",
              mineral=mineral_name(mineral), count=len(rows)),
            _ask_which(), mineral, tuple(one.row for one in rows),
        )  # fmt: skip


def _identified(asked: Asked, mineral: str, rows: Sequence[Smelter]) -> Iterator[Problem]:
    if asked.answer(IDENTIFIED, mineral) != YES or not asked.stays(mineral):
        return
    name = mineral_name(mineral)
    open_rows = tuple(one.row for one in rows if one.kind == UNIDENTIFIED)
    if open_rows:
        yield _answers(asked, IDENTIFIED, REJECTED, mineral,
                       T("All smelters of {mineral} are said to be identified, and yet {count} are not.",
                         mineral=name, count=len(open_rows)), open_rows)  # fmt: skip
    if asked.answer(SHARE, mineral) not in ("", "100"):
        yield _answers(asked, IDENTIFIED, REVIEW, mineral,
                       T("All smelters of {mineral} are said to be identified, though not all suppliers have answered.",
                         mineral=name))  # fmt: skip
    if asked.answer(REPORTED, mineral) == NO:
        yield _answers(asked, REPORTED, REVIEW, mineral,
                       T("All smelters of {mineral} are said to be identified, but not all are reported here.",
                         mineral=name))  # fmt: skip


def _origin(asked: Asked, mineral: str, rows: Sequence[Smelter]) -> Iterator[Problem]:
    name = mineral_name(mineral)
    if asked.answer(COVERED, mineral) == NO:
        found = {one.row: countries for one in rows if (countries := covered_countries(one.origin))}
        if found:
            named = dict.fromkeys(country for own in found.values() for country in own)
            yield _answers(asked, COVERED, REVIEW, mineral,
                           T("{mineral} is said to come from no covered country, and yet the list names: {countries}.",
                             mineral=name, countries=some(named)), tuple(found))  # fmt: skip
    if asked.answer(RECYCLED, mineral) == YES:
        mined = tuple(one.row for one in rows if is_word(one.recycled, NO))
        if mined:
            yield _answers(asked, RECYCLED, REVIEW, mineral,
                           T("All {mineral} is said to be recycled, and yet {count} smelters are listed that also use "
                             "ore.", mineral=name, count=len(mined)), mined)  # fmt: skip


def _answers(
    asked: Asked, about: str, level: str, mineral: str, message: Text, rows: tuple[int, ...] = ()
) -> Problem:  # fmt: skip
    question = asked.template.about(about)
    assert question is not None  # it was answered
    return Problem(level, f"contradiction_{about}", question_place(question), message, _ask_which(), mineral, rows)


def _ask_which() -> Text:
    return T("Send it back and ask which of the two is right.")
