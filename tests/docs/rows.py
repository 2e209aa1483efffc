"""Tables of the documents whose rows begin with a sign and say in which tests something is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| ([A-Z]\d+) \|(.*)\|$", re.MULTILINE)
LINK = re.compile(r"\]\(\.\./(tests/[^)]+)\)")
NAME = re.compile(r"`(test_\w+)`")


def rows(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Each row by its sign, with its four cells."""
    for sign, rest in ROW.findall(page.read_text(encoding="utf-8")):
        yield sign, [cell.strip() for cell in rest.split(" | ")]


def named_in(cell: str) -> dict[str, set[str]]:
    """The tests that a cell names by the file in front of them."""
    found: dict[str, set[str]] = {}
    for part in cell.split("; "):
        (file,) = LINK.findall(part)
        found[file] = set(NAME.findall(part))
    return found


def alike(english: Path, chinese: Path) -> bool:
    """Whether both languages have the same rows with the same tests."""
    said = [[(sign, named_in(cells[2])) for sign, cells in rows(page)] for page in (english, chinese)]
    return said[0] == said[1]


def hold(cells: list[str]) -> None:
    """Every file and every test of a row is there."""
    assert len(cells) == 4 and all(cells), "what, how, tested in, what remains"
    for file, names in named_in(cells[2]).items():
        text = (ROOT / file).read_text(encoding="utf-8")
        assert "\ndef test_" in text, f"{file} tests nothing"
        assert {name for name in names if f"\ndef {name}(" not in text} == set(), file
