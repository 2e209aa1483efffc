"""Decisions about categories: the last one counts, one stays, and the words are those of both languages."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.inventory import choices_of, compile_inventory
from core.inventory.judging import deciding, decision, held_about, subject, taking_back
from core.inventory.views.rows import judged
from core.ledger import Judgement, Ledger, Plant
from core.library import load_library

ABOUT = "scope3:14"
LEDGER = Ledger.of(
    [
        Plant("Works", "CN", "CN-HE"),
        Judgement("j1", 2024, ABOUT, "not_relevant", "First"),
        Judgement("j2", 2024, ABOUT, "relevant", "Second"),
        Judgement("j3", 2023, ABOUT, "not_relevant", "Another year"),
        Judgement("j4", 2024, "iso:3", "significant", "Another thing"),
    ]
)
INVENTORY = compile_inventory(LEDGER, choices_of(None, 2024), load_library())


def test_what_is_held_last_is_what_the_views_show() -> None:
    held = held_about(LEDGER, 2024, ABOUT)
    assert [one.reason for one in held] == ["First", "Second"]
    assert judged(INVENTORY)[ABOUT] == held[-1]


def test_one_judgement_takes_the_place_of_all_earlier_ones() -> None:
    with pytest.raises(UserError, match="Nothing changes"):
        deciding(LEDGER, INVENTORY, 2024, ABOUT, "relevant", "Second ")
    made = deciding(LEDGER, INVENTORY, 2024, ABOUT, "not_relevant", "First")  # held by j1 too, but j2 counts
    after = LEDGER.apply(made.steps)
    assert [(one.verdict, one.reason) for one in held_about(after, 2024, ABOUT)] == [("not_relevant", "First")]
    assert len(after.judgements(2023)) == 1 and len(held_about(after, 2024, "iso:3")) == 1
    assert held_about(LEDGER.apply(taking_back(LEDGER, 2024, ABOUT).steps), 2024, ABOUT) == ()


def test_the_words_are_those_of_both_languages() -> None:
    assert str(decision("iso:3", "not_significant")).startswith("ISO 14064-1 category 3")
    assert "不相关" in decision(ABOUT, "not_relevant").in_language("zh")
    for about in ("scope3:16", "iso:7", "finding:gaps:a1", "scope3", "scope3:-1"):
        with pytest.raises(UserError, match="There is no category"):
            subject(about)
