"""A program with an encrypted copy of the demo plant."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.passphrase import Passphrase
from core.store import forget, protect
from gui.app import Program
from gui.asking import Asking
from gui.jobs import Job
from gui.window import Window

WORD, OTHER = "four cranes over the boiler house", "seven meters under a wet roof"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys are derived in no time, and forgotten after the test."""
    monkeypatch.setattr("core.store.cipher.ITERATIONS", 2)
    yield
    forget()


@pytest.fixture
def plain(demo_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "works.plant"))


@pytest.fixture(scope="session")
def secret_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encrypted once; copy it before changing it."""
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("secret") / "works.plant"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.store.cipher.ITERATIONS", 2)
        protect(path, Passphrase(WORD))
    forget()
    return path


@pytest.fixture
def secret(secret_file: Path, tmp_path: Path) -> Path:
    """Encrypted and locked."""
    return Path(shutil.copy(secret_file, tmp_path / "works.plant"))


def press(qtbot: QtBot, dialog: Asking) -> None:
    """The button that does it, and wait until it is done; pages have read what they wanted by then."""
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    dialog.go.click()
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)


def opened(qtbot: QtBot, program: Program, path: Path, word: str = WORD) -> Window:
    """The window about an encrypted file, after its question."""
    from gui.protection.unlocking import UnlockDialog

    assert not program.open(path)
    dialog = program.protection.dialog
    assert isinstance(dialog, UnlockDialog)
    dialog.passphrase.setText(word)
    press(qtbot, dialog)
    assert isinstance(program.window, Window)
    return program.window


def problem(dialog: Asking) -> str:
    """What stands in a dialog about what is wrong; nothing when it has done its duty."""
    if not isValid(dialog):
        return ""
    return dialog._problem.text() if dialog._problem.isVisibleTo(dialog) else ""
