"""What holds for every test: no display, no settings of the person who runs it, the same examples each time.

The surroundings are set when this file is imported, thus before any test module imports Qt.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.garbage import Collector

collect_ignore = ["oracle", "engines"]
"""Need pvlib, and Spark, DuckDB and PostgreSQL, in environments of their own: ``make oracle``, ``make engines``."""

WINDOWS = 400
"""After so many tests that may have opened some, those left open are looked for: a search passes all that there is."""


def _own_surroundings() -> None:
    home = Path(tempfile.mkdtemp(prefix="plant-audit-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "roaming",
        "LOCALAPPDATA": home / "local",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
        "XDG_RUNTIME_DIR": home / "runtime",
    }
    for variable, folder in folders.items():
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(folder)
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.pop("LANGUAGE", None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _lose_no_time() -> None:
    """Garbage is looked for as rarely as in the program, and nothing waits until a disk has what was written.

    For no test of this process takes away the current. Processes that tests start wait, as the program does.
    """
    from core.inventory import collecting
    from core.store import connecting
    from main import rest_often

    rest_often()
    collecting.put_away = lambda: None  # it would thaw what is frozen between tests
    connecting.SYNCHRONOUS = "OFF"
    os.fsync = lambda fd: None


_own_surroundings()
_lose_no_time()
# The same examples each time, so that more of them would only be more of the same; who looks for new ones searches.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collection_finish() -> None:
    """What stands before the first test stays until the last: no search for garbage need pass it."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """The process ends next; pytest's own last searches need not pass all that was made."""
    gc.freeze()


class _AfterEach:
    """Few tests wait for events, so there is a look for garbage after each, and at times one for windows left open."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._windows = 0
        """Tests since the last search that may have opened one."""

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self._windows += "qapp" in getattr(item, "fixturenames", ())

    def pytest_runtest_logfinish(self) -> None:
        from PySide6.QtWidgets import QApplication

        from gui.garbage import sweep

        while left_open := QApplication.activeModalWidget():
            left_open.hide()  # it would take every key of the next test

        if self._windows < WINDOWS:
            self._collector.look()
            return
        sweep()
        gc.freeze()  # what is left belongs to modules and sessions: later searches pass it
        self._windows = 0


@pytest.fixture(scope="module", autouse=True)
def soon_opened() -> Iterator[None]:
    """A guess at a passphrase takes no second; tests of what it does take override this."""
    import pyrage

    from core.signing import keys
    from tests.carried import COST, ROUNDS, quick_age

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_P12_ROUNDS", ROUNDS)
        patch.setattr(keys, "_COST", COST)
        patch.setattr(pyrage.passphrase, "encrypt", quick_age)
        yield


@pytest.fixture(scope="session")
def qapp(qapp: QApplication, pytestconfig: pytest.Config) -> QApplication:
    """Once there is an application nobody but the window's thread searches for garbage, as in the program."""
    from gui.garbage import Collector

    pytestconfig.pluginmanager.register(_AfterEach(Collector(qapp)))
    return qapp
