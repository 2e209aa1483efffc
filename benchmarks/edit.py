"""One edit: confirmed on the disk, everything calculated and reviewed again, the pages told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.checks import review
from core.i18n import T
from core.inventory import choices_of, compile_inventory
from core.ledger import Activity, Record, Step, to_plain
from core.library import load_library
from core.store import PlantFile
from gui.session import Session


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """At both sizes."""
    for lines in (scale.few, scale.many):
        held = data.bills(lines)
        path = data.plant_file(folder / f"edit-{lines}.plant", held)
        session = Session(PlantFile.open(path), data.WHO, data.YEAR)
        if len(session.inventory.lines) != lines:
            raise RuntimeError(f"{len(session.inventory.lines)} lines instead of {lines}")
        db = Database(folder / f"edit-{lines}.db")
        yield Pair(
            f"Edit one bill of {lines:,} lines, on the disk and recalculated",
            "sqlite-utils `upsert`, then all lines anew (without journal)",
            timed(_ours(session, held)),
            timed(_theirs(db, lines, held)),
            runs=21,
        )
        session.close()
        db.close()


def _edits(held: tuple[Activity, ...]) -> Iterator[Activity]:
    """Another bill with another quantity each time."""
    for number in count(1):
        bill = held[number * 7919 % len(held)]
        yield replace(bill, quantity=bill.quantity + Decimal(number))


def _ours(session: Session, held: tuple[Activity, ...]) -> Callable[[], object]:
    edits = _edits(held)
    return lambda: session.put(T("Quantity corrected"), next(edits))


def _theirs(db: Database, lines: int, held: tuple[Activity, ...]) -> Callable[[], object]:
    library, choices = load_library(), choices_of(None, data.YEAR)
    edits, ledger = _edits(held), data.ledger(lines)
    db.enable_wal()
    table = db.table("record")
    table.insert_all(map(_row, held), pk="id")

    def edit() -> object:
        nonlocal ledger
        bill = next(edits)
        table.upsert(_row(bill), pk="id")
        ledger = ledger.apply((Step("activity", bill.id, ledger.get("activity", bill.id), bill),))
        return review(compile_inventory(ledger, choices, library))

    return edit


def _row(record: Record) -> dict[str, object]:
    return {"id": record.id, "data": json.dumps(to_plain(record))}
