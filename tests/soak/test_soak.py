"""Hours of work leave nothing behind; the long way is ``make soak``."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import fonts, theme
from gui.app import Program
from gui.language import set_language
from gui.settings import Settings
from tests.soak.run import judge, plant_of
from tests.soak.shift import Alive, Shift, growing

PLACES = ("overview", "activity", "findings", "evidence")
HOURS, OVER = 4, 3
"""All there is to load is loaded in the first."""


@pytest.fixture
def shift(qapp: QApplication, tmp_path: Path) -> Iterator[Shift]:
    settings = Settings(tmp_path / "settings.ini")
    settings.language, settings.theme, settings.person = "en", "light", "Li Na"
    program = Program(qapp, settings)
    plant = plant_of(tmp_path)
    yield Shift(program, plant)
    if program.window is not None:
        program.window.close()
        program.window.deleteLater()
    set_language("en")
    fonts.prepare(qapp)
    theme.apply(qapp, "light")
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_hours_of_work_leave_nothing_behind_and_what_is_left_is_found(shift: Shift) -> None:
    """The second half says that the first could fail: one more window an hour hears a signal of the program."""
    seen = [shift.hour(3, PLACES) for _ in range(HOURS)]
    assert growing(seen, OVER) == {}

    heard: list[object] = []

    def hour() -> Alive:
        window = shift.window
        shift.program.destroyed.connect(lambda: heard.append(window))
        shift.open_again()
        return shift.alive()

    found = growing([hour() for _ in range(3)], 3)
    assert {"receivers", "function"} <= set(found), found


def alive(kinds: dict[str, int], memory: int = 0) -> Alive:
    return Alive(Counter(kinds), 1, 1, memory)


def test_only_what_grows_every_hour_is_called_growing() -> None:
    hours = [alive({"up": n, "once": 1 if n < 3 else 2, "wave": n % 2}) for n in range(6)]
    assert growing(hours, 4) == {"up": [2, 3, 4, 5]}


def test_memory_is_judged_by_what_it_was_when_all_had_been_seen() -> None:
    assert judge([alive({}, 100)] * 4 + [alive({}, 105)] * 6) == []
    assert judge([alive({}, 100)] * 4 + [alive({}, 150)] * 6) == ["memory grew from 100 B to 150 B"]
