"""From the sources to what people install: ``make build``.

Freezes the program for this system into ``dist/``, holds it to its size, tries it out, lists what is inside, and packs
it: deb and tarball on Linux, bundle and disk image on macOS, installer on Windows.

    python -m installer.build           everything
    python -m installer.build --frozen  without packing
    python -m installer.build --twice   freeze twice in different folders, and say what differs
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from installer import bill, budget, packing, smoke, sums, twice
from installer.freezing import Frozen, freeze
from installer.project import BUILD, DIST, TITLE, VERSION

Made = TypeVar("Made")


def build(dist: Path, *, pack: bool) -> list[str]:
    """Do it, and say what is wrong with what came out."""
    made = _step("Freezing", lambda: freeze(dist, BUILD / "work"))
    print(f"{budget.size_mb(made):.1f} MB")
    too_large = budget.complaint(made)
    if too_large:
        return [too_large]
    wrong = _step("Trying it", lambda: smoke.complaints(made, BUILD / "smoke"))
    if wrong or not pack:
        return wrong
    _step("Listing what is inside", lambda: bill.write(made, dist))
    for path in _step("Packing", lambda: packing.pack(made, dist)):
        print(f"{path.stat().st_size / budget.MB:8.1f} MB  {path.name}")
    sums.write(dist)
    return []


def _step(title: str, work: Callable[[], Made]) -> Made:
    print(f"== {title}", flush=True)
    begun = time.monotonic()
    done = work()
    print(f"   {time.monotonic() - begun:.0f} s", flush=True)
    return done


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make build", description=f"Build {TITLE} {VERSION} for this system.")
    parser.add_argument("--frozen", action="store_true", help="only freeze and try the program")
    parser.add_argument("--twice", action="store_true", help="freeze twice and compare")
    asked = parser.parse_args(arguments)
    wrong = twice.differences(BUILD / "twice") if asked.twice else build(DIST, pack=not asked.frozen)
    for complaint in wrong:
        print(complaint, file=sys.stderr)
    return 1 if wrong else 0


__all__ = ["Frozen"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
