"""The program as it starts, on a settings file of its own, in the language of the story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.app import Program
from gui.jobs import Job
from gui.language import set_language
from gui.settings import Settings
from tests.ended import end
from tests.stories.stages import Stages, play
from tests.stories.verification import Laptop, write_keys

Start = Callable[[str], Program]
At = Callable[[str], Laptop]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's plugin for no display says what it lacks whenever a popup opens or a window has a smallest size."""
    for item in items:
        if item.nodeid.startswith("tests/stories/"):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what head office issued; made once, for keys cost time."""
    return write_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Stages:
    """A small audit at each of its stages; played once."""
    return play(tmp_path_factory.mktemp("stages"), keys)


@pytest.fixture
def at(stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """The file of the small audit at a stage, in a folder where one works."""
    monkeypatch.chdir(tmp_path)
    return lambda stage: stages.at(stage, tmp_path)


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    """Start the program in a language; what was started is closed at the end."""
    started: list[Program] = []

    def begin(lang: str) -> Program:
        settings = Settings(tmp_path / f"settings{len(started)}.ini")
        settings.language, settings.theme, settings.person = lang, "light", "Li Na"
        program = Program(qapp, settings)
        program.show()
        started.append(program)
        return program

    yield begin
    Job.cancel_all()
    for program in started:
        if program.window is not None:
            program.window.close()
            end(program.window)
    set_language("en")
    theme.apply(qapp, "light")
