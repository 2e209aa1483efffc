"""Slow questions of a page: one at a time, the last one counts, and what goes wrong is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from gui.latest import Latest


@pytest.fixture
def latest(qtbot: QtBot) -> Iterator[Latest]:
    owner = QObject()
    yield Latest(owner)
    owner.deleteLater()


def rest(qtbot: QtBot, latest: Latest) -> None:
    qtbot.waitUntil(lambda: not latest.busy, timeout=5000)


def test_of_questions_that_wait_only_the_last_is_asked(qtbot: QtBot, latest: Latest) -> None:
    answers, asked = list[object](), list[int]()
    latest.answered.connect(answers.append)
    gate = threading.Event()

    def question(number: int) -> int:
        asked.append(number)
        gate.wait(5)
        return number

    for number in (1, 2, 3):
        latest.ask(lambda number=number: question(number))  # type: ignore[misc]
    gate.set()
    rest(qtbot, latest)
    assert asked == [1, 3]
    assert answers == [3]


def test_busy_is_told_once_around_all_of_them(qtbot: QtBot, latest: Latest) -> None:
    seen = list[bool]()
    latest.busy_changed.connect(seen.append)
    latest.ask(lambda: 1)
    latest.ask(lambda: 2)
    rest(qtbot, latest)
    assert seen == [True, False]


def test_why_there_is_no_answer_is_said(qtbot: QtBot, latest: Latest) -> None:
    said = list[str]()
    latest.broken.connect(said.append)

    def refused() -> object:
        raise UserError(T("It cannot be done."))

    def broken() -> object:
        raise ZeroDivisionError("a bug")

    for question in (refused, broken):
        latest.ask(question)
        rest(qtbot, latest)
    assert said[0] == "It cannot be done."
    assert "a bug" in said[1]
    with qtbot.waitSignal(latest.answered) as answer:
        latest.ask(lambda: 7)
    assert answer.args == [7]
    rest(qtbot, latest)
