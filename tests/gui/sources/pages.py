"""The page about sources when its answer is there."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gui.pages.sources import create
from gui.session import Session
from gui.settings import Settings
from gui.sources.page import SourcesPage
from gui.sources.rows import Branch
from tests.gui.showing import settle, shown


def page(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060) -> SourcesPage:
    made = create(session, settings)
    assert isinstance(made, SourcesPage)
    shown(qtbot, made, session, width)
    rest(qtbot, made)
    return made


def rest(qtbot: QtBot, made: SourcesPage) -> None:
    """Until the answer is there and painted."""
    settle(qtbot, made.latest)


def branches(made: SourcesPage) -> dict[str, Branch]:
    return {item.data(0, 257).id: item.data(0, 257) for item in made.tree.items()}


def choose(made: SourcesPage, key: str) -> None:
    made.view.setCurrentIndex(made.view.findData(key))
    made.view.activated.emit(made.view.currentIndex())
