"""Files of earlier versions are opened: copied first, then brought up to date."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Generator
from pathlib import Path

from core.store import GroupFile, PlantFile
from core.store.group_file import GROUP
from core.store.header import header_version
from core.store.schema import PLANT
from tests.faults.plants import filed, found
from tests.faults.scenario import Scenario, opening

DATA = Path(__file__).parents[2] / "data" / "versions" / "0-store"
FILES = ("version1.plant", "version2.plant", "version1.group")


def prepare(folder: Path) -> None:
    for name in FILES:
        shutil.copy(DATA / name, folder / name)


def work(folder: Path) -> Generator[None]:
    for name in FILES:
        path = folder / name
        if path.suffix == ".group":
            with opening(lambda path=path: GroupFile.open(path)):  # type: ignore[misc]
                yield
        else:
            with opening(lambda path=path: PlantFile.open(path)):  # type: ignore[misc]
                yield


def state(folder: Path) -> object:
    """What is in the files whatever their version, read from copies, and whether each copy that was made is whole."""
    beside = folder.with_name("looked-at")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(folder, beside)
    held = [filed(beside / name) if name.endswith(".group") else found(beside / name) for name in FILES]
    made = (path for path in folder.glob("*.version*") if not path.name.startswith("."))
    copies = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() == _released(path) for path in made}
    assert all(copies.values()), f"a copy is not what was copied: {copies}"
    versions = [header_version(folder / name, GROUP if name.endswith(".group") else PLANT) for name in FILES]
    old = [int(name.removeprefix("version").partition(".")[0]) for name in FILES]
    assert all(a in (b, 2 if name.endswith(".group") else 3) for a, b, name in zip(versions, old, FILES, strict=True))
    return held


def _released(copy: Path) -> str:
    name = copy.name.partition(".version")[0] + copy.suffix
    return hashlib.sha256((DATA / name).read_bytes()).hexdigest()


SCENARIO = Scenario(prepare, work, state, weight=2)
