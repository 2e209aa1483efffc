"""A frozen program of a few bytes, for tests of what is made of it."""

from __future__ import annotations

from pathlib import Path

from installer.freezing import Frozen


def small(folder: Path) -> Frozen:
    """A program with one library and one data file."""
    inside = folder / "_internal"
    (inside / "resources").mkdir(parents=True)
    (folder / "plant-carbon-audit").write_bytes(b"\x7fELF...GLIBC_2.36\0GLIBC_2.9\0")
    (folder / "plant-carbon-audit").chmod(0o755)
    (folder / "plant-audit").symlink_to("plant-carbon-audit")
    (inside / "lib.so").write_bytes(b"\x7fELF GLIBC_2.34\0")
    (inside / "resources" / "a.csv").write_bytes(b"GLIBC_9.9, which is no library\n")
    return Frozen(folder, ())
