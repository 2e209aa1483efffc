"""Every test of the window is dressed as the program is, in English and light, with its own settings file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import fonts, theme
from gui.language import set_language
from gui.settings import Settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's plugin for no display says what it lacks whenever a popup opens or a window has a smallest size."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
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


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A settings file of this test alone."""
    return Settings(tmp_path / "settings.ini")
