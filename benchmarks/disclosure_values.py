"""Every data point of a plant, derived from its lines or looked up among its answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.disclosures.catalogue import all_points
from core.disclosures.values import values_of
from core.handover.asked import known_of
from core.inventory import choices_of, compile_inventory
from core.ledger import Ledger
from core.library import load_library

RUNS = 21


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """The inventory is at hand for ours, as in the program; the other way is what it took to calculate it."""
    ledger, library = Ledger.of([data.PLANT, *data.bills(scale.few)]), load_library()
    choices = choices_of(None, data.YEAR)
    held = {data.YEAR: compile_inventory(ledger, choices, library)}

    def nothing(sha256: str) -> bytes:
        raise RuntimeError(f"no closed year was asked for: {sha256}")

    def ours() -> None:
        known = known_of(ledger, data.YEAR, library, nothing, date(data.YEAR + 1, 6, 1), inventories=held)
        if len(values_of(known)) != len(all_points()):
            raise RuntimeError("every data point should have a value or a reason")

    def theirs() -> None:
        if len(compile_inventory(ledger, choices, library).lines) != scale.few:
            raise RuntimeError("every line should have been calculated")

    yield Pair(f"All {len(all_points())} data points of a plant with {scale.few:,} lines",
               "calculating its inventory", timed(ours), timed(theirs), runs=RUNS)  # fmt: skip
