"""The line that asks what is compared offers only what the plant has, and never the same on both sides."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from gui.compare.choosing import Choosing
from gui.compare.comparing import Question
from gui.session import Session


def made(qtbot: QtBot, session: Session) -> Choosing:
    line = Choosing(session)
    qtbot.addWidget(line)
    line.offer()
    return line


def pick(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_last_year_and_this_are_asked_first(qtbot: QtBot, session: Session) -> None:
    line = made(qtbot, session)
    assert line.question == Question("years", "2023", "2024")
    line.offer()
    assert line.question == Question("years", "2023", "2024"), "what was chosen stays"


def test_what_is_not_there_cannot_be_asked_and_says_why(qtbot: QtBot, bare: Session) -> None:
    line = made(qtbot, bare)
    assert line.question.mode == "policies"
    tips = {line.mode.itemData(at): line.mode.itemData(at, Qt.ItemDataRole.ToolTipRole) for at in range(4)}
    assert tips["years"] == "There is data of one year only." and tips["closed"] == "The year is not closed."
    assert not tips["policies"] and not line.possible("closed")


def test_a_side_that_becomes_equal_takes_the_place_of_the_other(qtbot: QtBot, session: Session) -> None:
    line = made(qtbot, session)
    line.answered = line.question
    with qtbot.waitSignal(line.chosen):
        pick(line.left, "2024")
    assert line.question == Question("years", "2024", "2023")


def test_sides_belong_to_what_is_compared(qtbot: QtBot, session: Session) -> None:
    line = made(qtbot, session)
    with qtbot.waitSignal(line.chosen):
        pick(line.mode, "gwp")
    assert line.question.left == session.choices.gwp_set != line.question.right
