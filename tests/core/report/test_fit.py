"""A section is set tighter where that saves a nearly empty last page, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from core.report.contents import Entry
from core.report.fit import Room, extent, fitted, on_one_page
from core.report.flow import Block, Chapter, Gap, heading, note
from core.report.style import BODY, CELL, SMALL_CELL, WIDTH
from core.report.table import Column, Row, Table


def story(rows: int, after: str = "A legend.") -> list[Any]:
    table = Table([Column("Name", 1.0)], [Row((f"row {n}",)) for n in range(rows)])
    return [Chapter("Title", "title"), heading("Heading"), table, Gap(6), note(after)]


def rows_of_a_page() -> int:
    return next(n for n in range(10, 200) if extent(story(n))[0] > 1)


def table(flow: list[Any]) -> Table:
    (found,) = [part for part in flow if isinstance(part, Table)]
    return found


def test_what_fits_stays_as_it_is() -> None:
    flow = story(rows_of_a_page() - 1)
    assert extent(flow)[0] == 1
    assert all(ours is given for ours, given in zip(fitted(flow), flow, strict=True))


def test_a_legend_alone_on_a_page_moves_up() -> None:
    flow = story(rows_of_a_page())
    assert extent(flow)[0] == 2
    set_tight = fitted(flow)
    assert extent(set_tight)[0] == 1
    assert table(set_tight).style == CELL
    assert table(set_tight).pad < table(flow).pad


def test_letters_become_smaller_only_when_white_space_is_not_enough() -> None:
    most = rows_of_a_page()
    styles = [table(fitted(story(n))).style for n in range(most, most + 20)]
    assert styles[0] == CELL
    assert SMALL_CELL in styles
    assert styles.index(SMALL_CELL) > 4


def test_a_page_that_is_well_filled_stays() -> None:
    flow = story(rows_of_a_page() * 3 // 2)
    assert extent(flow)[1] > 0.35
    assert all(ours is given for ours, given in zip(fitted(flow), flow, strict=True))


@pytest.mark.parametrize("rows", [400, 4000])
def test_long_sections_are_not_counted_to_their_end(rows: int) -> None:
    flow = story(rows)
    pages = extent(flow)[0]
    assert pages == 6
    assert all(ours is given for ours, given in zip(fitted(flow), flow, strict=True))


def test_what_never_fits_ends_the_counting() -> None:
    class Tall(Gap):
        def split(self, _wide: float, _high: float) -> list[Any]:
            return []

    assert extent([Block("Before", BODY), Tall(5000.0)]) == (2, 1.0)
    assert extent([Block("One line", BODY)], WIDTH)[0] == 1


def test_a_short_chapter_stands_below_another_of_the_same_kind_of_page() -> None:
    most, room = rows_of_a_page(), Room()
    assert room.below("upright-en", story(most // 2)) == []
    assert room.below("upright-zh", story(most // 2)) == []
    assert room.below("upright-zh", story(most - 1)) == []
    assert room.below("upright-zh", story(most // 2)) == []
    assert room.below("upright-zh", story(most // 4))
    assert room.below("upright-zh", story(most // 4)) == []
    room.used_up()
    assert room.below("upright-zh", story(1)) == []


def test_a_chapter_gives_up_white_space_to_stand_below_another() -> None:
    most, room = rows_of_a_page(), Room()
    room.below("upright-en", story(most // 2))
    few = next(n for n in range(most) if extent(story(n))[1] + extent(story(most // 2))[1] > 1.0)
    assert table(room.below("upright-en", story(few))).pad < table(story(few)).pad


def entries(count: int) -> list[Any]:
    return [Chapter("Contents", "contents"), *(Entry(f"Section {n}", f"s{n}-en") for n in range(count))]


def test_contents_stand_on_one_page_however_much_of_a_second_they_would_fill() -> None:
    loose = next(n for n in range(10, 100) if extent(entries(n))[0] > 1)
    flow = entries(loose - 1)
    assert all(ours is given for ours, given in zip(on_one_page(flow), flow, strict=True))
    talls = []
    for count in range(loose, 2 * loose):
        found = on_one_page(entries(count))
        if extent(found)[0] > 1:
            break
        talls.append(found[-1].tall)
    assert talls == sorted(talls, reverse=True) and len(set(talls)) == 2  # tighter and tighter, never looser again
    assert extent(fitted(entries(loose + 20)))[0] == 2  # where more than a third of a page is filled


def test_what_needs_more_pages_is_left_as_it_is() -> None:
    many = entries(150)
    assert extent(on_one_page(many))[0] == extent(fitted(many))[0] > 1
