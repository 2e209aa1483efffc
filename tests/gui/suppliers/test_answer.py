"""What follows is worked out anew where something changed, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.ledger import Ledger, Step
from core.minerals import examine
from gui.suppliers.answer import answer_of
from tests.core.minerals.declared import LISTS, SUPPLIERS, TODAY, cmrt

FIRST, SECOND = cmrt(), cmrt(id="md00002", supplier="su00002", company="Sensor GmbH")
HELD = Ledger.of([*SUPPLIERS, *LISTS, FIRST, SECOND])


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of declarations in the order in which they are examined."""
    seen: list[str] = []

    def noted(declaration, *rest):  # type: ignore[no-untyped-def]
        seen.append(declaration.id)
        return examine(declaration, *rest)

    monkeypatch.setattr("gui.suppliers.answer.examine", noted)
    return seen


def test_only_what_changed_is_examined_again(examined: list[str]) -> None:
    before = answer_of(HELD, TODAY)
    assert examined == ["md00001", "md00002"]
    accepted = replace(SECOND, verdict="accepted")
    after = answer_of(HELD.apply([Step("mineral_declaration", "md00002", SECOND, accepted)]), TODAY, before)
    assert examined[2:] == ["md00002"]
    assert after.examined["md00001"] is before.examined["md00001"] and after.examined["md00002"].verdict == "accepted"
    assert after.share == (2, 2) and len(after.own.templates[0].used) == 1


@pytest.mark.parametrize("what", ["supplier", "smelter_list", "day"])
def test_all_of_them_where_all_may_differ(examined: list[str], what: str) -> None:
    before = answer_of(HELD, TODAY)
    after, today = HELD, TODAY
    if what == "supplier":
        after = HELD.apply([Step("supplier", "su00002", SUPPLIERS[1], replace(SUPPLIERS[1], name="Another"))])
    elif what == "smelter_list":
        after = HELD.apply([Step("smelter_list", "sl00001", LISTS[0], replace(LISTS[0], smelters=()))])
    else:
        today = TODAY + timedelta(days=1)
    found = answer_of(after, today, before)
    assert examined[2:] == ["md00001", "md00002"]
    assert found.examined == answer_of(after, today).examined


def test_what_was_removed_is_gone() -> None:
    before = answer_of(HELD, TODAY)
    after = answer_of(HELD.apply([Step("mineral_declaration", "md00002", SECOND, None)]), TODAY, before)
    assert set(after.examined) == {"md00001"} and after.declarations("su00002") == ()
    assert after.silent == {"su00002"}
