from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installer import sums, twice
from tests.installer.frozen import small


def test_each_file_of_the_folder_itself_is_listed(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"abc")
    (tmp_path / "a.tar.gz").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").write_bytes(b"no")

    path = sums.write(tmp_path)
    sums.write(tmp_path)  # does not list itself

    assert path.read_text(encoding="utf-8").splitlines() == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.tar.gz",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.deb",
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this system checks hashes with another tool")
def test_the_usual_tool_takes_the_list_and_sees_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"abc")
    sums.write(tmp_path)
    check = ["sha256sum", "--check", "--quiet", sums.NAME]
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "a.deb").write_bytes(b"abd")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_what_differs_between_two_builds_is_named(tmp_path: Path) -> None:
    one, other = small(tmp_path / "one"), small(tmp_path / "other")
    assert twice.compared(twice.contents(one), twice.contents(other)) == []

    (other.folder / "_internal" / "lib.so").write_bytes(b"changed")
    (other.folder / "_internal" / "more").write_bytes(b"")
    (other.folder / "plant-audit").unlink()
    (other.folder / "plant-audit").symlink_to("elsewhere")

    assert twice.compared(twice.contents(one), twice.contents(other)) == [
        "only once: _internal/more",
        "differs: _internal/lib.so",
        "differs: plant-audit",
    ]
