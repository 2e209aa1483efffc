from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.upcoming.step import DATA, LATE, NextStep
from gui.overview.page import Overview
from gui.session import Session
from gui.settings import Settings
from gui.upcoming.card import MOST, NextCard
from tests.gui.showing import settle, shown

STEPS = tuple(
    NextStep(f"k{n}", DATA if n else LATE, T("Step {n}", n=n), f"page{n}", f"s{n}" if n != 1 else "")
    for n in range(MOST + 2)
)


def card(qtbot: QtBot, steps: tuple[NextStep, ...], most: int = MOST) -> NextCard:
    made = NextCard(most)
    qtbot.addWidget(made)
    made.ask(lambda: steps, "Nothing waits.")
    settle(qtbot, made)
    return made


def words(made: NextCard) -> list[str]:
    return [one.text() for one in made.findChildren(QLabel) if one.text() and not one.isHidden()]


def test_it_is_not_there_before_the_answer_and_shows_at_most_five(qtbot: QtBot) -> None:
    made = NextCard(9)
    qtbot.addWidget(made)
    assert made.isHidden()
    assert len(card(qtbot, STEPS, 9).links) == MOST


def test_all_stand_behind_one_press_and_go_away_again(qtbot: QtBot) -> None:
    made = card(qtbot, STEPS, 2)
    assert len(made.links) == 2
    every = next(one for one in made.findChildren(QPushButton) if one.text() == f"All {len(STEPS)}")
    every.click()
    assert len(made.links) == len(STEPS)
    next(one for one in made.findChildren(QPushButton) if one.text() == "Fewer").click()
    assert len(made.links) == 2


def test_each_step_leads_to_its_page_and_what_to_show_there(qtbot: QtBot) -> None:
    made, gone = card(qtbot, STEPS), []
    made.wanted.connect(lambda page, subject: gone.append((page, subject)))
    made.links[0].click()
    made.links[1].click()
    assert gone == [("page0", "s0"), ("page1", None)]
    assert made.links[0].accessibleName() == "Go there: Step 0"


def test_where_nothing_waits_one_friendly_line_is_left(qtbot: QtBot) -> None:
    made = card(qtbot, ())
    assert words(made) == ["Nothing waits."]
    assert not made.isHidden()
    assert made.links == []


def test_the_overview_tells_the_steps_of_its_plant_and_leads_on(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    page = shown(qtbot, Overview(session, settings), session)
    settle(qtbot, page.next)
    assert "proofs" in {one.key for one in page.next.steps}
    gone: list[tuple[str, object]] = []
    page.wanted.connect(lambda where, subject: gone.append((where, subject)))
    page.next.links[0].click()
    assert gone == [(page.next.steps[0].page, page.next.steps[0].subject or None)]


def test_an_empty_plant_is_told_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    page = shown(qtbot, Overview(bare, settings), bare)
    first = page._next_first
    settle(qtbot, first)
    assert [one.key for one in first.steps] == ["begin"]
    assert first.isVisible()


def test_the_same_answer_leaves_the_links_where_the_keyboard_stands(qtbot: QtBot) -> None:
    made = card(qtbot, STEPS)
    links = list(made.links)
    made.ask(lambda: tuple(STEPS), "Nothing waits.")
    settle(qtbot, made)
    assert made.links == links
    made.ask(lambda: STEPS[:1], "Nothing waits.")
    settle(qtbot, made)
    assert len(made.links) == 1
    assert made.links != links[:1]
