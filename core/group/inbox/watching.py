"""A folder is watched by looking again and again: a file is ready when it has not changed between two looks.

That works alike on every system, on network drives and sticks, and for files that are still being copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

Stamp: TypeAlias = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is remembered from one look to the next."""

    seen: Mapping[Path, Stamp] = field(default_factory=dict)
    """As it was at the last look."""
    taken: Mapping[Path, Stamp] = field(default_factory=dict)
    """As it was when it was handed out."""


NOTHING_SEEN = Watched()


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """What is there now; a file that vanishes meanwhile is not."""
    found: dict[Path, Stamp] = {}
    for path in paths:
        with suppress(OSError):
            about = path.stat()
            found[path] = (about.st_size, about.st_mtime_ns)
    return found


def look(before: Watched, now: Mapping[Path, Stamp]) -> tuple[Watched, tuple[Path, ...]]:
    """What to remember, and the files that are ready, each once unless it changes again.

    Examples
    --------
    >>> report = Path("report.pdf")
    >>> seen, ready = look(NOTHING_SEEN, {report: (10, 1)})
    >>> ready
    ()
    >>> seen, ready = look(seen, {report: (25, 2)})
    >>> ready  # still being copied
    ()
    >>> seen, ready = look(seen, {report: (25, 2)})
    >>> [path.name for path in ready]
    ['report.pdf']
    >>> look(seen, {report: (25, 2)})[1]
    ()
    """
    ready = [path for path, stamp in now.items() if before.seen.get(path) == stamp != before.taken.get(path)]
    taken = {path: stamp for path, stamp in before.taken.items() if path in now} | {path: now[path] for path in ready}
    return Watched(dict(now), taken), tuple(ready)
