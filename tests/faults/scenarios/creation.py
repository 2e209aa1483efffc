"""A plant file and a group file are made."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.store import GroupFile
from tests.faults.plants import FILE, begun, filed, found
from tests.faults.scenario import Scenario, insist, opening

GROUP = "all.group"


def work(folder: Path) -> Generator[None]:
    if not (folder / FILE).exists():
        insist(lambda: begun(folder / FILE))
        yield
    with opening(lambda: GroupFile.open(folder / GROUP)):
        yield


def state(folder: Path) -> object:
    return [found(folder / FILE), filed(folder / GROUP)]


SCENARIO = Scenario(lambda folder: None, work, state, weight=2)
