"""The worked example of the documentation does what it says there, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.exchange import COLUMNS, preview
from core.library import load_library
from core.methods import plain
from tests.core.exchange.books import EMPTY

DOCS = Path(__file__).resolve().parents[3] / "docs"


def _table(text: str, first: str) -> list[list[str]]:
    """The rows of the table whose first heading is ``first``."""
    lines = text.split(f"\n| {first} |", 1)[1].splitlines()[2:]
    return [line.strip("| ").split(" | ") for line in lines[: next(i for i, one in enumerate(lines) if not one)]]


@pytest.mark.parametrize(("name", "row", "key"), [("import.md", "row", "id"), ("import.zh.md", "行", "编号")])
def test_the_worked_example(name: str, row: str, key: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    found = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert found is not None
    data = found[1]
    seen = preview(data.encode(), EMPTY, load_library())
    language = "zh" if "zh" in name else "en"
    headings = {column.key: column.name.in_language(language) for column in COLUMNS}
    assert [
        [str(one.row), headings[one.column], one.reason.in_language(language), one.remedy.in_language(language)]
        for one in seen.refused
    ] == _table(text, row)
    lines = data.splitlines()
    lines[3] = lines[3].replace(",,", ",mobile_combustion,", 1)
    lines[4] = lines[4].replace("03/04/2024", "2024-04-03")
    corrected = preview("\n".join(lines).encode(), EMPTY, load_library())
    assert corrected.refused == ()
    records = [
        [a.id, a.source, a.method, a.item, str(a.start), str(a.end), plain(a.quantity), a.unit]
        for a in (one.activity for one in corrected.ready)
    ]
    assert records == _table(text, key)


@pytest.mark.parametrize("name", ["import.md", "import.zh.md"])
def test_every_column_is_described(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    for column in COLUMNS:
        assert f"| `{column.key}` |" in text
        assert column.name.en in text and column.name.zh in text
