"""Bills are entered, changed, undone and redone; the file is closed."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from core.i18n import T
from core.ledger import Change, Step
from tests.faults.plants import FILE, NOW, begun, bill, found, opened
from tests.faults.scenario import Scenario, insist


def work(folder: Path) -> Generator[None]:
    with opened(folder / FILE) as plant:
        first = plant.entries
        new = bill(f"a{first:05}")
        insist(lambda: plant.append(Change("Li Na", NOW, T("Bill added"), (Step("activity", new.id, None, new),))))
        yield
        more = replace(new, quantity=Decimal("2.5"))
        insist(lambda: plant.append(Change("Li Na", NOW, T("Quantity"), (Step("activity", new.id, new, more),))))
        yield
        insist(lambda: plant.undo("Li Na", NOW))
        yield
        insist(lambda: plant.redo("Li Na", NOW))
        yield
        many = tuple(bill(f"a{first:05}-{number}") for number in range(300))
        steps = tuple(Step("activity", one.id, None, one) for one in many)
        insist(lambda: plant.append(Change("Li Na", NOW, T("Bill added"), steps)))
        yield


def state(folder: Path) -> object:
    return found(folder / FILE)


SCENARIO = Scenario(lambda folder: begun(folder / FILE), work, state, weight=3)
