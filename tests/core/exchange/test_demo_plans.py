"""The demo's plans name what is there, and say that they are invented."""

from __future__ import annotations

import pytest

from core.exchange.demo import demo_files, demo_plants
from core.exchange.demo_plans import plans_of
from core.ledger import Evidence, Ledger
from core.ledger.references import REFERENCES, named


@pytest.mark.parametrize("file", ["zhangjiakou", "krosno"])
def test_everything_that_is_named_is_there(file: str) -> None:
    found = plans_of(file, "Li Na")
    assert found is not None
    change, blobs = found
    plant = next(one for one in demo_plants() if one.file == file)
    ledger = Ledger.of((plant.plant,)).apply(change.steps)
    for step in change.steps:
        assert step.after is not None and step.before is None
        for kind in ("evidence", "action", "target"):
            assert all(ledger.get(kind, key) is not None for key in named(step.after, kind))
    assert len(blobs) == len(ledger.held(Evidence)) and all(b"DEMO" in data for data in blobs)
    assert all(ledger.records[kind] for kind in ("target", "action", "scenario"))
    assert "resolution" in REFERENCES


def test_one_plant_plans_nothing_and_the_pages_say_what_belongs_there() -> None:
    assert [file for file in demo_files() if plans_of(file, "x") is None] == ["fangshan"]
