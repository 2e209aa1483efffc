"""The file of a frame: every digit, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.frame import FrameItem, framed
from core.errors import UserError
from core.exchange.cells import unguard
from core.exchange.frames import HEAD, write_frame
from core.ledger import sha256_of


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@given(
    sources=st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=1, max_size=4),
    tonnes=st.decimals(0, 10**9, places=9),
)
def test_the_hash_follows_from_the_file(
    sources: list[str], tonnes: Decimal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "frame.csv"
    frame = framed(FrameItem(f"a{n}", source, "2023-01", tonnes) for n, source in enumerate(sources))
    write_frame(path, frame)
    head, *body = rows(path)
    assert tuple(head) == HEAD
    assert sha256_of([[unguard(cell) for cell in row] for row in body]) == frame.sha256


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "＝cmd", " =1", "'=1"])
def test_no_cell_is_run_as_a_formula(name: str, tmp_path: Path) -> None:
    write_frame(tmp_path / "frame.csv", framed([FrameItem("=a1", name, "2023-01", Decimal("0.000000001"))]))
    assert rows(tmp_path / "frame.csv")[1] == ["'=a1", f"'{name}", "2023-01", "0.000000001"]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    frame = framed([])
    with pytest.raises(UserError, match="not a"):
        write_frame(tmp_path / "frame.xlsx", frame)
    with pytest.raises(UserError, match="cannot be written"):
        write_frame(tmp_path / "nowhere" / "frame.csv", frame)
