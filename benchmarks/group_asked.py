"""What a hundred plants know of those who ask, from what is kept beside reports to the data points of the group."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.disclosures.lasting import stretches
from core.group.asked.gathering import group_values, reports_of
from core.group.asked.kept import ASKED, Kept, write
from core.group.packed import LINES, pack
from core.handover.asked import known_of
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import Ledger
from core.library import load_library
from core.methods import exact_sum
from core.store import ACCEPTED, Filed, GroupFile

TODAY = date(data.YEAR + 1, 6, 1)


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Plants of a thousand lines each: looked up, folded and consolidated month by month."""
    plants = 100 if scale.many >= 10_000 else 10
    path, (kept, inventory) = folder / "head-office.group", _told(1000)
    _fill(path, plants, kept, inventory)
    ours, theirs = _ours(path, inventory, plants), _theirs(path, plants)
    ours(), theirs()
    yield Pair(
        f"Data points of {plants} plants read, folded and consolidated",
        "`sqlite3` and `json.loads` (examines and folds nothing)",
        timed(ours),
        timed(theirs),
        runs=11,
    )


def _told(lines: int) -> tuple[bytes, Inventory]:
    """What is kept of one report, and the inventory behind it."""
    ledger, library = Ledger.of([data.PLANT, *data.bills(lines)]), load_library()
    inventory = compile_inventory(ledger, choices_of(None, data.YEAR), library)

    def nothing(sha256: str) -> bytes:
        raise RuntimeError(f"no closed year was asked for: {sha256}")

    known = known_of(ledger, data.YEAR, library, nothing, TODAY, inventories={data.YEAR: inventory})
    kept = write(Kept(TODAY, (), {}, stretches(known), {}))
    if kept is None:
        raise RuntimeError("what a report tells should be small enough to be kept")
    return kept, inventory


def _fill(path: Path, plants: int, kept: bytes, inventory: Inventory) -> None:
    lines = pack(inventory)
    with GroupFile.open(path) as group:
        for number in range(plants):
            name = f"Plant {number}"
            digest = hashlib.sha256(name.encode()).hexdigest()
            group.file(
                Filed(digest, f"{name}.pdf", f"{TODAY}T00:00:00+00:00", ACCEPTED, audit_id=f"{name} {data.YEAR}",
                      plant=name, country="CN", year=data.YEAR, start=f"{data.YEAR}-01-01", end=f"{data.YEAR}-12-31"),
                name.encode(),
                {ASKED: kept, LINES: lines},
            )  # fmt: skip


def _ours(path: Path, inventory: Inventory, plants: int) -> Callable[[], None]:
    whole = exact_sum([inventory.totals.scopes["scope1"]] * plants)

    def run() -> None:
        with GroupFile.open(path, read_only=True) as group:
            found = group_values(group.register, reports_of(group, data.YEAR, TODAY), data.YEAR, TODAY)
        if found.values["ghg.s1"].value != whole:
            raise RuntimeError("the plants should add up")

    return run


def _theirs(path: Path, plants: int) -> Callable[[], None]:
    def run() -> None:
        with closing(sqlite3.connect(path)) as held:
            rows = held.execute("select data from part where name = ?", (ASKED,)).fetchall()
        if len([json.loads(one) for (one,) in rows]) != plants:
            raise RuntimeError("each report should have its data points")

    return run
