"""What the page about security says is tested is tested: every file it links and every test it names exists."""

from __future__ import annotations

import re

import pytest

from tests.docs.rows import ROOT, alike, hold, rows

PAGES = {"en": ROOT / "docs" / "security.md", "zh": ROOT / "docs" / "security.zh.md"}


def test_threats_are_said_once_and_alike_in_both_languages() -> None:
    signs = [sign for sign, _ in rows(PAGES["en"])]
    assert len(signs) == len(set(signs)) > 15
    assert alike(PAGES["en"], PAGES["zh"])


@pytest.mark.parametrize("sign", [sign for sign, _ in rows(PAGES["en"])])
def test_what_protects_is_tested_where_the_page_says(sign: str) -> None:
    hold(dict(rows(PAGES["en"]))[sign])


@pytest.mark.parametrize("lang", PAGES)
def test_libraries_that_touch_bytes_of_strangers_are_those_of_the_lock(lang: str) -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    place = {"en": "## Libraries", "zh": "## 依赖库"}[lang]
    page = PAGES[lang].read_text(encoding="utf-8").partition(place)[2]
    named = {word for row in re.findall(r"^\| ([A-Za-z][^|]*?) \|", page, re.MULTILINE)
             for word in re.findall(r"[A-Za-z][A-Za-z0-9-]+", re.sub(r"[(（].*?[)）]", "", row))}  # fmt: skip
    inside = {"SQLite", "SQLCipher", "library"}
    assert {word for word in named - inside if word.lower() not in locked} == set()
    assert len(named) > 15
