"""What the page about security says is tested is tested: every file it links and every test it names exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "security.md", "zh": ROOT / "docs" / "security.zh.md"}
ROW = re.compile(r"^\| ([A-Z]\d+) \|(.*)\|$", re.MULTILINE)
LINK = re.compile(r"\]\(\.\./(tests/[^)]+)\)")
NAME = re.compile(r"`(test_\w+)`")


def threats(lang: str) -> Iterator[tuple[str, list[str]]]:
    """Each row by its sign, with its four cells."""
    for sign, rest in ROW.findall(PAGES[lang].read_text(encoding="utf-8")):
        yield sign, [cell.strip() for cell in rest.split(" | ")]


def named_in(cell: str) -> dict[str, set[str]]:
    """The tests that a cell names by the file in front of them."""
    found: dict[str, set[str]] = {}
    for part in cell.split("; "):
        (file,) = LINK.findall(part)
        found[file] = set(NAME.findall(part))
    return found


def test_threats_are_said_once_and_alike_in_both_languages() -> None:
    english, chinese = list(threats("en")), list(threats("zh"))
    signs = [sign for sign, _ in english]
    assert len(signs) == len(set(signs)) > 15
    assert [(sign, named_in(cells[2])) for sign, cells in english] == [
        (sign, named_in(cells[2])) for sign, cells in chinese
    ]


@pytest.mark.parametrize("sign", [sign for sign, _ in threats("en")])
def test_what_protects_is_tested_where_the_page_says(sign: str) -> None:
    cells = dict(threats("en"))[sign]
    assert len(cells) == 4 and all(cells), "threat, what protects, tested in, what remains"
    for file, names in named_in(cells[2]).items():
        text = (ROOT / file).read_text(encoding="utf-8")
        assert "\ndef test_" in text, f"{file} tests nothing"
        assert {name for name in names if f"\ndef {name}(" not in text} == set(), file


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
