"""Every target takes its good files, and what was found once stays mended; whatever reads files of others is fed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from tests.fuzz.reading import CORE, NOT_FED, given_bytes
from tests.fuzz.table import FOUND, all_targets, finds
from tests.fuzz.target import accepted

TARGETS = all_targets()
LARGEST_FIND = 100_000
"""They stay in the repository for ever. [bytes]"""


@pytest.mark.parametrize("name", TARGETS)
def test_good_files_are_taken(name: str) -> None:
    target = TARGETS[name]
    seeds = list(target.seeds())
    assert seeds
    for seed in seeds:
        assert len(seed) <= target.longest
        target.run(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_good_files_are_the_same_each_time(name: str) -> None:
    """Else a search from a fixed seed would differ from day to day."""
    assert list(TARGETS[name].seeds()) == list(TARGETS[name].seeds())


@pytest.mark.parametrize(("name", "file"), [(name, file) for name in TARGETS for file in finds(name)])
def test_what_was_found_stays_mended(name: str, file: str) -> None:
    accepted(TARGETS[name], finds(name)[file])


def test_finds_are_small_and_of_a_target() -> None:
    for folder in FOUND.iterdir():
        assert folder.name in TARGETS
        assert all(one.stat().st_size <= LARGEST_FIND for one in folder.iterdir())


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_at_all_is_refused_or_taken(name: str) -> None:
    for data in (b"", b"\0", b"{}", b"PK\x03\x04", b"%PDF-1.7\n"):
        accepted(TARGETS[name], data)


def test_whatever_is_given_bytes_is_fed_by_a_target() -> None:
    """Who adds a function that reads what others made adds a target, or says in ``NOT_FED`` why none is needed."""
    starts = [(target, seed) for target in TARGETS.values() for seed in target.seeds()]
    with _reached() as reached:
        for target, seed in starts:
            target.run(seed)
    every = set(given_bytes())
    excused = {name for names in NOT_FED.values() for name in names}
    assert excused - every == set(), "these are gone, or not given bytes any more"
    assert excused & reached == set(), "these are fed after all"
    assert every - reached - excused == set()


@contextmanager
def _reached() -> Iterator[set[str]]:
    """Names of the functions of the core that are called meanwhile."""
    found: dict[object, str] = {}
    here = str(CORE)

    def called(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code not in found and code.co_filename.startswith(here):
            found[code] = f"{_module(code.co_filename)}:{code.co_qualname}"

    names: set[str] = set()
    before = sys.getprofile()
    sys.setprofile(called)
    threading.setprofile(called)
    try:
        yield names
    finally:
        sys.setprofile(before)
        threading.setprofile(None)
        names.update(found.values())


def _module(file: str) -> str:
    parts = Path(file).relative_to(CORE).with_suffix("").parts
    return ".".join(("core", *parts)).removesuffix(".__init__")
