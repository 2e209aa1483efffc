"""Pages whose answers are calculated off the window's thread: shown, and waited for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.store import PlantFile
from gui import theme
from gui.evidence.keeping import KeepingDialog
from gui.jobs import Job
from gui.language import set_language
from gui.latest import Latest
from gui.page import Page
from gui.session import Session
from gui.upcoming.card import NextCard

P = TypeVar("P", bound=Page)


def shown(qtbot: QtBot, made: P, session: Session, width: int = 1060) -> P:
    """The page as the window shows it: refreshed now and after each change."""
    qtbot.addWidget(made)
    return followed(made, session, width)


@contextmanager
def looked_at(path: Path, folder: Path, year: int) -> Iterator[Session]:
    """A plant that several tests look at and none changes, which is seen to when they are through."""
    shutil.copy(path, folder / path.name)
    session = Session(PlantFile.open(folder / path.name), "Li Na", year)
    entries = session.file.entries
    yield session
    left = session.file.entries, session.year
    session.close()
    assert left == (entries, year), "a test has changed what others look at"


@contextmanager
def left_open(made: P, session: Session, width: int = 1060) -> Iterator[P]:
    """The page for several tests, as :func:`shown`."""
    set_language("en")
    theme.dress(made)
    yield followed(made, session, width)
    made.close()
    made.deleteLater()


def followed(made: P, session: Session, width: int) -> P:
    """Shown and refreshed, now and after each change."""
    session.changed.connect(made.refresh)
    made.resize(width, 700)
    made.refresh()
    made.show()
    return made


def settle(qtbot: QtBot, *asked: Latest | NextCard) -> None:
    """Until the answers are there and painted."""
    qtbot.waitUntil(lambda: not any(one.busy for one in asked), timeout=20_000)
    for _turn in range(5):  # of the event loop, in which what an answer brings about comes, and what it replaces ends
        qtbot.wait(1)


def all_kept(qtbot: QtBot) -> None:
    """Until no file is on its way into the plant."""

    def busy() -> bool:
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        return Job.any_running() or any(isinstance(one, KeepingDialog) for one in shown)

    qtbot.waitUntil(lambda: not busy(), timeout=20_000)
