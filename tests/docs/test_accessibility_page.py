"""What the page about accessibility says is tested is tested."""

from __future__ import annotations

import pytest

from tests.docs.rows import ROOT, alike, hold, rows

PAGES = {"en": ROOT / "docs" / "accessibility.md", "zh": ROOT / "docs" / "accessibility.zh.md"}


def test_criteria_are_said_once_and_alike_in_both_languages() -> None:
    signs = [sign for sign, _ in rows(PAGES["en"])]
    assert len(signs) == len(set(signs)) > 10
    assert alike(PAGES["en"], PAGES["zh"])


@pytest.mark.parametrize("sign", [sign for sign, _ in rows(PAGES["en"])])
def test_a_criterion_is_tested_where_the_page_says(sign: str) -> None:
    hold(dict(rows(PAGES["en"]))[sign])
