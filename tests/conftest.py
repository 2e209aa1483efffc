"""What holds for every test: no display, no settings of the person who runs it, the same examples each time.

The surroundings are set when this file is imported, thus before any test module imports Qt.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

collect_ignore = ["oracle", "engines"]
"""Need pvlib, and Spark, DuckDB and PostgreSQL, in environments of their own: ``make oracle``, ``make engines``."""


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


_own_surroundings()
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
