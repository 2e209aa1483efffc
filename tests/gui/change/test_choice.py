"""What can be compared: years that count, and audits with more than one revision."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from core.store import Filed
from gui.change.choice import VERSIONS, YEARS, Choice, audits_of


def filed(audit: str, revision: int, state: str, year: int = 2024) -> Filed:
    return Filed(f"{audit}{revision}", "a.pdf", f"2025-01-{revision:02}", state, audit_id=audit, revision=revision,
                 plant=audit, year=year)  # fmt: skip


def test_only_revisions_that_ever_counted_are_versions() -> None:
    received = [("B", 1, "superseded", 2024), ("B", 2, "accepted", 2024), ("A", 1, "rejected", 2024),
                ("A", 2, "accepted", 2024), ("C", 2, "held", 2025), ("C", 1, "accepted", 2025)]  # fmt: skip
    found = audits_of([filed(*one) for one in received])
    assert list(found) == ["C", "B"]  # the newest first
    assert [one.revision for one in found["C"]] == [1, 2]


def test_the_base_year_is_named_and_the_year_shown_comes_last(qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer([filed(str(year), 1, "accepted", year) for year in (2021, 2022, 2024)], 2021, 2024)
    assert choice.chosen.mode == YEARS
    assert choice.titles == ("2022", "2024")
    assert choice.left.itemText(0) == "2021, base year"
    assert not choice.possible(VERSIONS)
    choice.left.setCurrentIndex(0)
    choice.offer([filed(str(year), 1, "accepted", year) for year in (2021, 2022, 2024)], 2021, 2024)
    assert choice.chosen.left == "2021"  # what was chosen stays


def test_with_one_year_only_versions_can_be_chosen(qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer([filed("B", 1, "superseded"), filed("B", 2, "superseded"), filed("B", 3, "accepted")], 0, 2024)
    assert choice.chosen.mode == VERSIONS
    assert (choice.chosen.left, choice.chosen.right) == ("B2", "B3")
    choice.offer([], 0, 2024)
    assert not choice.anything
