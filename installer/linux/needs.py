"""What the frozen program asks of a Linux system, as packages of Debian."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from installer import system_libraries
from installer.freezing import Frozen

BESIDES = ("libgcc-s1", "libssl3", "tzdata")
"""What lies outside the frozen program and is no part of a desktop."""
BETTER = ("libcups2",)
"""Without it the program prints into files alone."""
_GLIBC = re.compile(rb"\bGLIBC_(\d+)\.(\d+)\b")


def glibc(files: Iterable[Path]) -> tuple[int, int]:
    """The oldest version of the C library with everything that is called; each file names what it wants."""
    found = {(2, 17)}
    for path in files:
        content = path.read_bytes()
        if content[:4] == b"\x7fELF":
            found |= {(int(major), int(minor)) for major, minor in _GLIBC.findall(content)}
    return max(found)


def packages(made: Frozen) -> list[str]:
    """Debian's packages, with the oldest C library."""
    major, minor = glibc(made.files())
    named = system_libraries.packages(system_libraries.PACKAGES, "apt-get")
    return [f"libc6 (>= {major}.{minor})", *sorted({*named, *BESIDES})]


def commands() -> list[str]:
    """How each package manager brings what a desktop may lack."""
    every = system_libraries.PACKAGES
    return [
        f"{words} {' '.join(sorted(set(system_libraries.packages(every, name))))}"
        for name, words in system_libraries.MANAGERS.items()
        if name != "apk"  # no glibc, no frozen program
    ]
