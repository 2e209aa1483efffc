"""Whoever looks for a room finds it in CONTRIBUTING, and every room that stands there is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The rooms")[2].partition("\n## ")[0]
ROWS = {
    name: row
    for row in TABLE.splitlines()
    if row.startswith("| `")
    for name in re.findall(r"`((?:core|gui)/\w[\w/]*)`", row.split("|")[1])
}
"""What is said of each room."""


def packages(of: str) -> list[str]:
    """Rooms below a room, as paths."""
    return sorted(one.parent.relative_to(ROOT).as_posix() for one in (ROOT / of).rglob("*/__init__.py"))


def test_every_room_that_is_named_is_there() -> None:
    assert len(ROWS) > 50
    for name in ROWS:
        assert (ROOT / name / "__init__.py").is_file() or (ROOT / f"{name}.py").is_file(), name


def test_every_room_of_the_core_is_named_by_itself_or_by_the_one_above() -> None:
    files = [one.with_suffix("").relative_to(ROOT).as_posix() for one in (ROOT / "core").glob("*.py")]
    for name in [*packages("core"), *(one for one in files if not one.endswith("__init__"))]:
        above, _, own = name.rpartition("/")
        assert name in ROWS or re.search(rf"\b{own}\b", ROWS.get(above, "")), name


def test_every_room_of_the_window_is_named_or_a_place() -> None:
    places = {one.stem for one in (ROOT / "gui" / "pages").glob("*.py")}
    for name in packages("gui"):
        assert name in ROWS or name.split("/")[1] in places, name
