"""A heading stays with what it names."""

from __future__ import annotations

from core.report.flow import Gap, Remark, headed, heading, note
from core.report.style import BODY, SIGNAL


def test_a_heading_goes_to_the_next_page_with_its_figure_and_small_print() -> None:
    figure, small = Gap(200), note("One line.")
    title, *below = headed("By month", "chart", figure, small)
    assert below == [figure, small]
    alone = title.wrap(480, 1000)[1]
    enough = alone + title.getSpaceAfter() + 200 + small.getSpaceBefore() + small.wrap(480, 1000)[1]
    assert title.wrap(480, enough + 0.1)[1] == alone
    assert title.wrap(480, enough - 0.1)[1] > enough - 0.1, "does not fit, so the page is broken before it"


def test_a_heading_of_text_wants_only_a_few_lines_below_it() -> None:
    title = heading("Findings")
    alone = title.wrap(480, 1000)[1]
    assert title.wrap(480, 120)[1] == alone
    assert title.wrap(480, alone + 10)[1] > alone + 10


def test_a_remark_longer_than_a_page_goes_on_on_the_next() -> None:
    whole = Remark("Nobody should overlook this. " * 200, BODY, SIGNAL)
    tall = whole.wrap(480, 10_000)[1]
    first, rest = whole.split(480, 300)
    assert first.wrap(480, 300)[1] <= 300
    assert (first.colour, rest.colour) == (SIGNAL, SIGNAL)
    assert rest.wrap(480, 10_000)[1] + first.height == tall + 14, "one more frame"
    assert " ".join((first.block.text + " " + rest.block.text).split()) == " ".join(whole.block.text.split())
    assert whole.split(480, 20) == []
