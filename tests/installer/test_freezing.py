from __future__ import annotations

import ctypes
import struct
import sys
from pathlib import Path

import pytest

from installer import freezing
from installer.freezing import Frozen
from installer.project import CONSOLE, WINDOW
from tests.installer.frozen import small


def elf(place: int, address: int) -> bytes:
    """The head of a library with one part."""
    head = bytearray(64)
    head[:4] = b"\x7fELF"
    struct.pack_into("<Q", head, 32, 64)
    struct.pack_into("<HH", head, 54, 56, 1)
    return bytes(head) + struct.pack("<IIQQ", 1, 5, place, address) + bytes(32)


def test_a_library_that_was_damaged_by_stripping_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "lib.so"
    path.write_bytes(elf(0x1000, 0x401000))
    assert freezing.loadable(path)
    path.write_bytes(elf(0x1040, 0x401000))
    assert not freezing.loadable(path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries of Linux")
def test_a_library_that_is_in_use_is_fine() -> None:
    import _ctypes

    assert ctypes.sizeof(ctypes.c_void_p) == 8
    assert freezing.loadable(Path(_ctypes.__file__))


def test_every_file_is_met_once(tmp_path: Path) -> None:
    made = small(tmp_path / "p")
    assert [path.name for path in made.files()] == ["lib.so", "a.csv", "plant-carbon-audit"]


@pytest.mark.parametrize(
    ("system", "window", "console"),
    [
        ("linux", "plant-carbon-audit", "plant-audit"),
        ("win32", "plant-carbon-audit.exe", "plant-audit.exe"),
        ("darwin", "Contents/MacOS/plant-carbon-audit", "Contents/MacOS/plant-carbon-audit"),
    ],
)
def test_where_the_programs_are(
    system: str, window: str, console: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    made = Frozen(tmp_path, ())
    assert made.program(WINDOW) == tmp_path / window
    assert made.program(CONSOLE) == tmp_path / console


def test_what_was_collected_is_read_from_notes(tmp_path: Path) -> None:
    (tmp_path / "PYZ-00.toc").write_text("('PYZ.pyz', [('core', '/r/core/__init__.py', 'PYMODULE')])", encoding="utf-8")
    (tmp_path / "COLLECT-00.toc").write_text(
        "([('a.csv', '/r/a.csv', 'DATA'), ('x', None, 'BINARY')],)", encoding="utf-8"
    )
    assert list(freezing._collected(tmp_path)) == [
        ("core", "/r/core/__init__.py", "PYMODULE"),
        ("a.csv", "/r/a.csv", "DATA"),
        ("x", "", "BINARY"),
    ]
