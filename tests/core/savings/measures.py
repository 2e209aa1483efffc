"""Measures for tests: the example of each kind, and what differs from it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from core.ledger import Ledger, Measure, Plant, Record
from core.library import load_library
from core.savings import Saving, Savings, all_kinds, saving_of, savings_of

PLANT = Plant("Zhangjiakou", "CN", "CN-HE")
DATA = Path(__file__).parents[2] / "data"
EXAMPLES: dict[str, Any] = json.loads((DATA / "savings_examples.json").read_text(encoding="utf-8"))


def measure(kind: str, key: str = "s1", **changes: Any) -> Measure:
    """The example of a kind in 2024; ``start`` and ``end`` are ISO dates, an empty value takes a parameter away."""
    said: dict[str, str] = {**all_kinds()[kind].example, **changes}
    start, end = date.fromisoformat(said.pop("start", "2024-01-01")), date.fromisoformat(said.pop("end", "2024-12-31"))
    item, name = said.pop("item"), said.pop("name", kind)
    parameters = tuple(sorted((one, value) for one, value in said.items() if value))
    return Measure(key, name, kind, start, end, item, parameters)


def saving(kind: str, data: str | None = None, **changes: Any) -> Saving:
    """The saving of the example, with its table or another; ``plant`` for another place."""
    plant: Plant = changes.pop("plant", PLANT)
    table = all_kinds()[kind].example_data if data is None else data
    return saving_of(measure(kind, **changes), load_library(), plant, data=table.encode() if table else None)


def summed(*records: Record, blobs: dict[str, bytes] | None = None) -> Savings:
    """All savings of a plant with these records."""
    return savings_of(Ledger.of([PLANT, *records]), load_library(), blob=(blobs or {}).__getitem__)
