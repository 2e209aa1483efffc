"""Ends without a last word: the interpreter itself writes where it was, and the next start finds it.

Each program has a file of its own while it runs. It is empty and goes with the program; what is left of one that does
not run any more, and is not empty, tells of a hard end.
"""

from __future__ import annotations

import faulthandler
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from core.running.crash import Crash, step
from core.running.places import PRIVATE_FILE, private_folder

ENDING = ".trace"
LARGEST = 200_000
"""Of what is read of one. [bytes]"""
MOST_LINES = 120
_FATAL = re.compile(r"(?:Fatal Python error: |Windows fatal exception: )([A-Za-z0-9_ ]{1,60})")
_FRAME = re.compile(r'  File "(.*)", line (\d{1,7}) in (.+)')
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]+ .*most recent call first\):")
_ROOTS = re.compile(r".*[/\\](?:site-packages|dist-packages|_internal|python3\.\d+|base_library\.zip)[/\\](.+)\.pyc?")
_OURS = re.compile(r"(?:.*[/\\])?((?:core|gui|resources|installer|tests)[/\\].+|main)\.pyc?")


class Watch:
    """Has the interpreter write into a file of this process while it lives."""

    def __init__(self, folder: Path) -> None:
        self._stream: BinaryIO | None = None
        self._path = folder / f"running-{os.getpid()}{ENDING}"
        if faulthandler.is_enabled() or not private_folder(folder):
            return  # somebody who looks for faults listens already, or nothing can be kept
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with suppress(OSError):
            self._stream = os.fdopen(os.open(self._path, flags, PRIVATE_FILE), "wb", buffering=0)
            faulthandler.enable(self._stream)

    def end(self) -> None:
        """The program ends in order."""
        if self._stream is None:
            return
        faulthandler.disable()
        with suppress(OSError):
            self._stream.close()
            self._path.unlink(missing_ok=True)
        self._stream = None


def left_behind(folder: Path) -> list[Crash]:
    """Hard ends of programs of before; each is given once."""
    found = []
    with suppress(OSError):
        for path in sorted(folder.glob(f"running-*{ENDING}")):
            with suppress(OSError, ValueError):
                crash = _taken(path)
                if crash is not None:
                    found.append(crash)
    return found


def _taken(path: Path) -> Crash | None:
    if _alive(int(path.stem.rpartition("-")[2])):
        return None
    with path.open("rb") as stream:
        text = stream.read(LARGEST).decode("utf-8", errors="replace")
    path.unlink()  # on Windows a running program keeps it
    lines = tuple(_reduced(text))
    return Crash("hard", lines) if lines else None


def _alive(number: int) -> bool:
    """Whether a program of this number runs, other than this one: whose file it opens it empties."""
    if number == os.getpid() or os.name != "posix":
        return number == os.getpid()
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # of another person, who has taken the number meanwhile
    return True


def _reduced(text: str) -> Iterator[str]:
    """Without paths: modules, lines and functions. Whatever has another form is left out."""
    for line in text.splitlines()[:MOST_LINES]:
        if fatal := _FATAL.match(line):
            yield fatal[1].strip()
        elif _THREAD.match(line):
            yield "current thread" if line.startswith("Current") else "thread"
        elif frame := _FRAME.fullmatch(line):
            yield step(module_of(frame[1]), int(frame[2]), frame[3])


def module_of(path: str) -> str:
    """The module that a file is, without where it lies.

    >>> module_of("/home/li/plants/core/store/blobs.py"), module_of("/home/li/secret.py")
    ('core.store.blobs', '?')
    """
    found = _ROOTS.fullmatch(path) or _OURS.fullmatch(path)
    if found is None:
        return "?"
    parts = re.split(r"[/\\]", found[1])
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
