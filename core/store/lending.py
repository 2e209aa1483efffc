"""Parts of files that were closed since: who reads many of them opens each file only once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from core.store.opened import Opened

_AGAIN: ContextVar[dict[Path, Opened] | None] = ContextVar("again", default=None)
"""Files that are open until the end of a block, on this thread alone."""


@contextmanager
def together() -> Iterator[None]:
    """Files that have to be opened again within the block stay open until its end, and no longer."""
    if _AGAIN.get() is not None:
        yield
        return
    opened: dict[Path, Opened] = {}
    token = _AGAIN.set(opened)
    try:
        yield
    finally:
        _AGAIN.reset(token)
        for one in opened.values():
            one.close()


@contextmanager
def again(path: Path, opening: Callable[[Path], Opened]) -> Iterator[Opened]:
    """A file, opened for this one purpose or for the whole block around it."""
    with together():
        held = _AGAIN.get()
        assert held is not None
        if path not in held:
            held[path] = opening(path)
        yield held[path]
