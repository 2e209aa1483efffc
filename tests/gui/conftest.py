"""Every test of the window is dressed as the program is, in English and light, with its own settings file."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.demo import demo_plants
from core.ledger import Plant
from core.store import PlantFile
from gui import fonts, theme
from gui.actions import curve_view
from gui.app import Program
from gui.claims import view as claims_view
from gui.evidence import keeping
from gui.language import set_language
from gui.report import looking as report_looking
from gui.report import page as report_page
from gui.samples import dialog as samples_dialog
from gui.session import Session
from gui.settings import Settings
from gui.solar import what_if
from tests.ended import end


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's plugin for no display says what it lacks whenever a popup opens or a window has a smallest size."""
    for item in items:
        if item.nodeid.startswith("tests/gui/"):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application as it starts: fonts and theme."""
    fonts.prepare(qapp)
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture(autouse=True)
def plain_start(dressed: QApplication) -> Iterator[None]:
    """English, whatever the test before did."""
    set_language("en")
    yield
    set_language("en")
    fonts.prepare(dressed)


@pytest.fixture
def to_end() -> Iterator[list[weakref.ref[QWidget]]]:
    """What a test shows by itself goes whole after it."""
    added: list[weakref.ref[QWidget]] = []
    yield added
    for one in added:
        if (widget := one()) is not None:
            end(widget)


@pytest.fixture
def qtbot(qtbot: QtBot, to_end: list[weakref.ref[QWidget]], monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """A page or a dialog that a test shows by itself wears what the program's windows wear."""
    add = qtbot.addWidget

    def add_dressed(widget: QWidget, **more: Any) -> None:
        if widget.isWindow() and not widget.styleSheet():
            theme.dress(widget)
        add(widget, **more)
        to_end.append(weakref.ref(widget))

    monkeypatch.setattr(qtbot, "addWidget", add_dressed)
    return qtbot


PAUSES = (
    (report_page, "PAUSE_MS"),
    (report_looking, "PAUSE_MS"),
    (claims_view, "PAUSE_MS"),
    (what_if, "PAUSE_MS"),
    (curve_view, "TYPING_PAUSE_MS"),
    (samples_dialog, "PAUSE_MS"),
)
"""Where the window waits whether somebody goes on typing."""
BRIEF_MS = 20


@pytest.fixture(autouse=True)
def nobody_goes_on_typing(to_end: list[weakref.ref[QWidget]], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test does it does at once, so nothing waits long for more of it.

    What it shows was asked for first, and thus goes last: when what was changed in it for the test is as it was.
    """
    for module, name in PAUSES:
        monkeypatch.setattr(module, name, BRIEF_MS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A settings file of this test alone."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def program(dressed: QApplication, settings: Settings) -> Iterator[Program]:
    """The program with its first screen."""
    settings.language, settings.theme, settings.person = "en", "light", "Li Na"
    made = Program(dressed, settings)
    made.show()
    yield made
    if made.window is not None:
        made.window.close()
        end(made.window)
    theme.apply(dressed, "light")


@pytest.fixture(params=["at once", "by a job"])
def however_large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are kept while one waits, and the same as if they were large: a job keeps them."""
    if request.param == "by a job":
        monkeypatch.setattr(keeping, "SMALL", 0)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first plant of the demo, built once; copy it before changing it."""
    one = demo_plants()[0]
    path = tmp_path_factory.mktemp("demo") / f"{one.file}.plant"
    PlantFile.create(path, one.plant, one.who, one.created)
    with PlantFile.open(path) as plant:
        for entry in one.entries:
            plant.append(entry.change, entry.blobs)
    return path


@pytest.fixture
def session(demo_file: Path, tmp_path: Path) -> Iterator[Session]:
    """The demo plant in a file of this test's own, in the year 2024."""
    path = tmp_path / demo_file.name
    shutil.copy(demo_file, path)
    made = Session(PlantFile.open(path), "Li Na", 2024)
    yield made
    made.close()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Session]:
    """A plant in Hebei without any data, in the year 2024."""
    path = tmp_path / "bare.plant"
    PlantFile.create(path, Plant("Test", "CN", "CN-HE"), "Li Na", datetime(2024, 1, 1, tzinfo=UTC))
    made = Session(PlantFile.open(path), "Li Na", 2024)
    yield made
    made.close()
