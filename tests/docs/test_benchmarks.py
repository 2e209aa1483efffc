"""Whatever takes longer than its alternative says why, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "benchmarks" / "README.md").read_text(encoding="utf-8")
ALIKE = 1.05
"""No more than machines differ from run to run."""


def rows(text: str) -> list[list[str]]:
    """Cells of the rows of tables, without heads."""
    found = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in found if not set("".join(row)) <= set("-: ")]


def measured() -> list[tuple[str, float]]:
    table = TEXT.partition("<!-- table")[2].partition("<!-- end of table")[0]
    return [(row[0], float(row[4])) for row in rows(table)[1:]]


def explained() -> dict[str, str]:
    section = TEXT.partition("## Where ours takes longer, and why")[2].partition("\n## ")[0]
    return {row[0]: row[1] for row in rows(section)[1:]}


def test_the_table_is_read() -> None:
    assert len(measured()) > 40 and all(ratio > 0 for _what, ratio in measured())
    assert {what for what, ratio in measured() if ratio > 2} and {what for what, ratio in measured() if ratio < 0.1}


def test_what_takes_longer_says_why() -> None:
    silent = {what for what, ratio in measured() if ratio > ALIKE} - explained().keys()
    assert silent == set()


def test_nothing_is_excused_that_is_not_measured_or_not_slower() -> None:
    slowest = {what: max(ratio for name, ratio in measured() if name == what) for what, _ratio in measured()}
    assert {what for what in explained() if slowest.get(what, 0.0) < 0.95} == set()
    assert all(len(why) > 20 for why in explained().values())
