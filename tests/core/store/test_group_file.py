"""Head office's file keeps originals and decisions."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T
from core.store import Filed, GroupFile

DATA = b"%PDF-1.7 one"


def filed(data: bytes, revision: int = 1, state: str = "accepted") -> Filed:
    return Filed(
        hashlib.sha256(data).hexdigest(), "r.pdf", "2025-01-15T08:30:00+00:00", state, (T("Noticed"),), "audit",
        revision, "p" * 64, "Hillside", "CN", "CN-HE", 2024,
        {"scope1": Decimal("1.5")}, {"CO2": Decimal("1.5")}, ("Li Na",),
        "2025-01-15T08:30:00+00:00", True, "equal",
    )  # fmt: skip


def test_what_is_filed_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "g.group"
    with GroupFile.open(path) as group:
        group.file(filed(DATA), DATA)
    with GroupFile.open(path) as group:
        assert group.all() == (filed(DATA),)
        assert group.accepted(2024) == (filed(DATA),)
        assert group.years() == (2024,)
        assert group.original(filed(DATA).sha256) == DATA
    assert [p.name for p in tmp_path.iterdir()] == ["g.group"]


def test_a_later_revision_supersedes_the_earlier(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(filed(DATA), DATA)
        group.file(filed(b"two", 2), b"two")
        assert [f.revision for f in group.accepted(2024)] == [2]
        assert [f.state for f in group.all()] == ["accepted", "superseded"]
        latest = group.latest("audit")
        assert latest is not None and latest.revision == 2


def test_a_rejected_file_is_kept_but_does_not_count(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(filed(DATA, state="rejected"), DATA)
        assert group.accepted(2024) == ()
        assert group.original(filed(DATA).sha256) == DATA


def test_a_wrong_hash_is_our_bug(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group, pytest.raises(ValueError, match="hash"):
        group.file(filed(DATA), b"other")


def test_a_plant_file_is_no_group(tmp_path: Path) -> None:
    path = tmp_path / "g.group"
    path.write_bytes(b"no database at all")
    with pytest.raises(UserError, match="not a file of this program"):
        GroupFile.open(path)
