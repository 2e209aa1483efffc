"""What follows from the open plant is worked out when somebody first asks, and after each change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.i18n import T
from core.inventory import Choices, Inventory, Memo, compile_inventory
from core.ledger import Ledger
from core.library import Library
from core.store import PlantFile
from gui.session import Session


@pytest.fixture
def unasked(demo_file: Path, tmp_path: Path) -> Iterator[Session]:
    """The demo plant of which nobody has asked a number yet."""
    path = tmp_path / "unasked.plant"
    shutil.copy(demo_file, path)
    made = Session(PlantFile.open(path), "Li Na", 2024)
    yield made
    made.close()


@pytest.fixture
def calculated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years that were calculated since."""
    years: list[int] = []

    def spy(ledger: Ledger, choices: Choices, library: Library, memo: Memo) -> Inventory:
        years.append(choices.period.start.year)
        return compile_inventory(ledger, choices, library, memo)

    monkeypatch.setattr("gui.reckoning.compile_inventory", spy)
    return years


def test_nothing_is_calculated_before_somebody_asks(unasked: Session, calculated: list[int]) -> None:
    unasked.show_year(2023)
    assert unasked.years() and unasked.closing is None and calculated == []
    unasked.reckon()
    assert calculated == [2023]
    assert unasked.inventory.choices.period.start.year == 2023 and unasked.findings
    assert calculated == [2023], "once"


def test_every_change_is_calculated_at_once(unasked: Session, calculated: list[int]) -> None:
    unasked.reckon()
    unasked.show_year(2023)
    assert calculated == [2024, 2023]
    unasked.remove(T("A bill removed"), unasked.inventory.activities[0])
    assert calculated == [2024, 2023, 2023]


def test_who_asks_after_an_edit_hears_what_who_asked_before_it_hears(unasked: Session, session: Session) -> None:
    before = session.inventory.totals
    bill = session.inventory.activities[0]
    for one in (unasked, session):
        one.put(T("Bill corrected"), replace(bill, quantity=bill.quantity * 2))
    assert unasked.inventory.totals == session.inventory.totals != before
    assert unasked.findings == session.findings
