from __future__ import annotations

from pathlib import Path

import pytest

from installer import budget
from tests.installer.frozen import small


def test_a_program_within_its_size_is_fine(tmp_path: Path) -> None:
    assert budget.complaint(small(tmp_path / "p"), limit=1) == ""


def test_one_that_is_too_large_names_its_largest_parts_first(tmp_path: Path) -> None:
    made = small(tmp_path / "p")
    (made.folder / "_internal" / "huge.so").write_bytes(bytes(3 * budget.MB))
    (made.folder / "_internal" / "resources" / "b").mkdir()
    (made.folder / "_internal" / "resources" / "b" / "large.bin").write_bytes(bytes(2 * budget.MB))

    said = budget.complaint(made, limit=4)

    assert said.splitlines()[0].startswith("The program has 5.0 MB and may have 4.")
    assert [line.split()[-1] for line in said.splitlines()[1:3]] == ["_internal/huge.so", "_internal/resources/b"]


def test_a_link_weighs_nothing(tmp_path: Path) -> None:
    made = small(tmp_path / "p")
    before = budget.size_mb(made)
    (made.folder / "again").symlink_to("plant-carbon-audit")
    assert budget.size_mb(made) == before


def test_linux_may_have_no_more_than_was_promised() -> None:
    assert budget.LIMIT_MB["linux"] == 220
    assert set(budget.LIMIT_MB) == {"linux", "win32", "darwin"}


@pytest.mark.parametrize("rows", [1, 2])
def test_only_so_many_rows(tmp_path: Path, rows: int) -> None:
    assert len(budget.largest(small(tmp_path / "p"), rows)) == rows
