"""A heading stays with what it names."""

from __future__ import annotations

from core.report.flow import Gap, headed, heading, note


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
