"""The window keeps what a person chose, and which files were opened, in two ini files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

from core.errors import UserError
from core.i18n import verbatim
from core.running.places import Places
from gui import ini_files
from gui.settings import Settings
from tests.faults.scenario import Scenario, insist

ini_files.STALE_MS = 100  # nobody else holds the lock
OLD, NEW = Path("/f/hillside.plant"), Path("/f/张家口.plant")


def _settings(folder: Path) -> Settings:
    return Settings(where=Places(*(folder / name for name in ("own", "here", "data", "cache", "logs", "crashes"))))


def prepare(folder: Path) -> None:
    one = _settings(folder)
    one.person, one.language = "Zhao Min", "zh"
    one.opened(OLD)
    one.keep_facts(OLD, {"pinned": True, "page": "audit"})


def work(folder: Path) -> Generator[None]:
    """What cannot be written stays in memory, so that it is written as soon as the disk takes it."""
    one = _settings(folder)

    def written() -> None:
        if not one.sync():
            raise UserError(verbatim("The settings are not written."), verbatim("Try again."))

    one.language, one.person = "en", "李娜"
    insist(written)
    yield
    one.opened(NEW)
    insist(written)
    yield
    one.keep_facts(NEW, {"year": 2025, "page": "overview"})
    insist(written)
    yield
    one.keep_widths("bills", {"item": 200, "unit": 60})
    insist(written)
    yield


def state(folder: Path) -> object:
    """As the next start of the program finds it; in another place, for Qt remembers files that it knows by name."""
    with tempfile.TemporaryDirectory() as elsewhere:
        place = Path(elsewhere) / "settings"
        shutil.copytree(folder, place)
        one = _settings(place)
        assert OLD in one.recent and one.facts_of(OLD) == {"pinned": True, "page": "audit"}
        recent = [(path.name, one.facts_of(path)) for path in one.recent]
        return {"chosen": [one.language, one.person], "recent": recent, "widths": one.column_widths("bills")}


SCENARIO = Scenario(prepare, work, state, strays=("*/settings.ini.??????", "*/computer.ini.??????"))
